using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.EventSchemas;

/// <summary>The detail of an event, of an entry of PutEvents, or a detail by itself.</summary>
/// <param name="Origin">Where it was read, for people.</param>
/// <param name="Source">The source; null if it is not known.</param>
/// <param name="DetailType">The detail type; null if it is not known.</param>
/// <param name="Detail">The detail.</param>
public sealed record EventDetail(string Origin, string? Source, string? DetailType, JsonElement Detail)
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = Document.MaxDepth };

    /// <summary>Reads a detail by itself.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="origin">Where it comes from, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is not a JSON object.</exception>
    public static EventDetail Parse(string json, string origin)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, s_deep);
            return document.RootElement.ValueKind is JsonValueKind.Object ? new EventDetail(origin, null, null, document.RootElement.Clone())
                : throw new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.DetailNotAnObject(origin));
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.DetailNotJson(origin, EventDocument.Reason(e, json)), e);
        }
    }

    /// <summary>Reads an event or an entry.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it has no detail, or one that is not an object.</exception>
    public static EventDetail Of(EventDocument document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Utf8, s_deep);
        JsonElement root = json.RootElement;
        foreach ((string source, string type, string detail) in ((string, string, string)[])[("source", "detail-type", "detail"), ("Source", "DetailType", "Detail")])
        {
            if (root.TryGetProperty(detail, out JsonElement inner))
                return new EventDetail(document.Origin, Text(root, source), Text(root, type), Object(inner, document.Origin));
        }

        throw new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.DetailMissing(document.Origin));
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // The detail of an entry is JSON text.
    private static JsonElement Object(JsonElement detail, string origin)
    {
        if (detail.ValueKind is JsonValueKind.Object)
            return detail.Clone();
        try
        {
            if (detail.ValueKind is JsonValueKind.String)
            {
                using JsonDocument inner = JsonDocument.Parse(detail.GetString()!, s_deep);
                if (inner.RootElement.ValueKind is JsonValueKind.Object)
                    return inner.RootElement.Clone();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.DetailMissing(origin), e);
        }

        throw new OpsException(ErrorIds.InvalidEvent, EventSchemaMessages.DetailMissing(origin));
    }
}
