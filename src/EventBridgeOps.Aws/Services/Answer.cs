using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Reads one response: a list that is missing, and a field of an unexpected type, is an error.</summary>
internal readonly struct Answer(ServiceOperation operation, Message subject, JsonObject document)
{
    public JsonObject Document { get; } = document;

    /// <summary>Whether a page has no item in any of its lists.</summary>
    public bool IsEmpty => Document.All(member => member.Value is not JsonArray list || list.Count == 0);

    /// <summary>The documents of a list, detached from the response so that they can be added to another document.</summary>
    /// <param name="field">The list.</param>
    /// <param name="names">The strings that each of them must have.</param>
    public IReadOnlyList<JsonObject> Documents(string field, params string[] names)
    {
        List<JsonObject> documents = new();
        foreach (JsonNode? item in Items(field))
        {
            JsonObject document = item as JsonObject ?? throw Wrong(ServicesMessages.NotObjects(field));
            if (Array.Find(names, name => string.IsNullOrEmpty(TextOf(document[name]))) is { } missing)
                throw Wrong(ServicesMessages.ItemWithout(field, missing));
            documents.Add(document);
        }

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

    public int RequiredCount(string field)
    {
        if (Document[field] is not { } value)
            throw Wrong(ServicesMessages.FieldMissing(field));
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
            throw Wrong(ServicesMessages.FieldMissing(field));
        if (value is not JsonArray list)
            throw Wrong(ServicesMessages.NotList(field));
        JsonNode?[] items = list.ToArray();
        list.Clear();
        return items;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
