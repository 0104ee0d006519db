using System.Text.Json;
using Json.Schema;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The keywords about numbers, lengths and equality, exactly: numbers of any size, and lengths in Unicode code points.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-validation#section-6.</remarks>
internal static class ExactKeywords
{
    /// <summary>The handlers.</summary>
    public static IReadOnlyList<IKeywordHandler> Handlers { get; } =
    [
        Limit("maximum", JsonValueKind.Number, JsonNumber.Of, order => order <= 0),
        Limit("minimum", JsonValueKind.Number, JsonNumber.Of, order => order >= 0),
        Limit("exclusiveMaximum", JsonValueKind.Number, JsonNumber.Of, order => order < 0),
        Limit("exclusiveMinimum", JsonValueKind.Number, JsonNumber.Of, order => order > 0),
        Limit("maxLength", JsonValueKind.String, Length, order => order <= 0),
        Limit("minLength", JsonValueKind.String, Length, order => order >= 0),
        Limit("maxItems", JsonValueKind.Array, Items, order => order <= 0),
        Limit("minItems", JsonValueKind.Array, Items, order => order >= 0),
        Limit("maxProperties", JsonValueKind.Object, Properties, order => order <= 0),
        Limit("minProperties", JsonValueKind.Object, Properties, order => order >= 0),
        new Rule("multipleOf", value => JsonNumber.Of(value), (value, instance) => instance.ValueKind is not JsonValueKind.Number || JsonNumber.Of(instance).IsMultipleOf((JsonNumber)value!)),
        new Rule("const", JsonIdentity.Of, (value, instance) => JsonIdentity.Of(instance) == (string)value!),
        new Rule("enum", value => new HashSet<string>(value.EnumerateArray().Select(JsonIdentity.Of), StringComparer.Ordinal), (value, instance) => ((HashSet<string>)value!).Contains(JsonIdentity.Of(instance))),
        new Rule("uniqueItems", value => value.ValueKind is JsonValueKind.True, (value, instance) => value is false || instance.ValueKind is not JsonValueKind.Array || AreUnique(instance)),
        new Rule("type", value => (HashSet<string>)(value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(name => name.GetString()!)] : [value.GetString()!]), (value, instance) => IsOf((HashSet<string>)value!, instance)),
    ];

    /// <summary>The length of a string in Unicode code points.</summary>
    public static int CodePoints(string text)
    {
        int count = text.Length;
        for (int at = 1; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text[at - 1], text[at]))
                count--;
        }

        return count;
    }

    private static Rule Limit(string name, JsonValueKind kind, Func<JsonElement, JsonNumber> measure, Func<int, bool> isWithin) =>
        new(name, value => JsonNumber.Of(value), (limit, instance) => instance.ValueKind != kind || isWithin(measure(instance).CompareTo((JsonNumber)limit!)));

    private static JsonNumber Length(JsonElement text) => JsonNumber.Of(CodePoints(text.GetString()!));

    private static JsonNumber Items(JsonElement array) => JsonNumber.Of(array.GetArrayLength());

    private static JsonNumber Properties(JsonElement fields) => JsonNumber.Of(fields.EnumerateObject().Count());

    private static bool AreUnique(JsonElement array)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return array.EnumerateArray().All(item => seen.Add(JsonIdentity.Of(item)));
    }

    private static bool IsOf(HashSet<string> types, JsonElement instance) => instance.ValueKind switch
    {
        JsonValueKind.Object => types.Contains("object"),
        JsonValueKind.Array => types.Contains("array"),
        JsonValueKind.String => types.Contains("string"),
        JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && JsonNumber.Of(instance).IsInteger),
        JsonValueKind.Null => types.Contains("null"),
        _ => types.Contains("boolean"),
    };

    /// <summary>A keyword that decides by its value and the instance alone.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="read">Reads its value. What is not valid was refused by the schema of schemas.</param>
    /// <param name="isValid">Decides.</param>
    private sealed class Rule(string name, Func<JsonElement, object> read, Func<object?, JsonElement, bool> isValid) : IKeywordHandler
    {
        public string Name => name;

        public object? ValidateKeywordValue(JsonElement value)
        {
            try
            {
                return read(value);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException)
            {
                throw new JsonSchemaException($"'{name}' has a value of a wrong type.");
            }
        }

        public void BuildSubschemas(KeywordData keyword, BuildContext context)
        {
        }

        public KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
        {
            bool holds = isValid(keyword.Value, context.Instance);
            return new KeywordEvaluation { Keyword = name, IsValid = holds, Error = holds ? null : name };
        }
    }
}
