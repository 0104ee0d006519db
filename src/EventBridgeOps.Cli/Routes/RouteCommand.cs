using System.CommandLine;
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
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("route", "Shows which rules an event matches, which targets are invoked, and with what input. No event is sent.");
        command.AddAll([.. events.All, rulePath, .. files.All, .. rules.All, .. session.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            IAsyncEnumerable<EventDocument> given = events.Bind(parsed, screen, cancellationToken);
            RecordWriter<Delivery> writer = RecordWriter<Delivery>.For(output.Format(parsed), screen, Delivery.Shape);
            int count;
            if (parsed.GetValue(rulePath) is { Length: > 0 } paths)
            {
                RuleQuery only = rules.Given(parsed);
                EventRouter router = new(await RuleFile.ReadAsync(paths, files.Read(parsed, terminal.Environment).Parameter, screen, cancellationToken), only.EventBusName, only.RuleName);
                count = await writer.WriteAllAsync(router.RouteAsync(given, screen, cancellationToken));
            }
            else
            {
                using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
                count = await writer.WriteAllAsync(opened.Get<Func<RuleQuery, EventRouter>>()(rules.Bind(parsed, terminal)).RouteAsync(given, screen, cancellationToken));
            }

            if (count == 0 && screen.Failures == 0)
                screen.Say(RouteCommandMessages.NoMatch());
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
            AWS CDK (cdk.out) and the Serverless Framework (.serverless).
            States: Delivered, Followed (an event bus in the same account and Region, whose
            rules are shown too), Elsewhere (an event bus in another account or Region),
            Failing, Disabled, NoTarget, Unknown (it depends on a value that the file does
            not specify, which the reason names; specify it with --parameter).
            """);
    }
}
