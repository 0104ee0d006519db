using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>An entry from an object of the shell: a row of a CSV file, a hashtable. Other properties of the object are ignored.</summary>
internal static class ShellEntry
{
    // The last is not a field of an entry: with it, the object is an event, which the reader then reports.
    private static readonly string[] Fields = ["Source", "DetailType", "Detail", "EventBusName", "Time", "Resources", "TraceHeader", "detail-type"];

    /// <summary>The entry of an object, or its entries, if it is the input of <c>aws events put-events</c>.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is not an entry.</exception>
    public static IReadOnlyList<EventEntry> Read(PSObject source, string? eventBusName)
    {
        object? entries = source.BaseObject is IDictionary fields ? fields["Entries"] : source.Properties["Entries"]?.Value;
        return (entries is PSObject shell ? shell.BaseObject : entries) is object[] several
            ? [.. several.Select(each => ReadOne(PSObject.AsPSObject(each), eventBusName))]
            : [ReadOne(source, eventBusName)];
    }

    private static EventEntry ReadOne(PSObject source, string? eventBusName)
    {
        JsonObject given = ShellDocument.Object(source, PipelineMessages.PipedObject()) ?? [];
        JsonObject entry = [];
        foreach (KeyValuePair<string, JsonNode?> property in given)
        {
            if (Array.Find(Fields, field => field.Equals(property.Key, StringComparison.OrdinalIgnoreCase)) is { } field && !IsNothing(property.Value))
                entry[field] = field == "Resources" && property.Value is not JsonArray ? new JsonArray(property.Value?.DeepClone()) : property.Value?.DeepClone();
        }

        if (entry.Count == 0)
            throw new OpsException(ErrorIds.InvalidEntry, ShellEventMessages.NotAnEntry($"{source}"));
        entry["Detail"] ??= new JsonObject();
        return EntryLine.Parse(Document.Write(entry), eventBusName);
    }

    // An empty field of a CSV file.
    private static bool IsNothing(JsonNode? value) => value is null || (value is JsonValue text && text.TryGetValue(out string? letters) && letters.Length == 0);
}
