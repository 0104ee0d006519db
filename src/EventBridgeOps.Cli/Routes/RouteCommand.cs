using System.CommandLine;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Routes;

/// <summary><c>ebops route</c>.</summary>
internal static class RouteCommand
{
    public static Command Build(Terminal terminal)
    {
        EventArguments events = new("event");
        RuleArguments rules = new();
        Option<string[]> rulePath = Options.Texts("--rule-path", "path", "Read the rules from a file instead of the account. Can be specified multiple times.");
        RequestOptions<RuleFileOptions> files = new(RuleFileOptions.Request);
        Option<bool> offline = Options.Flag("--offline", "With --rule-path, do not look up the job definitions of Batch targets in AWS Batch.");
        Option<string?> replayName = Options.Text("--replay-name", "name", "The name of a replay, which each event gets in its field replay-name, as events that EventBridge replays have it.");
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("route", "Shows which rules an event matches, which targets are invoked, and with what input. No event is sent.");
        command.AddAll([.. events.All, rulePath, .. files.All, offline, replayName, .. rules.All, .. session.All, .. output.All]);
        command.At("--event-bus-name", "--rule-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            IAsyncEnumerable<EventDocument> happened = events.BindForCheck(parsed, terminal, screen, cancellationToken);
            if (parsed.GetValue(replayName) is { } name)
                happened = ReplayedEvent.NameAsync(happened, name, cancellationToken);
            RecordWriter<Delivery> writer = RecordWriter<Delivery>.For(output.Format(parsed), screen, Delivery.Shape);
            using OpenSessions opened = session.Sessions(parsed, screen, cancellationToken);
            EventRouter router;
            if (parsed.GetValue(rulePath) is { Length: > 0 } paths)
            {
                RuleQuery only = rules.Given(parsed);
                IReadOnlyList<RuleSummary> given = await ProjectRules.ReadAsync(RulePaths.Of(terminal, paths), files.Read(parsed, terminal.Environment), screen, cancellationToken);
                router = new EventRouter(given, only.EventBusName, only.RuleName, parsed.GetValue(offline) ? null : async region => (await opened.OpenAsync(options => OpsSession.OpenIn(region, options))).Get<BatchAccount>());
            }
            else
            {
                router = (await opened.OpenAsync(OpsSession.Open)).Get<Func<RuleQuery, EventRouter>>()(rules.Bind(parsed, terminal));
            }

            await writer.WriteAllAsync(router.RouteAsync(happened, screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops route --event-path upload.json --event-bus-name mvp-development
            ebops route --event-path week.jsonl.gz --event-bus-name '*' --output jsonl
            ebops route --event-path upload.json --rule-path template.yaml \
              --parameter Stage=prod
            """,
            """
            Supported rule files: the JSON output of aws events describe-rule, list-rules
            and list-targets-by-rule (named <rule>.targets.json), of 'ebops rule list' and
            of 'terraform show -json', and CloudFormation templates, also of AWS SAM, the
            AWS CDK (cdk.out) and the Serverless Framework (.serverless). The folder of a
            project stands for its template.
            States: Delivered, Followed (an event bus in the same account and Region, whose
            rules are shown too), Elsewhere (an event bus in another account or Region, or
            a rule of a file in another Region than the event),
            Failing, Disabled, NoTarget, Unknown (it depends on a value that the file does
            not specify, or on a job definition that was not looked up; see the reason).
            Specify values that a template leaves open with --parameter.
            With --rule-path, AWS is called only to look up the job definitions of Batch
            targets that an event reaches, and only if there are credentials.
            """);
    }
}
