using System.CommandLine;
using System.Globalization;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Events;

/// <summary><c>ebops event</c>.</summary>
internal static class EventCommands
{
    public static Command Build(Terminal terminal) => new("event", "Sends and converts custom events.") { Send(terminal), EventConvertCommand.Build(terminal) };

    private static Command Send(Terminal terminal)
    {
        Option<string?> source = Options.Text("--source", "name", "The source of the event, for example founderdash.admin.");
        Option<string?> detailType = Options.Text("--detail-type", "text", "The detail type of the event, for example 'MVP Batch Complete'.");
        DetailArgument detail = new("The detail of the event, a JSON object or file://path (default: an empty object).");
        Option<string?> time = Options.Text("--time", "time", "The time of the event, in ISO 8601 format (default: now).");
        Option<string[]> resource = Options.List("--resource", "arn", "The ARNs of the resources that the event is about.");
        Option<string?> traceHeader = Options.Text("--trace-header", "text", "The AWS X-Ray trace header.");
        Option<string?> entryFile = Options.Text("--entry-file", "path", "A file of PutEvents entries: JSON lines, a JSON array, {\"Entries\": [...]}, or CSV with a header. Use '-' for standard input.").Or("--entry-path"); // As 'event convert' names it.
        Option<string[]> eventPath = EventArguments.Path("event");
        SendArguments send = new(withAsIs: true);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("send", "Sends one event or a stream of events.");
        command.AddAll([source, detailType, detail.Option, time, resource, traceHeader, entryFile, eventPath, .. send.All, .. session.All, .. output.All]);
        command.At("--source", "--detail-type", "--detail");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string? bus = DefaultBus.Find(send.EventBusName(parsed), terminal.Environment);
            PublishOptions options = send.Options(parsed);
            options = options with { Project = terminal.Host.FullPathOrNone(options.Project) };
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            IAsyncEnumerable<EventEntry> entries;
            bool hasEvents = parsed.GetResult(eventPath) is not null;
            string file = hasEvents ? "EventPath" : "EntryFile";
            if ((hasEvents || parsed.GetResult(entryFile) is not null) && new Option?[] { source, detailType, detail.Option, time, resource, traceHeader, hasEvents ? entryFile : null }.Any(option => option is not null && parsed.GetResult(option) is not null))
                throw new OpsException(ErrorIds.InvalidArgument, hasEvents ? EventCommandMessages.EventPathWithOthers() : EventCommandMessages.EntryFileWithParts());
            if ((parsed.GetValue(entryFile) == EventArguments.StandardInput || parsed.GetValue(eventPath)?.Contains(EventArguments.StandardInput) == true) && parsed.GetValue(send.Approval.Confirm))
                throw new OpsException(ErrorIds.InvalidArgument, EventCommandMessages.FileAndConfirm(file));
            if (hasEvents)
            {
                entries = new EventEntries(bus).ReadAsync(EventArguments.ReadAsync(parsed.GetValue(eventPath)!, terminal, screen, cancellationToken), screen, cancellationToken);
            }
            else if (parsed.GetValue(entryFile) is { } path)
            {
                EntryReader reader = new(bus);
                entries = path == EventArguments.StandardInput
                    ? reader.ReadAsync(terminal.InBytes, EventArguments.StandardInputName, screen, cancellationToken)
                    : reader.ReadFileAsync(path, screen, cancellationToken);
            }
            else
            {
                entries = Streams.From([new EventEntry
                {
                    Source = parsed.GetValue(source) ?? throw Missing("Source"),
                    DetailType = parsed.GetValue(detailType) ?? throw Missing("DetailType"),
                    Detail = detail.Read(parsed, terminal) ?? "{}",
                    EventBusName = bus,
                    Time = parsed.GetValue(time) is { } text ? Moment(text) : null,
                    Resources = parsed.GetValue(resource) ?? [],
                    TraceHeader = parsed.GetValue(traceHeader),
                }]);
            }

            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await EventReport.ShowAsync(opened.Get<EventPublisher>().PublishAsync(entries, options, approve, screen, cancellationToken), output.Format(parsed), screen);
        });
        return command.WithExamples(
            """
            ebops event send --source founderdash.admin \
              --detail-type 'MVP Batch Complete' --detail '{"batchId":"b1"}'
            ebops event send --entry-file entries.jsonl --event-bus-name mvp-development
            ebops event send --entry-file - --output jsonl < entries.json
            ebops event send --entry-file entries.jsonl --project contracts
            ebops event send --event-path week.jsonl.gz --event-bus-name mvp-development
            """,
            """
            An entry of --entry-file is {Source, DetailType, Detail, EventBusName?, Time?,
            Resources?, TraceHeader?}, where Detail is a JSON object or a string that
            contains one. The file can also be compressed with gzip, or in UTF-16. An
            ebopsId is added to each detail that does not have one, so that consumers can
            detect duplicate events. A table shows only the events that were not sent.
            Before the first event for an event bus other than the default one, the command
            checks that the event bus exists. With --event-path, events that were logged or
            exported are sent again as new entries: source, detail type, detail, resources
            and time are those of the event, and its ID becomes the ebopsId. With --project,
            an event that the schemas of the project refuse is not sent.
            """);
    }

    private static OpsException Missing(string parameter) => new(ErrorIds.InvalidArgument, EventCommandMessages.Missing(parameter));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        ? time
        : throw new OpsException(ErrorIds.InvalidArgument, EventCommandMessages.NotATime(text));
}
