using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>A JSON document as DynamoDB's attributes, and back.</summary>
internal static class DynamoItem
{
    public static Dictionary<string, AttributeValue> Write(JsonObject document) =>
        document.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => Write(field.Value!), StringComparer.Ordinal);

    public static JsonObject Read(Dictionary<string, AttributeValue> item)
    {
        JsonObject document = new();
        foreach (KeyValuePair<string, AttributeValue> attribute in item)
            document[attribute.Key] = Read(attribute.Value);
        return document;
    }

    private static AttributeValue Write(JsonNode node) => node switch
    {
        JsonObject fields => new AttributeValue { M = Write(fields) },
        JsonArray elements => new AttributeValue { L = [.. elements.OfType<JsonNode>().Select(Write)], IsLSet = true },
        _ => node.GetValueKind() switch
        {
            JsonValueKind.Number => new AttributeValue { N = node.ToString() },
            JsonValueKind.True => new AttributeValue { BOOL = true },
            JsonValueKind.False => new AttributeValue { BOOL = false },
            _ => new AttributeValue(node.GetValue<string>()),
        },
    };

    // Whoever added attributes of other kinds by hand keeps them; here they say nothing.
    private static JsonNode? Read(AttributeValue value) => value switch
    {
        { S: { } text } => JsonValue.Create(text),
        { N: { } number } => int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? JsonValue.Create(whole) : null,
        { BOOL: { } flag } => JsonValue.Create(flag),
        { IsMSet: true } => Read(value.M),
        { IsLSet: true } => new JsonArray([.. value.L.Select(Read)]),
        _ => null,
    };
}
