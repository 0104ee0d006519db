using System.CommandLine;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Projects;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.EventSchemas;

namespace EventBridgeOps.Cli.Schemas;

/// <summary><c>ebops schema</c>.</summary>
internal static class SchemaCommands
{
    public static Command Build(Terminal terminal) => new("schema", "Checks events with schemas, and compares versions of schemas, without an account.")
    {
        BuildCompare(terminal),
        BuildValidate(terminal),
        BuildInfer(terminal),
        ProjectMakingCommands.Retire(terminal),
    };

    private static Command BuildCompare(Terminal terminal)
    {
        Argument<string[]> file = new("file") { Description = "The versions: the older one, and then the new one. With more than two, the versions in their names, such as a.v2.json, say which is older; without them, older ones begin with the latest.", Arity = ArgumentArity.OneOrMore };
        RequestOptions<SchemaCompareRequest> options = new(SchemaCompareRequest.Request);
        ReportArguments output = new(OutputFormat.Text);
        Command command = new("compare", "Shows whether a new version of a schema breaks producers or consumers.") { file };
        command.AddAll([.. options.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            SchemaCompareRequest request = options.Read(parsed, terminal.Environment);
            SchemaCompareResult result = SchemaComparer.Compare(SchemaComparer.Ordered(Paths(terminal, parsed.GetValue(file))), request, screen, cancellationToken);
            await RecordWriter<SchemaChange>.For(output.Format(parsed), screen, SchemaChange.Shape, text: change => change.ToText(terminal.Width)).WriteAllAsync(Streams.From(result.Changes));
            screen.Say(result.Summary);
            return result.IsAccepted ? ExitCode.Done : ExitCode.Drift;
        });
        return command.WithExamples(
            """
            ebops schema compare audio-uploaded.v1.json audio-uploaded.v2.json
            ebops schema compare audio-uploaded.v1.json audio-uploaded.v2.json \
              --compatibility full --policy strict --output json
            """,
            """
            Each difference that breaks has an example: the detail of an event that one
            version allows and the other refuses. Exit codes: 0 compatible, 1 a schema
            cannot be read, 2 not compatible. What can't be decided is shown as Unknown,
            and counts as not compatible with '--policy strict'.
            """);
    }

    private static Command BuildValidate(Terminal terminal)
    {
        Argument<string[]> file = new("file") { Description = "The schemas; with events, one.", Arity = ArgumentArity.OneOrMore };
        EventArguments events = new("event");
        DetailArgument detail = new("The detail of an event as JSON text, or a file ('file://detail.json').");
        ReportArguments output = new(OutputFormat.Text);
        Command command = new("validate", "Checks schemas, or events with a schema.") { file };
        command.AddAll([.. events.All, detail.Option, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            IReadOnlyList<(string Path, string FullPath)> paths = Paths(terminal, parsed.GetValue(file));
            string? text = detail.Read(parsed, terminal);
            SchemaTest.RequireOne(text is not null, events.IsGiven(parsed));
            IAsyncEnumerable<SchemaTest> tests = text is not null ? Streams.From(SchemaTest.OfDetail(paths, EventDetail.Parse(text, "--detail"), screen))
                : events.IsGiven(parsed) ? SchemaTest.OfFileAsync(paths, events.BindForCheck(parsed, terminal, SchemaTest.Reading(screen), cancellationToken), screen, cancellationToken)
                : Streams.From(SchemaTest.OfSchemas(paths, screen));
            bool isValid = true;
            await RecordWriter<SchemaTest>.For(output.Format(parsed), screen, SchemaTest.Shape, text: test => test.ToText(terminal.Width)).WriteAllAsync(tests, test => isValid &= test.State is SchemaTestState.Valid);
            return screen.FailureCode ?? (isValid ? ExitCode.Done : ExitCode.Drift);
        });
        return command.WithExamples(
            """
            ebops schema validate audio-uploaded.v1.json
            ebops schema validate audio-uploaded.v1.json \
              --event-path audio-events.jsonl
            ebops schema validate audio-uploaded.v1.json --detail '{"userId": "u-1"}'
            """,
            """
            An event can be an event as rules see it, or an entry of PutEvents. Exit codes:
            0 all are valid, 1 the schema cannot be read, 2 some are not valid, 3 some
            could not be read.
            """);
    }

    private static Command BuildInfer(Terminal terminal)
    {
        EventArguments events = new("event");
        RequestOptions<SchemaInferRequest> options = new(SchemaInferRequest.Request);
        ScreenArguments output = new();
        Command command = new("infer", "Infers a schema from real events.");
        command.AddAll([.. events.All, .. options.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal, null);
            SchemaInferRequest request = options.Read(parsed, terminal.Environment);
            if (await SchemaMaker.InferAsync(events.BindForCheck(parsed, terminal, screen, cancellationToken), request, screen, cancellationToken) is { } schema)
                screen.JsonData(Document.WriteIndented(schema) + "\n");
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops schema infer --event-path audio-events.jsonl > inferred.json
            ebops schema infer --event-path week.jsonl.gz --detail-type 'Object Created'
            """,
            """
            What each event has is required, and a format that each text has is stated.
            Values are not listed, and objects stay open: read the schema before you
            publish it.
            """);
    }

    private static IReadOnlyList<(string Path, string FullPath)> Paths(Terminal terminal, string[]? paths) => [.. (paths ?? []).Select(path => (path, terminal.Host.FullPath(path)))];
}
