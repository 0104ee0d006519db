using System.CommandLine;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli;

/// <summary>The command <c>ebops</c>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using Interruption interruption = new();
        Terminal terminal = Terminal.OfProcess();
        int code = await RunAsync(args, terminal, interruption.Token);
        return code == ExitCode.Cancelled ? interruption.ExitCode : code;
    }

    /// <summary>Runs one command line; nothing of it reaches the real console.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        if (args is ["--version"]) // Much asked for by scripts, so it does not wait for the parser.
        {
            await terminal.Out.WriteLineAsync(ProductVersion.Text);
            await terminal.Out.FlushAsync(cancellationToken);
            return ExitCode.Done;
        }

        try
        {
            ParseResult parsed = CommandTree.Build(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            InvocationConfiguration invocation = new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return parsed.Errors.Count > 0 ? Refuse(parsed, terminal) : await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            string line = e is OpsException known ? CommandLineVoice.Line(known) : CommandLineVoice.Line(ErrorIds.Unexpected, e.Message);
            terminal.Error.WriteLine(CiCommands.Disarm(CiEnvironment.Read(terminal.Environment).Kind, line));
            if (e is not OpsException && args.Contains("--debug"))
                terminal.Error.WriteLine(SecretRedactor.Redact(e.ToString()));
            return ExitCode.Error;
        }
        finally
        {
            await terminal.Out.FlushAsync(CancellationToken.None);
            await terminal.Error.FlushAsync(CancellationToken.None);
        }
    }

    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        Command command = parsed.CommandResult.Command;
        InvocationConfiguration toError = new() { Output = terminal.Error, Error = terminal.Error };
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            // 'ebops target': what is missing is the command, so its list helps most.
            command.Parse(["--help"]).Invoke(toError);
            return ExitCode.Error;
        }

        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
            terminal.Error.WriteLine(CommandLineVoice.Line(ErrorIds.InvalidArgument, message));
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (NearestName.Of(token, Names(command)) is { } meant)
                terminal.Error.WriteLine($"Did you mean {meant}?");
        }

        terminal.Error.WriteLine($"See: {CommandHelp.Path(command)} --help");
        return ExitCode.Error;
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name));
}
