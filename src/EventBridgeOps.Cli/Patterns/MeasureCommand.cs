using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern measure</c>.</summary>
internal static class MeasureCommand
{
    public static Command Build(Terminal terminal)
    {
        PatternArguments patterns = new();
        EventArguments events = new("event");
        RequestOptions<MeasureOptions> measure = new(MeasureOptions.Request);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("measure", "Counts the events in a file that patterns would have matched.");
        command.AddAll([.. patterns.All, .. events.All, .. measure.All, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            PatternSource source = patterns.Bind(parsed, terminal);
            MeasureOptions options = measure.Read(parsed, terminal.Environment);
            options.Check();
            using OpsSession? opened = source.AsksAccount ? await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
            PatternTester tester = new(await source.ReadAsync(opened?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken));
            IReadOnlyList<PatternMeasure> measures = await tester.MeasureAsync(observer => events.BindForCheck(parsed, terminal, observer, cancellationToken), options, screen, cancellationToken);
            RecordWriter<PatternMeasure> writer = RecordWriter<PatternMeasure>.For(output.Format(parsed), screen, PatternMeasure.Shape);
            foreach (PatternMeasure one in measures)
                writer.Write(one);
            writer.End();
            if (output.Format(parsed) == OutputFormat.Table && screen.Query is null && measures.Any(one => one.Values.Count > 0))
            {
                screen.Data(writer => writer.WriteLine());
                screen.Data(_ => TableDrawing.Draw(terminal, ValueCount.Shape, [.. measures.SelectMany(one => one.Values.Select(value => ((string?)one.Pattern, (object)value)))]));
            }

            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops pattern measure --pattern-path rule.json --event-path week.jsonl.gz
            ebops pattern measure --rule-name '*' --property detail.state < week.jsonl
            """);
    }
}
