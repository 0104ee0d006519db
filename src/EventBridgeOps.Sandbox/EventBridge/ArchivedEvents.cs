using System.Globalization;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The events in an archive, by the time at which they are in it, for as many days as it retains them.</summary>
internal static class ArchivedEvents
{
    /// <summary>The size of the time of an event: SizeBytes as recorded from AWS are those of source, detail type, detail, resources and this.</summary>
    private const int TimeBytes = 20;

    /// <summary>Adds an event to the archive with this ARN, which has the archive's own ID at its end.</summary>
    /// <returns>False if there is no such archive any more.</returns>
    public static bool Add(Operation operation, string arn, string json)
    {
        foreach (KeyValuePair<string, RawDocument> archive in operation.State["archives"].Where(row => $"{row.Value.Text("ArchiveArn")}:{row.Value.Text("uuid")}" == arn))
        {
            RawDocument sent = RawDocument.Parse(json);
            Table events = Retained(operation, archive.Value);
            events[Key(operation.Now + operation.Account.ArchiveDelay, operation.State.NextNumber())] = RawDocument.Empty
                .With("time", TimeOf(sent).UtcTicks)
                .With("bytes", Size(sent))
                .With("event", json);
            return true;
        }

        return false;
    }

    /// <summary>The events that an archive has and still retains.</summary>
    public static IReadOnlyCollection<RawDocument> Of(Operation operation, RawDocument archive)
    {
        string now = Key(operation.Now.AddTicks(1), 0);
        return [.. Retained(operation, archive).TakeWhile(row => string.CompareOrdinal(row.Key, now) < 0).Select(row => row.Value)];
    }

    public static void Forget(Operation operation, RawDocument archive) => operation.State.Drop(TableName(archive));

    /// <summary>The events that an archive retains, also those that are still on their way.</summary>
    private static Table Retained(Operation operation, RawDocument archive)
    {
        Table events = operation.State[TableName(archive)];
        if (archive.Number("RetentionDays") is > 0 and { } days && days < (operation.Now - DateTimeOffset.MinValue).TotalDays)
        {
            string least = Key(operation.Now.AddDays(-days), 0);
            foreach (string expired in events.Keys.TakeWhile(key => string.CompareOrdinal(key, least) < 0).ToList())
                events.Remove(expired);
        }

        return events;
    }

    private static string TableName(RawDocument archive) => "archiveEvents/" + archive.Text("ArchiveName");

    private static string Key(DateTimeOffset at, long number) => string.Format(CultureInfo.InvariantCulture, "{0:D19}|{1:D10}", at.UtcTicks, number);

    private static DateTimeOffset TimeOf(RawDocument sent) => DateTimeOffset.Parse(sent.Text("time")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static long Size(RawDocument sent) => TimeBytes + EntryLimits.SizeOf(new EventEntry
    {
        Source = sent.Text("source") ?? "",
        DetailType = sent.Text("detail-type") ?? "",
        Detail = sent["detail"]?.GetRawText() ?? "",
        Resources = [.. sent.Texts("resources")],
    });
}
