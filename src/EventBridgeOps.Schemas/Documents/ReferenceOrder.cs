using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Puts <c>$ref</c> of draft-07 before all that is beside it.</summary>
/// <remarks>
/// In draft-07, what is beside a <c>$ref</c> has no effect (https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.8.3). The library ignores
/// only what follows it.
/// </remarks>
internal static class ReferenceOrder
{
    /// <summary>The schema with the references first, if it is one of draft-07.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="dialect">Its dialect, if it does not say it.</param>
    public static JsonElement First(JsonElement schema, SchemaDialect dialect) => SchemaDialects.Of(schema, dialect) is SchemaDialect.Draft07 && IsLate(schema) ? Document.Element(First(SchemaDialects.Read(schema.GetRawText()))) : schema;

    private static bool IsLate(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Skip(1).Any(member => member.Name == "$ref") || json.EnumerateObject().Any(member => IsLate(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(IsLate),
        _ => false,
    };

    private static JsonNode? First(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderByDescending(field => field.Key == "$ref").Select(field => new KeyValuePair<string, JsonNode?>(field.Key, First(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(First)]),
        _ => node?.DeepClone(),
    };
}
