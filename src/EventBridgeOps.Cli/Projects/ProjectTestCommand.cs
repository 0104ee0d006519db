using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Cli.Projects;

/// <summary><c>ebops project test</c>.</summary>
internal static class ProjectTestCommand
{
    public static Command Build(Terminal terminal)
    {
        RequestOptions<ProjectTestRequest> options = new(ProjectTestRequest.Request);
        ApprovalArguments approval = new(asks: true);
        SessionArguments session = new();
        ReportArguments output = new(OutputFormat.Text);
        Command command = new("test", "Checks schemas, examples, rules and their tests, without an account or live.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--path");
        output.SetAction(command, terminal, async (parsed, screen, endRun, cancellationToken) =>
        {
            ProjectTestRequest request = options.Read(parsed, terminal.Environment);
            request.Check();
            string folder = terminal.Host.FullPath(request.Path ?? ".");
            string[] others = [.. request.With.Select(other => terminal.Host.FullPath(other))];
            if (request.Live)
                return await LiveAsync(folder, request, approval, session, output, parsed, screen, cancellationToken);
            using IFolderWatcher? watcher = request.Watch && new ProjectFolder(folder).IsProject ? terminal.Watch(new ProjectFolder(folder).Root, output.Paths(parsed, terminal), terminal.Time) : null;
            OutputFormat format = output.Format(parsed);
            int code = ExitCode.Done;
            await foreach (ProjectTest test in ProjectWatch.RunAsync(folder, others, watcher, screen, cancellationToken))
            {
                await RecordWriter<ProjectFinding>.For(format, screen, ProjectFinding.Shape, text: finding => IsShown(finding) ? finding.ToText(terminal.OutIsTerminal ? terminal.Width : null) : null).WriteAllAsync(Streams.From(test.Findings));
                screen.Say(test.Summary);
                code = test.Passed ? ExitCode.Done : ExitCode.Error;
                if (watcher is null)
                    continue;
                endRun(code);
                screen.Say(ProjectWatch.Waiting(terminal.Time));
            }

            return code;
        });
        return command.WithExamples(
            """
            ebops project test
            ebops project test orchestrator --watch
            ebops project test orchestrator --report junit=project.xml --ci
            ebops project test orchestrator --with analytics
            ebops project test orchestrator --live --environment development
            """,
            """
            Checks that schemas are valid, that examples follow them (and that those named
            *.invalid.json do not), that rules can match the events that they want, that
            their tests pass, that the inputs of their targets can be made, that published
            schemas were not edited, that new versions are compatible, that events do not
            go round in a circle, that the template can be made, and that the quotas of
            AWS are kept. With --with, another project must receive the events that this
            one forwards, and must be able to read them, and the other way round. Text
            output has the errors and warnings, and who takes which version; the other
            formats also have what passed. With --live, the examples are sent over a
            temporary event bus with copies of the rules, whose targets are one temporary
            queue, and what arrives is compared with what the rules foretell. Everything
            is deleted afterwards, and what an interrupted test left is deleted by the
            next one. With --invoke-targets, examples are also sent to the event bus of
            the environment: its targets do real work, so the command asks first.
            Exit codes: 0 no errors, 1 errors, 3 temporary resources could not be deleted.
            """);
    }

    private static async Task<int> LiveAsync(
        string folder, ProjectTestRequest request, ApprovalArguments approval, SessionArguments session, ReportArguments output, ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        LiveProject project = LiveProject.Read(folder, request, screen, cancellationToken);
        // Without targets to invoke there is nothing to ask.
        ApproveChange approve = request.InvokeTarget.Count > 0 ? approval.Bind(parsed, screen) : (_, _) => Task.FromResult(Approval.Declined);
        using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(given with { Region = given.Region ?? project.Environment.Region }), cancellationToken);
        LiveTest test = await opened.Get<LiveTester>().RunAsync(project, request, approve, screen, cancellationToken);
        await RecordWriter<LiveTestResult>.For(output.Format(parsed), screen, LiveTestResult.Shape, text: result => result.ToText()).WriteAllAsync(Streams.From(test.Results));
        screen.Say(test.Summary);
        return test.Passed ? screen.FailureCode ?? ExitCode.Done : ExitCode.Error;
    }

    // For people, what passed goes without saying, except for who takes what.
    private static bool IsShown(ProjectFinding finding) => finding.State != FindingState.Passed || finding.Check == ProjectCheck.Version;
}
