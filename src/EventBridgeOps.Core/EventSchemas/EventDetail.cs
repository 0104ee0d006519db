using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.EventSchemas;

/// <summary>The detail of a document that is an event, an entry of PutEvents, or a detail by itself.</summary>
/// <param name="Source">The source; null for a detail by itself.</param>
/// <param name="DetailType">The detail type; null for a detail by itself.</param>
/// <param name="Detail">The detail.</param>
public sealed record EventDetail(string? Source, string? DetailType, JsonElement Detail)
{
    /// <summary>Reads a document.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: its detail is not an object.</exception>
    public static EventDetail Of(EventDocument document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        JsonElement root = json.RootElement;
        foreach ((string source, string type, string detail) in ((string, string, string)[])[("source", "detail-type", "detail"), ("Source", "DetailType", "Detail")])
        {
            if (root.TryGetProperty(type, out JsonElement typed) && root.TryGetProperty(detail, out JsonElement inner))
                return new EventDetail(Text(root, source), typed.ValueKind is JsonValueKind.String ? typed.GetString() : null, Object(inner, document.Origin));
        }

        return new EventDetail(null, null, root.Clone());
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
                using JsonDocument inner = JsonDocument.Parse(detail.GetString()!, new JsonDocumentOptions { MaxDepth = 1000 });
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
