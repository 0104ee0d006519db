using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>FilterLogEvents: the events of the streams of a group that match a pattern, in the order of their times.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html; searchedLogStreams is empty there too, since 2020.</remarks>
internal static class FilterLogEventsOperation
{
    private const long LastTime = 9_999_999_999_999;

    public static RawDocument Filter(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        IReadOnlyList<JsonElement> names = constraints.List("logStreamNames", input["logStreamNames"], 1, 100, required: false);
        constraints.Text("logStreamNamePrefix", input["logStreamNamePrefix"], false, 1, 512, "[^:*]*");
        constraints.Text("filterPattern", input["filterPattern"], false, 0, 1024);
        constraints.Number("limit", input["limit"], 1, GetLogEventsOperation.MostEvents);
        constraints.Number("startTime", input["startTime"], 0, LastTime);
        constraints.Number("endTime", input["endTime"], 0, LastTime);
        LogErrors.Check(constraints);
        LogErrors.Refuse(input, "unmask");
        if (names.Count > 0 && input["logStreamNamePrefix"] is not null)
            throw LogErrors.BadParameter("logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");

        LogGroup group = LogGroup.OfIdentifier(operation);
        List<string> wanted = [.. input.Texts("logStreamNames")];
        if (wanted.Exists(name => !group.Streams.ContainsKey(name)))
            throw LogErrors.NoStream();

        Func<string, bool> matches = FilterPattern.Read(input.Text("filterPattern") ?? "");
        string prefix = input.Text("logStreamNamePrefix") ?? "";
        string from = LogGroup.EventId(input.Number("startTime") ?? 0, 0);
        string end = LogGroup.EventId(input.Number("endTime") ?? LastTime, 0);
        IEnumerable<(string Id, string Stream, RawDocument Event)> found = group.Streams.Keys
            .Where(name => wanted.Count > 0 ? wanted.Contains(name) : name.StartsWith(prefix, StringComparison.Ordinal))
            .SelectMany(name => group.Entries(name).Select(one => (Id: one.Key, Stream: name, Event: one.Value)))
            .Where(one => string.CompareOrdinal(one.Id, from) >= 0 && string.CompareOrdinal(one.Id, end) < 0 && matches(one.Event.Text("message")!))
            .OrderBy(one => one.Id, StringComparer.Ordinal);
        Paging.Page<(string Id, string Stream, RawDocument Event)> page = operation.Page(
            found, one => one.Id, input.Number("limit"), input.Text("nextToken"), GetLogEventsOperation.MostEvents);
        return RawDocument.Empty
            .With("events", page.Items.Select(one => RawDocument.Empty.With("logStreamName", one.Stream).With(one.Event).With("eventId", one.Id)))
            .With("searchedLogStreams", Json.Array([]))
            .With("nextToken", page.NextToken);
    }
}
