using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Cli;

/// <summary>All commands.</summary>
internal static partial class CommandTree
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
            ebops target list --event-bus-name '*'              what is stale
            ebops target sync --event-bus-name '*' --what-if    what would be repaired
            ebops target sync --event-bus-name '*'              repair it
            ebops change undo 20261121T093005Z-3f9a1c           put it back
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

    /// <summary>A command as it is typed: <c>ebops target list</c>.</summary>
    public static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>A command and all below it that the help shows, in its order.</summary>
    public static IEnumerable<Command> All(Command command) => command.Subcommands.Where(sub => !sub.Hidden).SelectMany(All).Prepend(command);

    /// <summary>Gives a command examples, and words that follow them, for its help.</summary>
    public static Command WithExamples(this Command command, string examples, string? more = null)
    {
        Help.Add(command, new HelpText(examples, more));
        return command;
    }

    /// <summary>The examples of a command, each on as many lines as it has; of a group, the first of each of its commands.</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command) => Help.TryGetValue(command, out HelpText? text)
        ? Example().Split(text.Examples.ReplaceLineEndings("\n"))
        : [.. command.Subcommands.SelectMany(sub => ExamplesOf(sub).Take(1))];

    // A line that ends with a backslash goes on in the next one.
    [GeneratedRegex(@"(?<!\\)\n")]
    private static partial Regex Example();

    private static readonly ConditionalWeakTable<Command, HelpText> Help = [];

    private sealed record HelpText(string Examples, string? More);

    private sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not given everything yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.MaxWidth = terminal.Width;
            help.Invoke(parseResult);
            Command command = parseResult.CommandResult.Command;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in ExamplesOf(command).SelectMany(example => example.Split('\n')))
                output.WriteLine("  " + line);
            if (Help.TryGetValue(command, out HelpText? text) && text.More is { } more)
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
