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
        Option<string[]> property = Options.List("--property", "path", "The properties, such as detail.state, whose most frequent values in matching events are shown.");
        Option<int?> top = Options.Number("--top", "number", "The number of values to show for each property (default: 5).");
        Option<int?> sample = Options.Number("--sample", "number", "The number of matching events to return as samples (default: 3).");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("measure", "Counts the events in a file that patterns would have matched.");
        command.AddAll([.. patterns.All, .. events.All, property, top, sample, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            PatternSource source = patterns.Bind(parsed);
            MeasureOptions options = MeasureOptions.From(parsed.GetValue(sample), parsed.GetValue(property), parsed.GetValue(top));
            using OpsSession? opened = source.AsksAccount ? await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
            PatternTester tester = new(await source.ReadAsync(opened?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken));
            IReadOnlyList<PatternMeasure> measures = await tester.MeasureAsync(observer => events.Bind(parsed, terminal, observer, cancellationToken), options, screen, cancellationToken);
            RecordWriter<PatternMeasure> writer = RecordWriter<PatternMeasure>.For(output.Format(parsed), screen, Shapes.PatternMeasure, Layouts.PatternMeasure);
            foreach (PatternMeasure measure in measures)
                writer.Write(measure);
            writer.End();
            if (output.Format(parsed) == OutputFormat.Table && measures.Any(measure => measure.Values.Count > 0))
            {
                screen.Data(writer => writer.WriteLine());
                screen.Data(_ => TableDrawing.Draw(terminal, Layouts.ValueCount, [.. measures.SelectMany(measure => measure.Values.Select(value => (measure.Pattern, value)))]));
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
