using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Publishing;

/// <summary>One PutEvents entry as a line of JSON: <c>{"Source", "DetailType", "Detail", "EventBusName"?, "Time"?, "Resources"?, "TraceHeader"?}</c>.</summary>
public static class EntryLine
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = EntryLimits.Depth };

    /// <summary>Reads an entry.</summary>
    /// <param name="json">A JSON object; its <c>Detail</c> is an object, or a text that holds one.</param>
    /// <param name="eventBusName">The bus of an entry that names none.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is no entry, and why.</exception>
    public static EventEntry Parse(string json, string? eventBusName = null)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Reading);
            return Read(document.RootElement, eventBusName);
        }
        catch (JsonException e)
        {
            throw Invalid($"it is not JSON: it breaks at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."); // The message itself quotes the text.
        }
        catch (InvalidOperationException)
        {
            throw Invalid("a text in it is not valid Unicode.");
        }
    }

    private static EventEntry Read(JsonElement entry, string? eventBusName)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw Invalid($"it is a JSON {entry.ValueKind}, not an object.");
        string? source = null, detailType = null, detail = null, traceHeader = null;
        DateTimeOffset? time = null;
        IReadOnlyList<string> resources = [];
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Null)
                continue;
            switch (field.Name)
            {
                case "Source":
                    source = Text(field);
                    break;
                case "DetailType":
                    detailType = Text(field);
                    break;
                case "Detail":
                    detail = field.Value.ValueKind == JsonValueKind.Object ? field.Value.GetRawText() : Text(field);
                    break;
                case "EventBusName":
                    eventBusName = Text(field);
                    break;
                case "Time":
                    time = Moment(field);
                    break;
                case "Resources" when field.Value.ValueKind == JsonValueKind.Array:
                    resources = [.. field.Value.EnumerateArray().Select(resource => resource.ValueKind == JsonValueKind.String ? resource.GetString()! : throw Invalid("Resources holds something else than texts."))];
                    break;
                case "TraceHeader":
                    traceHeader = Text(field);
                    break;
                case "source" or "detail-type" or "detail":
                    throw Invalid($"it has {field.Name}, so it is an event, as rules see it. What is sent is an entry, whose fields are Source, DetailType and Detail.");
                default:
                    throw Invalid($"{field.Name} is {(field.Name == "Resources" ? "no list" : "no field of an entry; there are Source, DetailType, Detail, EventBusName, Time, Resources and TraceHeader")}.");
            }
        }

        return new EventEntry
        {
            Source = source ?? throw Missing("Source"),
            DetailType = detailType ?? throw Missing("DetailType"),
            Detail = detail ?? throw Missing("Detail"),
            EventBusName = eventBusName,
            Time = time,
            Resources = resources,
            TraceHeader = traceHeader,
        };
    }

    private static string Text(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : throw Invalid($"{field.Name} is no text{(field.Name == "Detail" ? " and no object" : "")}.");

    private static DateTimeOffset Moment(JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out double seconds) && Math.Abs(seconds) < 1e11)
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
        return field.Value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(field.Value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Invalid("Time is neither an ISO 8601 time nor seconds since 1970.");
    }

    private static OpsException Missing(string field) => Invalid($"{field} is missing.");

    private static OpsException Invalid(string why) => new(ErrorIds.InvalidEntry, $"This is no entry for PutEvents: {why}");
}
