using System.CommandLine;
using EventBridgeOps.Archives;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Archives;

/// <summary><c>ebops replay local</c>.</summary>
internal static class ReplayLocalCommand
{
    public static Command Build(Terminal terminal)
    {
        EventArguments events = new("event");
        Option<string[]> rulePath = Options.Texts("--rule-path", "path", "A file with the rules to try, or the folder of a project. Can be specified multiple times.");
        Option<string[]> against = Options.Texts("--against", "path", "A file with the rules as they are today, or the folder of a project: only events that would go elsewhere are shown. Can be specified multiple times.");
        Option<string?> replayName = Options.Text("--replay-name", "name", $"The name of the replay, which each event gets in its field replay-name (default: {ReplayedEvent.DefaultName}).");
        RequestOptions<RuleFileOptions> files = new(RuleFileOptions.Request);
        RuleArguments rules = new();
        ReportArguments output = new();
        Command command = new("local", "Shows where events would go by new rules, and what is different from the rules of today. No AWS API is called.");
        command.AddAll([.. events.All, rulePath, against, replayName, .. files.All, .. rules.All, .. output.All]);
        command.At("--rule-path", "--against", "--event-path");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            if (parsed.GetValue(rulePath) is not { Length: > 0 })
                throw new OpsException(ErrorIds.InvalidArgument, ReplayCommandMessages.RulesMissing());
            RuleQuery only = rules.Given(parsed);
            RuleFileOptions given = files.Read(parsed, terminal.Environment);
            long count = 0;
            EventRouter after = await RouterAsync(rulePath);
            if (parsed.GetResult(against) is null)
            {
                int deliveries = await RecordWriter<Delivery>.For(output.Format(parsed), screen, Delivery.Shape).WriteAllAsync(after.RouteAsync(EventsAsync(), screen, cancellationToken));
                screen.Say(ReplayCommandMessages.Routed(count, deliveries));
                return screen.FailureCode ?? ExitCode.Done;
            }

            HashSet<string> elsewhere = new(StringComparer.Ordinal);
            RouteComparison comparison = new(await RouterAsync(against), after);
            await RecordWriter<RouteDifference>.For(output.Format(parsed), screen, RouteDifference.Shape).WriteAllAsync(comparison.CompareAsync(EventsAsync(), screen, cancellationToken), difference => elsewhere.Add(difference.Event));
            screen.Say(ReplayCommandMessages.Compared(count, elsewhere.Count));
            return screen.FailureCode ?? ExitCode.Done;

            async Task<EventRouter> RouterAsync(Option<string[]> paths) =>
                new(await ProjectRules.ReadAsync(RulePaths.Of(terminal, parsed.GetValue(paths)), given, screen, cancellationToken), only.EventBusName, only.RuleName);

            async IAsyncEnumerable<EventDocument> EventsAsync()
            {
                await foreach (EventDocument document in ReplayedEvent.NameAsync(events.BindForCheck(parsed, terminal, screen, cancellationToken), parsed.GetValue(replayName), cancellationToken))
                {
                    count++;
                    yield return document;
                }
            }
        });
        return command.WithExamples(
            """
            ebops replay local --event-path week.jsonl.gz --rule-path template.yaml
            ebops replay local --event-path week.jsonl.gz --rule-path template.yaml \
              --against today.json
            ebops replay local --event-path week.jsonl.gz --rule-path shop \
              --against today.json
            """,
            """
            EventBridge has no operation that returns the events of an archive. Let a rule
            write them to a queue, a log group or a stream, let the event bus log them with
            details, or take the messages of a queue:
            the files of 'aws sqs receive-message', 'aws logs filter-log-events' and others
            are read as they are. Save the rules of today with 'ebops rule list --output
            json > today.json'. Each event gets the field replay-name, so that a pattern
            that excludes replays does not match it.
            """);
    }
}
