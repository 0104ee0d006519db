using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Checks;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Installation;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Automation;

/// <summary><c>ebops automation</c>, as far as it shows something.</summary>
internal static class AutomationViews
{
    public static Command Status(Terminal terminal)
    {
        Command command = Tree<AutomationQuery>(
            terminal, new("status", "Shows the stack, the function, rules, alarms, dead letters that wait, and the last runs."), new(AutomationQuery.Request), null,
            (query, opened, _, screen, cancellationToken) => opened.Get<AutomationInspector>().ShowAsync(query, screen, cancellationToken));
        return command.WithExamples(
            """
            ebops automation status
            """,
            """
            The exit code is 3 if something needs attention: a rule that is disabled, an
            alarm, dead letters that wait, or a last run that failed.
            """);
    }

    public static Command Check(Terminal terminal)
    {
        Command command = Tree<AutomationQuery>(
            terminal, new("check", "Checks that function, rules, permissions and job definitions exist and fit together."), new(AutomationQuery.Request), null,
            (query, opened, _, screen, cancellationToken) => opened.Get<AutomationCheck>().RunAsync(query, screen, cancellationToken));
        return command.WithExamples(
            """
            ebops automation check
            """,
            """
            Nothing is written. The exit code is 3 if a check failed.
            """);
    }

    public static Command Test(Terminal terminal)
    {
        Command command = Tree<TestRequest>(
            terminal, new("test", "Pushes an image to a repository of its own, and follows it to a target."), new(TestRequest.Request), new ApprovalArguments(),
            (request, opened, approve, screen, cancellationToken) => opened.Get<AutomationTest>().RunAsync(request, approve, screen, cancellationToken));
        return command.WithExamples(
            """
            ebops automation test
            """,
            """
            The test creates a repository, a job definition and a rule, and removes
            them in the end. The exit code is 3 if a step failed.
            """);
    }

    public static Command Logs(Terminal terminal)
    {
        RequestOptions<AutomationLogQuery> options = new(AutomationLogQuery.Request);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("logs", "Shows the log of the function.");
        command.AddAll([.. options.All, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            AutomationLogQuery query = options.Read(parsed, terminal.Environment);
            query.Check();
            using Screen screen = output.Screen(parsed, terminal);
            OutputFormat format = output.Format(parsed);
            if (query.Follow && format == OutputFormat.Table && screen.Query is null)
                format = OutputFormat.Text; // A table is drawn in the end.
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            await RecordWriter<AutomationLogLine>.For(format, screen, AutomationLogLine.Shape, json: format is OutputFormat.Jsonl ? line => line.Text : null, text: query.Follow ? line => InertText.OneLine(line.ToString()) : null, follows: query.Follow)
                .WriteAllAsync(opened.Get<AutomationLogReader>().ReadAsync(query, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops automation logs --follow
            ebops automation logs --since-minutes 1440 --filter-pattern REPORT
            """,
            """
            With --follow, the command shows new lines until you press Ctrl+C.
            """);
    }

    private static Command Tree<T>(Terminal terminal, Command command, RequestOptions<T> options, ApprovalArguments? approval, Func<T, OpsSession, ApproveChange, Screen, CancellationToken, IAsyncEnumerable<CheckResult>> run)
        where T : AutomationQuery, new() =>
        CheckTree.Act(terminal, command, options, approval, Checked, (given, _) => given, run);

    private static T Checked<T>(T request)
        where T : AutomationQuery
    {
        request.Check();
        return request;
    }
}
