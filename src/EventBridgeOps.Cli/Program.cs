using System.CommandLine;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Events.Runs;

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

    /// <summary>Runs one command line. The real console is not used.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeAsync(args, terminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Say(UsageMessages.Cancelled());
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            OpsException error = e as OpsException ?? new OpsException(ErrorIds.Unexpected, UsageMessages.Unexpected(e.Message), e);
            terminal.Error.WriteLine(CiCommands.Disarm(terminal.Ci, Speech.Line(error)));
            if (e is not OpsException && (terminal.IsDebugging || args.Contains("--debug")))
                terminal.Error.WriteLine(SecretRedactor.Redact(e.ToString()));
            return ExitCode.Error;
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            if (args is ["--version"]) // Much asked for by scripts, so it does not wait for the parser.
            {
                await terminal.Out.WriteLineAsync(ProductVersion.Text);
                return ExitCode.Done;
            }

            if (args is ["help", ErrorTopic.Name, ..])
            {
                ErrorTopic.Show(terminal, [.. args.Skip(2)]);
                return ExitCode.Done;
            }

            if (args is ["help", ..]) // As with git and aws.
                args = [.. args.Skip(1), "--help"];
            args = FormerCommands.Today(args);
            ParseResult parsed = Parse(args, terminal);
            if (!UsageErrors.Any(parsed) && CommandTree.Settings(parsed) is { } settings)
                parsed = Parse(args, terminal.With(settings));
            InvocationConfiguration invocation = new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return UsageErrors.Any(parsed) ? Refuse(parsed, terminal) : await parsed.InvokeAsync(invocation, cancellationToken);
        }
        finally
        {
            await terminal.Out.FlushAsync(CancellationToken.None);
        }
    }

    private static ParseResult Parse(IReadOnlyList<string> args, Terminal terminal)
    {
        Command root = CommandTree.Build(terminal);
        ParserConfiguration asIs = new() { ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(args, asIs);
        return !UsageErrors.Any(parsed) && Positions.Spelled(args, parsed) is var spelled && spelled != args ? root.Parse(spelled, asIs) : parsed;
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

        foreach (OpsException error in UsageErrors.Of(parsed))
            terminal.Say(error);
        terminal.Say(UsageMessages.SeeHelp(CommandHelp.Path(command)));
        return ExitCode.Error;
    }
}
