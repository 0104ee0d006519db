using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads one response: a missing field is empty, and a field of an unexpected type is an error.</summary>
internal readonly struct Answer(ServiceOperation operation, Message subject, JsonObject document)
{
    public JsonObject Document { get; } = document;

    /// <summary>The documents of a list, detached from the response so that they can be added to another document.</summary>
    public IReadOnlyList<JsonObject> Documents(string field)
    {
        List<JsonObject> documents = new();
        foreach (JsonNode? item in Items(field))
            documents.Add(item as JsonObject ?? throw Wrong(ServicesMessages.NotObjects(field)));
        return documents;
    }

    /// <summary>The strings of a list.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        List<string> texts = new();
        foreach (JsonNode? item in Items(field))
            texts.Add(TextOf(item) ?? throw Wrong(ServicesMessages.NotTexts(field)));
        return texts;
    }

    /// <summary>A string; null if it is missing or null.</summary>
    public string? Text(string field) =>
        Document[field] is { } value ? TextOf(value) ?? throw Wrong(ServicesMessages.NotText(field)) : null;

    public string RequiredText(string field) => Text(field) ?? throw Wrong(ServicesMessages.FieldMissing(field));

    /// <summary>An integer; 0 if it is missing or null.</summary>
    public int Count(string field)
    {
        if (Document[field] is not { } value)
            return 0;
        return value is JsonValue number && number.TryGetValue(out int count) ? count : throw Wrong(ServicesMessages.NotInteger(field));
    }

    public bool RequiredFlag(string field) => Document[field] switch
    {
        null => throw Wrong(ServicesMessages.FieldMissing(field)),
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Wrong(ServicesMessages.NotBoolean(field)),
    };

    public ServiceCallException Wrong(Message fault) => CallFailure.Malformed(operation, subject, fault);

    private JsonNode?[] Items(string field)
    {
        if (Document[field] is not { } value)
            return [];
        if (value is not JsonArray list)
            throw Wrong(ServicesMessages.NotList(field));
        JsonNode?[] items = list.ToArray();
        list.Clear();
        return items;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
