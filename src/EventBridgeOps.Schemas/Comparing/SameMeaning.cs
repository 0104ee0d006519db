using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Whether two schemas say the same in the same words: equal but for annotations and for the order of names, and so are those to which they refer.</summary>
internal static class SameMeaning
{
    // What refers to more than this is taken for different.
    private const int MostOpen = 500;

    public static bool Of(SchemaNode a, SchemaNode b)
    {
        if (a == b)
            return true;
        HashSet<(SchemaNode Left, SchemaNode Right)> open = [];
        bool isSame = Of(a, b, open, 0);
        // What was taken to be the same on the way is the same, if all is.
        foreach ((SchemaNode Left, SchemaNode Right) pair in isSame ? open : [])
            pair.Left.Source.Same[pair] = true;
        return isSame;
    }

    private enum Reading
    {
        Schema,
        SchemasByName,
        Data,
    }

    private static bool Of(SchemaNode a, SchemaNode b, HashSet<(SchemaNode Left, SchemaNode Right)> open, int depth)
    {
        if (!DialectKeywords.AreAlike(a.Dialect, b.Dialect) || depth > MostOpen)
            return false;
        if (a.Source.Same.TryGetValue((a, b), out bool known))
            return known;
        if (!open.Add((a, b)) || Same(a.Json, b.Json, Reading.Schema, (x, y) => SameReference(a, x, b, y, open, depth), isTop: true))
            return true;
        return a.Source.Same[(a, b)] = false;
    }

    private static bool Same(JsonElement a, JsonElement b, Reading reading, Func<string?, string?, bool> isSameReference, bool isTop = false)
    {
        if (a.ValueKind != b.ValueKind)
            return false;
        switch (a.ValueKind)
        {
            case JsonValueKind.Object:
                // What names itself has references of its own.
                if (reading is Reading.Schema && !isTop && (a.TryGetProperty("$id", out _) || b.TryGetProperty("$id", out _)))
                    return false;
                List<JsonProperty> left = Asserting(a, reading);
                return left.Count == Asserting(b, reading).Count && left.All(field => b.TryGetProperty(field.Name, out JsonElement other) && (reading, field.Name) switch
                {
                    (Reading.Schema, "$dynamicRef" or "$recursiveRef") => false,
                    (Reading.Schema, "$ref") => isSameReference(field.Value.GetString(), other.GetString()),
                    _ => Same(field.Value, other, Of(reading, field.Name), isSameReference),
                });
            case JsonValueKind.Array:
                return a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray(), (x, y) => Same(x, y, reading, isSameReference)).All(same => same);
            case JsonValueKind.Number:
                return JsonNumber.Of(a).Equals(JsonNumber.Of(b));
            case JsonValueKind.String:
                return a.GetString() == b.GetString();
            default:
                return true;
        }
    }

    private static Reading Of(Reading reading, string name) => reading switch
    {
        Reading.SchemasByName => Reading.Schema,
        Reading.Schema when name is "properties" or "patternProperties" or "dependentSchemas" or "dependencies" => Reading.SchemasByName,
        Reading.Schema when name is "allOf" or "anyOf" or "oneOf" or "not" or "if" or "then" or "else" or "items" or "prefixItems" or "additionalItems" or "unevaluatedItems" or "contains"
            or "additionalProperties" or "unevaluatedProperties" or "propertyNames" => Reading.Schema,
        _ => Reading.Data,
    };

    private static List<JsonProperty> Asserting(JsonElement json, Reading reading) => [.. json.EnumerateObject().Where(field => reading is not Reading.Schema || !DialectKeywords.IsAnnotation(field.Name))];

    private static bool SameReference(SchemaNode a, string? x, SchemaNode b, string? y, HashSet<(SchemaNode Left, SchemaNode Right)> open, int depth) =>
        x is not null && y is not null && a.Source.Resolve(a, x) is { } left && b.Source.Resolve(b, y) is { } right && Of(left, right, open, depth + 1);
}
