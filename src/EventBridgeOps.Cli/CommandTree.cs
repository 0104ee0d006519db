using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EventBridgeOps.Cli.Archives;
using EventBridgeOps.Cli.Automation;
using EventBridgeOps.Cli.Buses;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Checks;
using EventBridgeOps.Cli.Completion;
using EventBridgeOps.Cli.DeadLetters;
using EventBridgeOps.Cli.Demo;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Images;
using EventBridgeOps.Cli.Jobs;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Patterns;
using EventBridgeOps.Cli.Plans;
using EventBridgeOps.Cli.Projects;
using EventBridgeOps.Cli.Routes;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Cli.Sandbox;
using EventBridgeOps.Cli.Schemas;
using EventBridgeOps.Cli.ServiceDeployments;
using EventBridgeOps.Cli.Targets;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    private const string Name = "ebops";
    private const string SettingsName = "--env-file";

    /// <summary>The settings file that a command line names; null if it names none.</summary>
    /// <exception cref="OpsException">The file cannot be read, or a line of it is not valid.</exception>
    public static EnvFile? Settings(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == SettingsName) is { } settings && parsed.GetValue(settings) is { } path ? EnvFile.Read(path) : null;

    public static Command Build(Terminal terminal)
    {
        Command root = new(Name, "Finds and repairs EventBridge targets that reference an outdated AWS Batch job definition revision. Every update is verified and can be undone.")
        {
            BusCommands.Build(terminal),
            RulesCommands.Build(terminal),
            TargetsCommands.Build(terminal),
            ImageCommands.Build(terminal),
            ServiceCommands.Build(terminal),
            DeadLetterCommands.Build(terminal),
            ArchiveCommands.Build(terminal),
            ReplayCommands.Build(terminal),
            AutomationCommands.Build(terminal),
            ChangesCommands.Build(terminal),
            PlanCommands.Build(terminal),
            EventCommands.Build(terminal),
            DeploymentCommands.Build(terminal),
            MvpCommands.Build(terminal),
            CheckCommand.Build(terminal),
            RouteCommand.Build(terminal),
            PatternCommands.Build(terminal),
            SchemaCommands.Build(terminal),
            ProjectCommands.Build(terminal),
            SandboxCommands.Build(terminal),
            DemoCommand.Build(terminal),
            CompletionCommand.Build(terminal),
            new VersionOption { Action = new VersionAction(terminal) },
        };
        HelpOption help = new();
        help.Action = CommandHelp.Show((HelpAction)help.Action!, terminal);
        root.Add(help);
        root.Add(CompletionCommand.BuildAnswer(root, terminal));
        Option<string?> settings = Options.Text(SettingsName, "path", "A file of settings (NAME=value lines), which override environment variables.");
        foreach (Command command in CommandHelp.All(root).Where(command => command.Subcommands.Count == 0))
            command.Add(settings);
        return root.WithExamples(
            """
            ebops demo                                         try it without AWS
            ebops target list --event-bus-name '*'             find outdated targets
            ebops target sync --event-bus-name '*' --what-if   preview the repair
            ebops target sync --event-bus-name '*'             repair the targets
            ebops change undo 20261121T093005Z-3f9a1c          undo the repair
            ebops pattern lint rule.json                       check an event pattern
            """,
            """
            The Region, credentials and endpoint come from the options, or else from the
            standard AWS environment variables and profiles. Data is written to standard
            output, and messages to standard error. 'ebops help errors' explains the
            errors. Exit codes: 0 success, 1 error, 2 drift found (with --fail-on-drift) or
            no pattern matched (pattern test|explain), 3 some items failed, 130 cancelled.
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
