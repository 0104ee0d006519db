using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EventBridgeOps.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    private const string Name = "ebops";

    public static Command Build(Terminal terminal)
    {
        Command root = new(Name, "Finds, repairs, proves and undoes EventBridge targets that name a stale AWS Batch job definition revision.")
        {
            RulesCommands.Build(terminal),
            TargetsCommands.Build(terminal),
            ImageCommands.Build(terminal),
            ChangesCommands.Build(terminal),
            EventCommands.Build(terminal),
            DeploymentCommands.Build(terminal),
            MvpCommands.Build(terminal),
            CheckCommand.Build(terminal),
            RouteCommand.Build(terminal),
            PatternCommands.Build(terminal),
            SandboxCommands.Build(terminal),
            DemoCommand.Build(terminal),
            CompletionCommand.Build(terminal),
            new VersionOption { Action = new VersionAction(terminal) },
        };
        HelpOption help = new();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal);
        root.Add(help);
        root.Add(CompletionCommand.BuildAnswer(root, terminal));
        return root.WithExamples(
            """
            ebops demo                                          see it work, without AWS
            ebops targets list --event-bus-name '*'             what is stale
            ebops targets sync --event-bus-name '*' --what-if   what would be repaired
            ebops targets sync --event-bus-name '*'             repair it
            ebops changes undo 20261121T093005Z-3f9a1c          put it back
            ebops pattern lint rule.json                        what is wrong with it
            """,
            """
            Region, credentials and endpoint come from the options, else from the usual AWS
            environment variables and profiles. Data goes to standard output, everything
            else to standard error. Exit codes: 0 done, 1 error, 2 drift found (with
            --fail-on-drift) or no pattern matches (pattern test), 3 some items failed,
            130 cancelled.
            """);
    }

    /// <summary>A command as it is typed: <c>ebops targets list</c>.</summary>
    public static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>Gives a command examples, and words that follow them, for its help.</summary>
    public static Command WithExamples(this Command command, string examples, string? more = null)
    {
        Examples.Add(command, (examples, more));
        return command;
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Command, object> Examples = [];

    private sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not given everything yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.MaxWidth = terminal.Width;
            help.Invoke(parseResult);
            if (!Examples.TryGetValue(parseResult.CommandResult.Command, out object? found))
                return ExitCode.Done;
            (string examples, string? more) = ((string, string?))found;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in examples.ReplaceLineEndings("\n").Split('\n'))
                output.WriteLine("  " + line);
            if (more is not null)
                output.WriteLine("\n" + more.ReplaceLineEndings("\n"));
            return ExitCode.Done;
        }
    }

    private sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(ProductVersion.Text);
            return ExitCode.Done;
        }
    }
}
