using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>A keyword that JSON Schema does not define, near one that it defines.</summary>
/// <param name="Pointer">Its place in the schema, as a JSON pointer (RFC 6901).</param>
/// <param name="Keyword">The keyword.</param>
/// <param name="Meant">The one that may be meant.</param>
public sealed record UnknownKeyword(string Pointer, string Keyword, string Meant);

/// <summary>The keywords of a schema. JSON Schema ignores those that it does not know, and so a keyword that is misspelled has no effect.</summary>
public static class SchemaKeywords
{
    private const int MostMistakes = 2;
    private const int ShortName = 4;

    private static readonly HashSet<string> s_maps = new(StringComparer.Ordinal) { "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies" };

    private static readonly HashSet<string> s_schemas = new(StringComparer.Ordinal)
    {
        "items", "prefixItems", "additionalItems", "contains", "unevaluatedItems", "additionalProperties", "unevaluatedProperties", "propertyNames", "contentSchema", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
    };

    /// <summary>Whether a schema has a keyword of JSON Schema, so that it says something.</summary>
    /// <param name="schema">The schema.</param>
    public static bool HasAny(EventSchema schema) =>
        schema.Root.ValueKind is not JsonValueKind.Object || schema.Root.EnumerateObject().Any(field => DialectKeywords.Decides.Contains(field.Name) || field.Name is "$schema" or "$id" or "$defs" or "definitions" or "$dynamicRef" or "$recursiveRef");

    /// <summary>The keywords that may be misspelled.</summary>
    /// <param name="schema">The schema.</param>
    public static IEnumerable<UnknownKeyword> Misspelled(EventSchema schema) => Walk(schema.Root, "", schema.IsOpenApi);

    private static IEnumerable<UnknownKeyword> Walk(JsonElement schema, string pointer, bool isOpenApi)
    {
        if (schema.ValueKind is JsonValueKind.Array)
        {
            foreach (UnknownKeyword found in schema.EnumerateArray().SelectMany((element, index) => Walk(element, JsonPointers.Add(pointer, index), isOpenApi)))
                yield return found;
        }

        if (schema.ValueKind is not JsonValueKind.Object)
            yield break;
        foreach (JsonProperty field in schema.EnumerateObject())
        {
            string at = JsonPointers.Add(pointer, field.Name);
            IEnumerable<UnknownKeyword> below = s_schemas.Contains(field.Name) ? Walk(field.Value, at, isOpenApi)
                : s_maps.Contains(field.Name) && field.Value.ValueKind is JsonValueKind.Object ? field.Value.EnumerateObject().SelectMany(each => Walk(each.Value, JsonPointers.Add(at, each.Name), isOpenApi))
                : Meant(field.Name) is { } meant ? [new UnknownKeyword(isOpenApi ? OpenApiSchema.Shown(at) : at, field.Name, meant)] : [];
            foreach (UnknownKeyword found in below)
                yield return found;
        }
    }

    // Of short names, many words are near.
    private static string? Meant(string keyword) => DialectKeywords.Decides.Contains(keyword) || DialectKeywords.IsAnnotation(keyword) || keyword.StartsWith("$", StringComparison.Ordinal) ? null
        : Spelling.Nearest(keyword, DialectKeywords.Decides, (name, mistakes) => name.Length > ShortName ? mistakes <= MostMistakes : mistakes <= 1 && keyword.Length <= name.Length);
}
