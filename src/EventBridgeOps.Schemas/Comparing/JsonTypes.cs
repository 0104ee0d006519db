using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>The types of JSON values; numbers with and without a fraction apart, since <c>integer</c> is a type of JSON Schema.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Number = Integer | Fraction,
    All = 127,
}

internal static class JsonTypeNames
{
    public static readonly (string Name, JsonTypes Type)[] All =
    [
        ("null", JsonTypes.Null), ("boolean", JsonTypes.Boolean), ("integer", JsonTypes.Integer), ("number", JsonTypes.Number),
        ("string", JsonTypes.String), ("array", JsonTypes.Array), ("object", JsonTypes.Object),
    ];

    public static JsonTypes Of(string name) => All.FirstOrDefault(type => type.Name == name).Type;

    public static JsonTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Number => JsonNumber.Of(value).IsInteger ? JsonTypes.Number : JsonTypes.Fraction,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };

    /// <summary>The types of a node's <c>type</c>; all if it has none.</summary>
    public static JsonTypes Of(SchemaNode node) => node["type"] is null ? JsonTypes.All : node.Texts("type").Aggregate(JsonTypes.None, (types, name) => types | Of(name));
}
