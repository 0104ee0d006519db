using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern bench</c>.</summary>
internal static class BenchCommand
{
    private const double LongestMeasure = 3600;

    public static Command Build(Terminal terminal)
    {
        PatternArguments patterns = new();
        EventArguments events = new("event");
        Option<double> seconds = new("--seconds") { HelpName = "number", Description = "The time to measure each pattern, in seconds.", DefaultValueFactory = _ => 2 };
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("bench", "Measures how fast patterns are matched against a file of events on this computer, with one thread.");
        command.AddAll([.. patterns.All, .. events.All, seconds, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            PatternSource source = patterns.Bind(parsed, terminal);
            double duration = parsed.GetValue(seconds);
            if (!(duration > 0 && duration <= LongestMeasure))
                throw new OpsException(ErrorIds.InvalidArgument, PatternCommandMessages.SecondsOutOfRange(duration, LongestMeasure));
            using OpsSession? opened = source.AsksAccount ? await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
            IReadOnlyList<NamedPattern> read = await source.ReadAsync(opened?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken);
            RecordWriter<PatternSpeed> writer = RecordWriter<PatternSpeed>.For(output.Format(parsed), screen, PatternSpeed.Shape);
            await writer.WriteAllAsync(new PatternBench(terminal.Time).RunAsync(read, events.Bind(parsed, screen, cancellationToken), TimeSpan.FromSeconds(duration), screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops pattern bench --pattern-path rule.json --event-path week.jsonl.gz
            ebops pattern bench --rule-path template.yaml --event-path week.jsonl.gz
            """,
            """
            The events are kept in memory, up to 256 MB, and matched repeatedly for the
            specified time: first with each pattern, then with all patterns together.
            """);
    }
}
