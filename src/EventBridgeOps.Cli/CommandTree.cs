using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Checks;
using EventBridgeOps.Cli.Completion;
using EventBridgeOps.Cli.Demo;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Images;
using EventBridgeOps.Cli.Jobs;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Patterns;
using EventBridgeOps.Cli.Routes;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Cli.Sandbox;
using EventBridgeOps.Cli.Targets;
using EventBridgeOps.Events.Runs;

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
        help.Action = CommandHelp.Show((HelpAction)help.Action!, terminal);
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

    private sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(ProductVersion.Text);
            return ExitCode.Done;
        }
    }
}
