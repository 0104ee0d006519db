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
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Events;

/// <summary><c>ebops event</c>.</summary>
internal static class EventCommands
{
    public static Command Build(Terminal terminal) => new("event", "Events of one's own.") { Send(terminal), EventConvertCommand.Build(terminal) };

    private static Command Send(Terminal terminal)
    {
        Option<string?> source = Options.Text("--source", "name", "Who sends the event, for example founderdash.admin.");
        Option<string?> detailType = Options.Text("--detail-type", "text", "What has happened, for example 'MVP Batch Complete'.");
        Option<string?> detail = Options.Text("--detail", "json", "A JSON object (default: an empty one).");
        Option<string?> time = Options.Text("--time", "time", "When it happened, in ISO 8601 (default: now).");
        Option<string[]> resource = Options.List("--resource", "arn", "What the event is about.");
        Option<string?> traceHeader = Options.Text("--trace-header", "text", "An X-Ray trace header.");
        Option<string?> entryFile = Options.Text("--entry-file", "path", "PutEvents entries as JSON lines, from a file or from standard input (-).");
        Option<bool> asIs = Options.Flag("--as-is", "Put no ebopsId into the details.");
        SendArguments send = new("default");
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("send", "Sends one event, or a stream of them.");
        command.AddAll([source, detailType, detail, time, resource, traceHeader, entryFile, asIs, .. send.All, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            EnvFile? settings = send.EnvFile.Read(parsed);
            string? bus = send.EventBusName(parsed) ?? EnvFile.Over(settings, terminal.Environment)("EVENTBRIDGE_BUS_NAME");
            PublishOptions options = new() { ThrottleLimit = send.ThrottleLimit(parsed), AsIs = parsed.GetValue(asIs) };
            options.Check();
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = send.Approval.Bind(parsed, screen);
            IAsyncEnumerable<EventEntry> entries;
            if (parsed.GetValue(entryFile) is { } path)
            {
                if (new Option[] { source, detailType, detail, time, resource, traceHeader }.Any(option => parsed.GetResult(option) is not null))
                    throw new OpsException(ErrorIds.InvalidArgument, "--entry-file brings whole entries, so --source, --detail-type, --detail, --time, --resource and --trace-header have no place beside it.");
                if (path == "-" && parsed.GetValue(send.Approval.Confirm))
                    throw new OpsException(ErrorIds.InvalidArgument, "--confirm and --entry-file - both want standard input. Give a file, or look first with --what-if.");
                entries = LineFile.ReadAsync(path, terminal, line => EntryLine.Parse(line, bus), screen.LineFailed, cancellationToken);
            }
            else
            {
                entries = Streams.From([new EventEntry
                {
                    Source = parsed.GetValue(source) ?? throw Missing("--source"),
                    DetailType = parsed.GetValue(detailType) ?? throw Missing("--detail-type"),
                    Detail = parsed.GetValue(detail) ?? "{}",
                    EventBusName = bus,
                    Time = parsed.GetValue(time) is { } text ? Moment(text) : null,
                    Resources = parsed.GetValue(resource) ?? [],
                    TraceHeader = parsed.GetValue(traceHeader),
                }]);
            }

            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(given.WithSettings(settings)), cancellationToken);
            return await EventReport.ShowAsync(opened.Publisher.PublishAsync(entries, options, approve, screen, cancellationToken), output.Format(parsed), screen);
        });
        return command.WithExamples(
            """
            ebops event send --source founderdash.admin \
              --detail-type 'MVP Batch Complete' --detail '{"batchId":"b1"}'
            ebops event send --entry-file entries.jsonl --event-bus-name mvp-development
            jq -c '.[]' entries.json | ebops event send --entry-file - --output jsonl
            """,
            """
            A line of --entry-file is {Source, DetailType, Detail, EventBusName?, Time?,
            Resources?, TraceHeader?}, where Detail is a JSON object or a text that holds
            one. Each detail gets an ebopsId, unless it has one, so that a consumer can tell
            an event that comes twice. A table shows only what was not sent.
            """);
    }

    private static OpsException Missing(string option) => new(ErrorIds.InvalidArgument, $"{option} is missing. Give --source and --detail-type, or whole entries with --entry-file.");

    private static DateTimeOffset Moment(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        ? time
        : throw new OpsException(ErrorIds.InvalidArgument, $"--time '{text}' is no time; one looks like 2026-11-21T09:30:00Z.");
}
