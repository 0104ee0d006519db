using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Publishing;

/// <summary>Reads entries of PutEvents from lines of JSON: <c>{"Source", "DetailType", "Detail", "EventBusName"?, "Time"?, "Resources"?, "TraceHeader"?}</c>.</summary>
public static class EntryLine
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = EntryLimits.Depth };

    /// <summary>Reads an entry.</summary>
    /// <param name="json">A JSON object; its <c>Detail</c> is an object, or a string that contains one.</param>
    /// <param name="eventBusName">The event bus of an entry that does not name one.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is not a valid entry.</exception>
    public static EventEntry Parse(string json, string? eventBusName = null) => Parse(() => JsonDocument.Parse(json, Reading), eventBusName, null);

    /// <summary>Reads an entry of a file or of a text.</summary>
    /// <param name="utf8">A JSON object.</param>
    /// <param name="eventBusName">The event bus of an entry that does not name one.</param>
    /// <param name="origin">Where it was read, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEntry"/>: it is not a valid entry.</exception>
    internal static EventEntry Parse(ReadOnlyMemory<byte> utf8, string? eventBusName, string origin) => Parse(() => JsonDocument.Parse(utf8, Reading), eventBusName, origin);

    /// <summary>The error that something is not an entry.</summary>
    /// <param name="origin">Where it was read, for people; null if it was not read from a file or a text.</param>
    /// <param name="fault">Why not.</param>
    internal static OpsException Invalid(string? origin, Message fault) => new(ErrorIds.InvalidEntry, PublishingMessages.NotAnEntry(origin, fault));

    private static EventEntry Parse(Func<JsonDocument> parse, string? eventBusName, string? origin)
    {
        try
        {
            using JsonDocument document = parse();
            return Read(document.RootElement, eventBusName) with { Origin = origin };
        }
        catch (JsonException e)
        {
            Message fault = PublishingMessages.NotJson(e.LineNumber + 1, e.BytePositionInLine + 1);
            throw Invalid(origin, origin is null ? fault : PublishingMessages.WithForms(fault));
        }
        catch (InvalidOperationException)
        {
            throw Invalid(origin, PublishingMessages.NotUnicode());
        }
        catch (EntryFaultException e)
        {
            throw Invalid(origin, e.Fault);
        }
    }

    private static EventEntry Read(JsonElement entry, string? eventBusName)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw Invalid(PublishingMessages.NotAnObject(entry.ValueKind));
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
                    resources = [.. field.Value.EnumerateArray().Select(resource => resource.ValueKind == JsonValueKind.String ? resource.GetString()! : throw Invalid(PublishingMessages.ResourceNotAString()))];
                    break;
                case "TraceHeader":
                    traceHeader = Text(field);
                    break;
                case "source" or "detail-type" or "detail":
                    throw Invalid(PublishingMessages.EventNotEntry(field.Name));
                default:
                    throw Invalid(field.Name == "Resources" ? PublishingMessages.ResourcesNotAList() : PublishingMessages.UnknownField(field.Name));
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
        field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : throw Invalid(field.Name == "Detail" ? PublishingMessages.DetailNotAnObject() : PublishingMessages.NotAString(field.Name));

    private static DateTimeOffset Moment(JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out double seconds) && Math.Abs(seconds) < 1e11)
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
        return field.Value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(field.Value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Invalid(PublishingMessages.InvalidTime());
    }

    private static EntryFaultException Missing(string field) => Invalid(PublishingMessages.FieldMissing(field));

    private static EntryFaultException Invalid(Message fault) => new(fault);

    /// <summary>What is wrong with an entry, for whoever knows where it was read.</summary>
    private sealed class EntryFaultException(Message fault) : Exception
    {
        public Message Fault => fault;
    }
}
