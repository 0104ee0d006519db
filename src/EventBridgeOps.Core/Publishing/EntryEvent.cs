using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Publishing;

/// <summary>An entry as rules see it, before it is sent.</summary>
internal static class EntryEvent
{
    /// <summary>The event that rules will match: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.</summary>
    /// <param name="entry">The entry; its detail is a JSON object.</param>
    /// <param name="region">The Region.</param>
    /// <param name="now">The time of the event.</param>
    public static string AsEvent(this EventEntry entry, string region, DateTimeOffset now) => Document.Write(new JsonObject
    {
        ["version"] = "0",
        ["id"] = "00000000-0000-0000-0000-000000000000",
        ["detail-type"] = entry.DetailType,
        ["source"] = entry.Source,
        ["account"] = "000000000000",
        ["time"] = EventTime.Of(now),
        ["region"] = region,
        ["resources"] = new JsonArray([.. entry.Resources.Select(resource => JsonValue.Create(resource))]),
        ["detail"] = Document.Parse(entry.Detail),
    });
}
