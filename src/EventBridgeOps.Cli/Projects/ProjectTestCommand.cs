using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Cli.Projects;

/// <summary><c>ebops project test</c>.</summary>
internal static class ProjectTestCommand
{
    public static Command Build(Terminal terminal)
    {
        RequestOptions<ProjectTestRequest> options = new(ProjectTestRequest.Request);
        ReportArguments output = new(OutputFormat.Text);
        Command command = new("test", "Checks schemas, examples, rules and their tests, without an account.");
        command.AddAll([.. options.All, .. output.All]);
        command.At("--path");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ProjectTestRequest request = options.Read(parsed, terminal.Environment);
            string folder = terminal.Host.FullPath(request.Path ?? ".");
            using IFolderWatcher? watcher = request.Watch && new ProjectFolder(folder).IsProject ? terminal.Watch(folder, terminal.Time) : null;
            OutputFormat format = output.Format(parsed);
            int code = ExitCode.Done;
            await foreach (ProjectTest test in ProjectWatch.RunAsync(folder, watcher, screen, cancellationToken))
            {
                await RecordWriter<ProjectFinding>.For(format, screen, ProjectFinding.Shape, text: finding => finding.ToText()).WriteAllAsync(Streams.From(Shown(test, format)));
                screen.Say(test.Summary);
                code = test.Passed ? ExitCode.Done : ExitCode.Error;
            }

            return code;
        });
        return command.WithExamples(
            """
            ebops project test
            ebops project test orchestrator --watch
            ebops project test orchestrator --report junit=project.xml --ci
            """,
            """
            Checks that schemas are valid, that examples follow them (and that those named
            *.invalid.json do not), that rules can match the events that they want, that
            their tests pass, that the inputs of their targets can be made, that published
            schemas were not edited, that new versions are compatible, that events do not
            go round in a circle, and that the quotas of AWS are kept. Text output has the
            errors and warnings, and who takes which version; the other formats also have
            what passed. Exit codes: 0 no errors, 1 errors.
            """);
    }

    // For people, what passed goes without saying, except for who takes what.
    private static IEnumerable<ProjectFinding> Shown(ProjectTest test, OutputFormat format) =>
        format == OutputFormat.Text ? test.Findings.Where(finding => finding.State != FindingState.Passed || finding.Check == ProjectCheck.Version) : test.Findings;
}
