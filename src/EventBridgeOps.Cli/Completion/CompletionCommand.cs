using System.CommandLine;
using System.Text;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Completion;

/// <summary><c>ebops completion</c>, and the hidden command that its scripts run at each Tab.</summary>
internal static class CompletionCommand
{
    private const string Pending = "EBOPS_PENDING_COMPLETION";
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The command that prints the scripts.</summary>
    public static Command Build(Terminal terminal)
    {
        Argument<string> shell = Shell();
        Command command = new("completion", "Prints a script that adds tab completion for commands, options and names to a shell.") { shell };
        command.SetAction(parsed => terminal.Out.Write(CompletionScripts.Of(parsed.GetValue(shell)!)));
        return command.WithExamples(
            """
            eval "$(ebops completion bash)"                          # in ~/.bashrc
            eval "$(ebops completion zsh)"                           # in ~/.zshrc
            ebops completion fish | source                           # in config.fish
            ebops completion pwsh | Out-String | Invoke-Expression   # in $PROFILE
            """,
            """
            The names of event buses, rules, targets, job definitions, repositories, tags
            and jobs come from the account that the command line selects, if it responds
            quickly. They are cached for one minute in files that only you can read.
            """);
    }

    /// <summary>The command that the scripts ask. The line comes on standard input, where other users of the machine cannot see it.</summary>
    public static Command BuildAnswer(Command root, Terminal terminal)
    {
        Argument<string> shell = Shell();
        Option<bool> pending = Language.Options.Flag("--pending", "Wait for the response of the account to the query in the environment, and cache it.");
        Command command = new("complete", "Returns completions to the completion scripts.") { shell, pending };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool waits = parsed.GetValue(pending);
            string input = waits ? Encoding.UTF8.GetString(Convert.FromBase64String(terminal.Environment(Pending) ?? "")) : await new StreamReader(terminal.InBytes, new UTF8Encoding(false)).ReadToEndAsync(cancellationToken);
            string[] parts = input.Split('\0');
            BashLine? bash = parsed.GetValue(shell) == "bash" && parts.Length > 1 ? new BashLine(parts[1], parts[0]) : null;
            // Each word is closed by a NUL; what follows the last one is a shell's own line end.
            IReadOnlyList<string> words = bash?.Words ?? [.. parts.Take(parts.Length - 1).DefaultIfEmpty("")];

            SuggestionCache cache = new(terminal.Time, SuggestionFiles.OfUser(terminal.Environment, terminal.Time));
            Completions completions = await new LineCompleter(root, terminal, cache).CompleteAsync(words, waits ? SuggestionCache.Patience : SuggestionCache.Limit);
            if (waits)
                return ExitCode.Done;
            if (completions.IsLate)
                AskOn(parsed.GetValue(shell)!, input);
            Write(completions, bash, terminal.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Shell()
    {
        Argument<string> shell = new("shell") { Description = "The shell: bash, zsh, fish or pwsh.", CustomParser = result => Language.Options.OneOf(Shells, result)! };
        shell.CompletionSources.Add(Shells);
        return shell;
    }

    /// <summary>First a line that says <c>files</c> where the shell does better itself, and what stays of the word; then one for each completion.</summary>
    private static void Write(Completions completions, BashLine? bash, TextWriter output)
    {
        output.Write($"{(completions.IsPath ? "files" : "")}\t{completions.Kept}\n");
        foreach (Suggestion value in completions.Values)
            output.Write(bash is null ? $"{value.Name}\t{InertText.OneLine(value.Description)}\n" : bash.Write(completions.Kept + value.Name) + "\n");
    }

    /// <summary>A shell waits for this process, so another one waits for the account: the next Tab has the answer.</summary>
    private static void AskOn(string shell, string input)
    {
        try
        {
            Environment.SetEnvironmentVariable(Pending, Convert.ToBase64String(Encoding.UTF8.GetBytes(input)));
            OwnProcess.Start(["complete", shell, "--pending"]).Dispose();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or SandboxException)
        {
            // Then the next Tab asks again.
        }
    }
}
