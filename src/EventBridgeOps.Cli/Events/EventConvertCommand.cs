using System.CommandLine;
using System.Globalization;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Queries;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Cli.Events;

/// <summary><c>ebops event convert</c>.</summary>
internal static class EventConvertCommand
{
    private const string TableFields = """[].{TIME: time, SOURCE: source, "DETAIL-TYPE": "detail-type", ID: id}""";

    public static Command Build(Terminal terminal)
    {
        EventArguments entries = new("entry");
        Option<string?> id = Options.Text("--id", "id", "The ID of the events (default: a random ID for each event).");
        Option<string?> accountId = Options.Text("--account-id", "id", "The account ID of the events (default: from the ARN of the event bus, or else 123456789012).");
        Option<string?> region = Options.Text("--region", "region", "The Region of the events (default: AWS_REGION, or else from the ARN of the event bus, or else us-east-1).").Naming(NameKind.Region);
        Option<string?> time = Options.Text("--time", "time", "The time, in ISO 8601 format, of events whose entry has no time (default: now).");
        Command command = new("convert", "Converts PutEvents entries to the events that EventBridge would create from them. No AWS API is called.");
        OutputArguments output = new(OutputFormat.Jsonl);
        command.AddAll([.. entries.All, id, accountId, region, time, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            EntryDefaults defaults = EntryDefaults.From(parsed.GetValue(id), parsed.GetValue(accountId), parsed.GetValue(region), Time(parsed.GetValue(time)), terminal.Environment);
            EntryConverter converter = terminal.Host.Entries();
            await Writer(output.Format(parsed), screen).WriteAllAsync(ConvertAsync());
            return screen.FailureCode ?? ExitCode.Done;

            async IAsyncEnumerable<EventDocument> ConvertAsync()
            {
                await foreach (EventDocument entry in entries.Bind(parsed, screen, cancellationToken))
                {
                    EventDocument? converted = null;
                    try
                    {
                        converted = converter.Convert(entry, defaults);
                    }
                    catch (OpsException e) when (!e.EndsRun)
                    {
                        screen.Failed(new ItemFailure(e, entry.Origin));
                    }

                    if (converted is not null)
                        yield return converted;
                }
            }
        });
        return command.WithExamples(
            """
            ebops event convert --entry-path entries.json > events.jsonl
            ebops event convert --entry-path entries.json | ebops route --event-path -
            """);
    }

    /// <summary>The events are documents: what has columns shows their fields.</summary>
    private static RecordWriter<EventDocument> Writer(OutputFormat format, Screen screen) => (screen.Query, format) switch
    {
        ({ } query, _) => new QueryWriter<EventDocument>(screen, query, format, one => one.Text),
        (_, OutputFormat.Jsonl) => new LineWriter<EventDocument>(screen, one => one.Text, screen.JsonData),
        (_, OutputFormat.Json) => new JsonArrayWriter<EventDocument>(screen, one => one.Text),
        (_, OutputFormat.Table) => new QueryWriter<EventDocument>(screen, JsonQuery.Parse(TableFields), format, one => one.Text),
        _ => new QueryWriter<EventDocument>(screen, JsonQuery.Parse("@"), format, one => one.Text),
    };

    private static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw new OpsException(ErrorIds.InvalidArgument, EventCommandMessages.NotATime(text));
}
