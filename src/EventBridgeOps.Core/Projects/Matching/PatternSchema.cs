using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Converts an event pattern into a JSON Schema (2020-12) that each event that the pattern matches follows.</summary>
/// <remarks>
/// The schema may accept more than the pattern matches, but never less, so whatever is valid under no schema of both is matched by no event. A condition holds for a
/// value or for an element of an array. Names of fields with dots in them, by which EventBridge takes <c>{"a.b": 1}</c> for <c>{"a": {"b": 1}}</c>, are not considered.
/// </remarks>
public sealed class PatternSchema
{
    private const string Or = "$or";
    private const string Exists = "exists";

    private static readonly HashSet<string> Operators = new(StringComparer.Ordinal) { Exists, "prefix", "suffix", "numeric", "anything-but", "cidr", "wildcard", "equals-ignore-case" };

    private readonly HashSet<string> _overridden;

    private PatternSchema(HashSet<string> overridden) => _overridden = overridden;

    /// <summary>The schema of an object that a pattern matches.</summary>
    /// <param name="pattern">The pattern of the object, for example that of <c>detail</c>.</param>
    public static JsonObject Of(JsonObject pattern) => new PatternSchema(Overridden(pattern)).Object(pattern, "");

    /// <summary>The schema of the detail of an event that a part of a pattern matches.</summary>
    /// <param name="detail">The pattern of the detail.</param>
    /// <param name="overridden">The paths of the whole pattern that have several conditions.</param>
    internal static JsonObject OfDetail(JsonObject detail, HashSet<string> overridden) => new PatternSchema(overridden).Object(detail, "/detail");

    /// <summary>The paths that have conditions beside <c>$or</c> and in it, or in several. Only the last one of a combination counts for EventBridge.</summary>
    internal static HashSet<string> Overridden(JsonObject pattern)
    {
        HashSet<string> overridden = new(StringComparer.Ordinal);
        Paths(pattern, "", overridden);
        return overridden;
    }

    private static HashSet<string> Paths(JsonObject pattern, string path, HashSet<string> overridden)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> field in pattern)
        {
            string below = $"{path}/{field.Key}";
            IEnumerable<string> found = field.Key == Or && IsOr(field.Value) ? field.Value!.AsArray().SelectMany(alternative => Paths(alternative!.AsObject(), path, overridden)).Distinct(StringComparer.Ordinal)
                : field.Value is JsonObject nested ? Paths(nested, below, overridden) : [below];
            overridden.UnionWith(found.Where(each => !all.Add(each)).ToArray());
        }

        return all;
    }

    private JsonObject Object(JsonObject pattern, string path)
    {
        JsonArray conditions = [];
        foreach (KeyValuePair<string, JsonNode?> field in pattern)
        {
            string below = $"{path}/{field.Key}";
            JsonObject? condition = field.Key == Or && IsOr(field.Value) ? AnyOf(field.Value!.AsArray().Select(alternative => Object(alternative!.AsObject(), path)))
                : field.Value switch
                {
                    JsonArray alternatives when !_overridden.Contains(below) => Leaf(field.Key, alternatives),
                    JsonObject nested => Nested(field.Key, nested, below),
                    _ => null,
                };
            if (condition is not null)
                conditions.Add(condition);
        }

        JsonObject made = new() { ["type"] = "object" };
        if (conditions.Count > 0)
            made["allOf"] = conditions;
        return made;
    }

    /// <summary>A schema that accepts what one of several schemas accepts.</summary>
    /// <param name="schemas">The schemas.</param>
    public static JsonObject AnyOf(IEnumerable<JsonObject> schemas)
    {
        JsonArray each = [.. schemas];
        if (each.Count != 1)
            return new JsonObject { ["anyOf"] = each };
        JsonNode only = each[0]!;
        each.Clear();
        return only.AsObject();
    }

    /// <summary>Whether the value of <c>$or</c> is a list of patterns, and not the condition of a field of this name.</summary>
    internal static bool IsOr(JsonNode? value) => value is JsonArray { Count: > 1 } alternatives && alternatives.All(alternative => alternative is JsonObject fields && !fields.Any(field => Operators.Contains(field.Key)));

    private static JsonObject? Leaf(string name, JsonArray alternatives)
    {
        List<JsonObject> present = [];
        List<JsonNode?> values = [];
        bool canBeAbsent = false;
        foreach (JsonNode? alternative in alternatives)
        {
            if (Document.Text(alternative) is { } text && OperatorSchema.Address(text) is { } address)
                present.Add(address);
            else if (alternative is not JsonObject condition)
                values.Add(alternative?.DeepClone());
            else if (condition[Exists] is JsonValue flag && flag.TryGetValue(out bool exists) && !exists)
                canBeAbsent = true;
            else if (OperatorSchema.Of(condition) is { } schema)
                present.Add(schema);
            else
                return null;
        }

        if (values.Count > 0)
            present.Insert(0, values.Count == 1 && values[0] is not null ? new JsonObject { ["const"] = values[0] } : new JsonObject { ["enum"] = new JsonArray([.. values]) });
        if (!canBeAbsent)
            return present.Count == 0 ? null : Required(name, InArrays(AnyOf(present)));
        // What holds no value of its own does not exist for EventBridge: an object, or an array of nothing.
        JsonObject absent = Optional(name, Types("object", "array"));
        return present.Count == 0 ? absent : AnyOf([absent, Required(name, InArrays(AnyOf(present)))]);
    }

    private JsonObject Nested(string name, JsonObject pattern, string path) => CanBeAbsent(pattern, path)
        ? Optional(name, AnyOf([Types("string", "number", "boolean", "null", "array"), Object(pattern, path)]))
        : Required(name, InArrays(Object(pattern, path)));

    private bool CanBeAbsent(JsonObject pattern, string path) => pattern.All(field => field.Value switch
    {
        JsonArray alternatives when field.Key == Or && IsOr(alternatives) => alternatives.Any(alternative => CanBeAbsent(alternative!.AsObject(), path)),
        JsonArray alternatives => _overridden.Contains($"{path}/{field.Key}") || alternatives.Any(alternative => alternative is JsonObject condition && condition[Exists] is JsonValue flag && flag.TryGetValue(out bool exists) && !exists),
        JsonObject nested => CanBeAbsent(nested, $"{path}/{field.Key}"),
        _ => true,
    });

    // Arrays in arrays are passed through as well; what they hold is left open.
    private static JsonObject InArrays(JsonObject schema) => AnyOf(
    [
        schema,
        new JsonObject { ["type"] = "array", ["contains"] = AnyOf([schema.DeepClone().AsObject(), Types("array")]) },
    ]);

    private static JsonObject Required(string name, JsonObject schema)
    {
        JsonObject made = Optional(name, schema);
        made["required"] = new JsonArray(name);
        return made;
    }

    private static JsonObject Optional(string name, JsonObject schema) => new() { ["properties"] = new JsonObject { [name] = schema } };

    internal static JsonObject Types(params string[] types) =>
        new() { ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(type => (JsonNode)type)]) };
}
