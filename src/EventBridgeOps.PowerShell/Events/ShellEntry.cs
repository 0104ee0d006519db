using System.Management.Automation;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>An entry out of an object of the shell: a row of a CSV file, a hashtable. What else the object has is passed over.</summary>
internal static class ShellEntry
{
    // The last is no field of an entry: with it the object is an event, which the reader then says.
    private static readonly string[] Fields = ["Source", "DetailType", "Detail", "EventBusName", "Time", "Resources", "TraceHeader", "detail-type"];

    /// <summary>The entry of an object.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is none, and why.</exception>
    public static EventEntry Read(PSObject source, string? eventBusName)
    {
        JsonObject given = ShellDocument.Object(source, "The object from the pipeline") ?? [];
        JsonObject entry = [];
        foreach (KeyValuePair<string, JsonNode?> property in given)
        {
            if (Array.Find(Fields, field => field.Equals(property.Key, StringComparison.OrdinalIgnoreCase)) is { } field && !IsNothing(property.Value))
                entry[field] = field == "Resources" && property.Value is not JsonArray ? new JsonArray(property.Value?.DeepClone()) : property.Value?.DeepClone();
        }

        if (entry.Count == 0)
            throw new OpsException(ErrorIds.InvalidEntry, $"'{source}' is no entry for PutEvents: it has none of Source, DetailType and Detail.");
        entry["Detail"] ??= new JsonObject();
        return EntryLine.Parse(Document.Write(entry), eventBusName);
    }

    // What a CSV file writes for nothing.
    private static bool IsNothing(JsonNode? value) => value is null || (value is JsonValue text && text.TryGetValue(out string? letters) && letters.Length == 0);
}
