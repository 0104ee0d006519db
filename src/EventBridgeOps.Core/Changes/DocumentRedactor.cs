using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Changes;

/// <summary>Takes what looks like a secret out of a document: constant inputs and header parameters may hold some.</summary>
internal static class DocumentRedactor
{
    public static JsonObject Redact(JsonObject document) => (JsonObject)Redact("", document)!;

    private static JsonNode? Redact(string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                JsonObject copy = [];
                foreach (KeyValuePair<string, JsonNode?> field in fields)
                    copy[field.Key] = Redact(field.Key, field.Value);
                return copy;
            case JsonArray elements:
                return new JsonArray([.. elements.Select(element => Redact(name, element))]);
            case { } value when value.GetValueKind() is JsonValueKind.String:
                string text = value.GetValue<string>();
                string redacted = SecretRedactor.NamesSecret(name) ? SecretRedactor.Mark : SecretRedactor.Redact(text);
                return redacted == text ? value.DeepClone() : JsonValue.Create(redacted);
            default:
                return node?.DeepClone();
        }
    }
}
