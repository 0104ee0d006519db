using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>One answer, and the reading of it: what is missing is empty, what is of another kind than promised is an error.</summary>
internal readonly struct Answer(ServiceOperation operation, string subject, JsonObject document)
{
    public JsonObject Document { get; } = document;

    /// <summary>The documents of a list, taken out of the answer so that they can be put elsewhere.</summary>
    public IReadOnlyList<JsonObject> Documents(string field)
    {
        List<JsonObject> documents = new();
        foreach (JsonNode? item in Items(field))
            documents.Add(item as JsonObject ?? throw Wrong(field, "holds something else than objects"));
        return documents;
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        List<string> texts = new();
        foreach (JsonNode? item in Items(field))
            texts.Add(TextOf(item) ?? throw Wrong(field, "holds something else than text"));
        return texts;
    }

    /// <summary>A text; null when it is missing or null.</summary>
    public string? Text(string field) =>
        Document[field] is { } value ? TextOf(value) ?? throw Wrong(field, "is no text") : null;

    public string RequiredText(string field) => Text(field) ?? throw Wrong(field, "is missing");

    /// <summary>A whole number; 0 when it is missing or null.</summary>
    public int Count(string field)
    {
        if (Document[field] is not { } value)
            return 0;
        return value is JsonValue number && number.TryGetValue(out int count) ? count : throw Wrong(field, "is no whole number");
    }

    public bool RequiredFlag(string field) => Document[field] switch
    {
        null => throw Wrong(field, "is missing"),
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Wrong(field, "is neither true nor false"),
    };

    public ServiceCallException Wrong(string field, string why) => CallFailure.Malformed(operation, subject, $"its field {field} {why}");

    private JsonNode?[] Items(string field)
    {
        if (Document[field] is not { } value)
            return [];
        if (value is not JsonArray list)
            throw Wrong(field, "is no list");
        JsonNode?[] items = list.ToArray();
        list.Clear();
        return items;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
