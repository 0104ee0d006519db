using System.Text.Json.Nodes;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Makes JSON Schema 2020-12 of an OpenAPI document, place by place: <c>components/schemas</c> becomes <c>$defs</c>, and nothing else moves.</summary>
/// <remarks>
/// OpenAPI 3.0 has its own words for what JSON Schema says otherwise: <c>nullable</c>, and boolean <c>exclusiveMinimum</c> and <c>exclusiveMaximum</c>
/// (https://spec.openapis.org/oas/v3.0.3#schema-object, https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0).
/// </remarks>
internal static class OpenApiSchema
{
    public const string From = "#/components/schemas/";
    public const string To = "#/$defs/";

    /// <summary>A place as it is in the OpenAPI document.</summary>
    /// <param name="pointer">The place in the schema that was made of it.</param>
    public static string Shown(string pointer) => pointer.StartsWith("/$defs/", StringComparison.Ordinal) ? "/components/schemas/" + pointer.Substring("/$defs/".Length) : pointer;

    /// <summary>The schema that holds the others, and refers to the one at <paramref name="reference"/>.</summary>
    public static JsonObject Convert(JsonObject document, string reference, bool is30)
    {
        JsonObject schemas = (JsonObject)document["components"]!["schemas"]!.DeepClone();
        Walk(schemas, is30, isMap: true);
        return new JsonObject { ["$ref"] = reference, ["$defs"] = schemas };
    }

    private static void Walk(JsonNode? node, bool is30, bool isMap)
    {
        if (node is JsonArray elements)
        {
            foreach (JsonNode? element in elements)
                Walk(element, is30, isMap: false);
        }

        if (node is not JsonObject schema)
            return;
        if (!isMap)
        {
            if (schema["$ref"] is JsonValue value && value.TryGetValue(out string? reference) && reference.StartsWith(From, StringComparison.Ordinal))
                schema["$ref"] = To + reference.Substring(From.Length);
            if (is30)
                Convert30(schema);
        }

        foreach (KeyValuePair<string, JsonNode?> field in schema.ToList())
        {
            // What is data, and not a schema, stays as it is.
            if (isMap || field.Key is not ("enum" or "const" or "default" or "example" or "examples" or "discriminator"))
                Walk(field.Value, is30, isMap: !isMap && field.Key is "properties" or "patternProperties" or "$defs" or "dependentSchemas");
        }
    }

    private static void Convert30(JsonObject schema)
    {
        foreach ((string flag, string limit) in ((string, string)[])[("exclusiveMaximum", "maximum"), ("exclusiveMinimum", "minimum")])
        {
            if (schema[flag] is not JsonValue value || !value.TryGetValue(out bool isExclusive))
                continue;
            schema.Remove(flag);
            if (isExclusive && schema[limit] is { } bound)
            {
                schema.Remove(limit);
                schema[flag] = bound;
            }
        }

        if (schema["nullable"] is not JsonValue nullable || !nullable.TryGetValue(out bool isNullable) || !isNullable)
            return;
        schema.Remove("nullable");
        if (schema["type"] is JsonValue type)
        {
            schema.Remove("type");
            schema["type"] = new JsonArray(type, "null");
        }

        // An enum that does not list null refuses it all the same, as in https://github.com/OAI/OpenAPI-Specification/blob/main/proposals/2019-10-31-Clarify-Nullable.md.
    }
}
