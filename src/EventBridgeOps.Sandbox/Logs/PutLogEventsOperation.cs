using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>PutLogEvents: takes a batch, of which events that are too old or too new are rejected one by one.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html</remarks>
internal static class PutLogEventsOperation
{
    private const int MostEvents = 10_000;
    private const int MostBytes = 1_048_576;
    private const int BytesPerEvent = 26;

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        LogErrors.Refuse(input, "entity");
        Constraints constraints = new();
        IReadOnlyList<JsonElement> items = constraints.List("logEvents", input["logEvents"], 1, MostEvents);
        List<(long Timestamp, string Message)> events = [];
        for (int i = 0; i < items.Count; i++)
        {
            string at = string.Format(CultureInfo.InvariantCulture, "logEvents.{0}.member", i + 1);
            RawDocument one = constraints.Object(at, items[i], required: true);
            constraints.Text(at + ".message", one["message"], true, 1);
            constraints.Number(at + ".timestamp", one["timestamp"], 0, 9_999_999_999_999);
            if (one.Number("timestamp") is null)
                throw LogErrors.BadParameter($"1 validation error detected: Value null at '{at}.timestamp' failed to satisfy constraint: Member must not be null");
            events.Add((one.Number("timestamp")!.Value, one.Text("message") ?? ""));
        }

        LogErrors.Check(constraints);
        (LogGroup group, string name) = StreamOperations.Named(operation);
        if (group.Streams.Find(name) is null)
            throw LogErrors.NoStream();
        CheckBatch(events);

        (List<(long Timestamp, string Message)> taken, RawDocument rejected) = Sort(operation, group, events);
        group.Append(name, taken);
        RawDocument answer = RawDocument.Empty.With("nextSequenceToken", SequenceToken(group.Streams[name]));
        return rejected.Members.Count == 0 ? answer : answer.With("rejectedLogEventsInfo", rejected);
    }

    /// <summary>What an event counts against the size of a batch.</summary>
    public static int SizeOf(string message) => Encoding.UTF8.GetByteCount(message) + BytesPerEvent;

    /// <summary>Sequence tokens mean nothing any more, but the answers still have one.</summary>
    public static string SequenceToken(RawDocument stream) => string.Format(CultureInfo.InvariantCulture, "{0:D56}", stream.Number("lastIngestionTime") ?? 0);

    private static void CheckBatch(List<(long Timestamp, string Message)> events)
    {
        if (events.Sum(one => (long)SizeOf(one.Message)) > MostBytes)
            throw LogErrors.BadParameter($"Upload too large: exceeds limit of {MostBytes} bytes");
        for (int i = 1; i < events.Count; i++)
        {
            if (events[i].Timestamp < events[i - 1].Timestamp)
                throw LogErrors.BadParameter("Log events in a single PutLogEvents request must be in chronological order.");
        }

        if (events[events.Count - 1].Timestamp - events[0].Timestamp > TimeSpan.FromDays(1).TotalMilliseconds)
            throw LogErrors.BadParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }

    /// <summary>Rejects what is more than 14 days old, older than the retention, or more than two hours ahead.</summary>
    private static (List<(long Timestamp, string Message)> Taken, RawDocument Rejected) Sort(
        Operation operation, LogGroup group, List<(long Timestamp, string Message)> events)
    {
        long tooOld = operation.Now.AddDays(-14).ToUnixTimeMilliseconds();
        long expired = group.RetentionInDays is { } days ? operation.Now.AddDays(-days).ToUnixTimeMilliseconds() : long.MinValue;
        long tooNew = operation.Now.AddHours(2).ToUnixTimeMilliseconds();
        RawDocument rejected = RawDocument.Empty;
        int firstNew = events.FindIndex(one => one.Timestamp > tooNew);
        int endOld = events.FindLastIndex(one => one.Timestamp < tooOld) + 1;
        int endExpired = events.FindLastIndex(one => one.Timestamp < expired) + 1;
        if (firstNew >= 0)
            rejected = rejected.With("tooNewLogEventStartIndex", firstNew);
        if (endOld > 0)
            rejected = rejected.With("tooOldLogEventEndIndex", endOld);
        if (endExpired > 0)
            rejected = rejected.With("expiredLogEventEndIndex", endExpired);
        return (events.FindAll(one => one.Timestamp >= tooOld && one.Timestamp >= expired && one.Timestamp <= tooNew), rejected);
    }
}
