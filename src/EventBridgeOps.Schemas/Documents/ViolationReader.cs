using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using Json.Schema;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Says what an evaluation found as a person would: each violation once, and of alternatives the closest one.</summary>
internal sealed class ViolationReader
{
    private const int LongestValue = 80;
    private const int MostListed = 30;
    private const string Names = "/propertyNames/";

    // Without a fraction, and with up to 7 digits of it.
    private static readonly string[] s_local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private readonly EventSchema? _schema;
    private readonly JsonElement _instance;
    private readonly List<SchemaViolation> _found = [];

    private readonly string _whole;

    private ViolationReader(EventSchema? schema, JsonElement instance, string whole) => (_schema, _instance, _whole) = (schema, instance, whole);

    /// <summary>Reads an evaluation that failed.</summary>
    /// <param name="results">The evaluation, as a hierarchy.</param>
    /// <param name="schema">The schema; null for a schema of schemas.</param>
    /// <param name="instance">What was evaluated.</param>
    /// <param name="whole">What it is called, at the start of a sentence.</param>
    public static IReadOnlyList<SchemaViolation> Read(EvaluationResults results, EventSchema? schema, JsonElement instance, string whole)
    {
        ViolationReader reader = new(schema, instance, whole);
        reader.Walk(results);
        if (reader._found.Count == 0)
            reader.Add(results, "not", null);
        return [.. reader._found.GroupBy(violation => (violation.Pointer, violation.Keyword, violation.Reason.ToString())).Select(same => same.First())];
    }

    private void Walk(EvaluationResults node)
    {
        if (node.IsValid)
            return;
        foreach (KeyValuePair<string, string> error in node.Errors ?? [])
            Add(node, error.Key, error.Value);
        foreach (IGrouping<string, EvaluationResults> children in (node.Details ?? []).GroupBy(child => Keyword(node, child)))
        {
            List<EvaluationResults> failed = [.. children.Where(child => !child.IsValid)];
            if (children.Key is "anyOf" or "oneOf")
            {
                // Those that are valid are at the same place: of an anyOf, one is enough.
                if (failed.Count == children.Count())
                    AddClosest(node, children.Key, failed);
                else if (children.Key == "oneOf" && children.Count(child => child.IsValid) > 1)
                    Say(node, children.Key, SchemaMessages.NotExactlyOne(Place(node), children.Count()));
            }
            else if (children.Key is not ("not" or "if" or "contains"))
            {
                failed.ForEach(Walk);
            }
        }
    }

    private void AddClosest(EvaluationResults node, string keyword, List<EvaluationResults> failed)
    {
        List<IReadOnlyList<SchemaViolation>> each = [.. failed.Select(child =>
        {
            ViolationReader reader = new(_schema, _instance, _whole);
            reader.Walk(child);
            return (IReadOnlyList<SchemaViolation>)reader._found;
        }).Where(found => found.Count > 0)];
        if (each.Count == 0)
            return;
        // The alternative that was meant fails deepest in the event, and for the fewest reasons.
        IReadOnlyList<SchemaViolation> closest = each.OrderByDescending(found => found.Max(violation => violation.Pointer.Count(c => c == '/'))).ThenBy(found => found.Count).First();
        Say(node, keyword, failed.Count == 1 ? closest[0].Reason : SchemaMessages.NoAlternative(Place(node), keyword, failed.Count, closest[0].Reason));
    }

    // The keyword is what the path to the child has after the path to the node.
    private static string Keyword(EvaluationResults node, EvaluationResults child)
    {
        string rest = child.EvaluationPath.ToString().Substring(node.EvaluationPath.ToString().Length).TrimStart('/');
        return rest.Split('/')[0];
    }

    private void Add(EvaluationResults node, string keyword, string? said)
    {
        string pointer = node.InstanceLocation.ToString();
        string place = Place(node);
        JsonElement? value = JsonPointers.Find(_instance, pointer);
        if (pointer.Length > 0 && Fragment(node).Contains("/propertyNames"))
        {
            value = Document.Element(JsonValue.Create(JsonPointers.Last(pointer))!);
            place = string.Format(CultureInfo.InvariantCulture, "The name {0}", pointer);
        }

        JsonElement? rule = Rule(node, keyword);
        string shown = value is { } instance ? Short(instance) : "";
        if (keyword == "required" && rule is { ValueKind: JsonValueKind.Array } required && value is { ValueKind: JsonValueKind.Object } fields)
        {
            foreach (JsonElement name in required.EnumerateArray().Where(name => !fields.TryGetProperty(name.GetString()!, out _)))
                Say(node, keyword, SchemaMessages.Missing(place, name.GetString()!));
            return;
        }

        Say(node, keyword.Length == 0 ? "false" : keyword, (keyword, rule) switch
        {
            ("" or "false", _) => SchemaMessages.NotAllowed(place),
            ("type", { } type) => SchemaMessages.WrongType(place, Kind(value), Kinds(type)),
            ("enum", { } allowed) => SchemaMessages.NotOneOf(place, shown, Listed(allowed)),
            ("const", { } constant) => SchemaMessages.NotTheConstant(place, shown, Short(constant)),
            ("format", { } format) when format.ToString() == "date-time" && value is { ValueKind: JsonValueKind.String } time && LacksZone(time.GetString()!) => SchemaMessages.NoTimeZone(place, shown),
            ("format", { } format) => SchemaMessages.BadFormat(place, shown, format.ToString()),
            ("pattern", { } pattern) => SchemaMessages.NoPatternMatch(place, shown, pattern.ToString()),
            ("minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf", { } limit) => SchemaMessages.BreaksLimit(place, shown, keyword, limit.ToString()),
            (_, { } other) when other.ValueKind is JsonValueKind.Number or JsonValueKind.True => SchemaMessages.Breaks(place, keyword, other.ToString()),
            _ => SchemaMessages.Breaks(place, keyword, said ?? "the value is excluded"),
        });
    }

    private void Say(EvaluationResults node, string keyword, Message reason) =>
        _found.Add(new SchemaViolation(node.InstanceLocation.ToString(), Shown(node, keyword), keyword, reason));

    private JsonElement? Rule(EvaluationResults node, string keyword)
    {
        if (_schema is not null)
            return Place(node, keyword) is { } place ? JsonPointers.Find(_schema.Documents[place.Document], place.Pointer) : null;
        // What a schema of schemas demands is read from that schema.
        string document = node.SchemaLocation.GetLeftPart(UriPartial.Path);
        JsonSchema? meta = SchemaRegistry.Global.Get(new Uri(document)) as JsonSchema ?? SchemaRegistry.Global.Get(new Uri(document + "#")) as JsonSchema;
        return meta is null ? null : JsonPointers.Find(meta.Root.Source, JsonPointers.Add(Fragment(node), keyword));
    }

    // The place of a rule in the files: what a schema calls itself is not where it is.
    private (Uri Document, string Pointer)? Place(EvaluationResults node, string keyword)
    {
        if (_schema!.Names.Resolve(_schema.Uri, "", node.SchemaLocation.GetLeftPart(UriPartial.Query)) is not { } resource)
            return null;
        string pointer = JsonPointers.Add(resource.Pointer + Fragment(node), keyword);
        int names = pointer.IndexOf(Names, StringComparison.Ordinal);
        // Behind propertyNames, the library puts the name of the object whose names they are.
        if (names >= 0 && JsonPointers.Find(_schema.Documents[resource.Document], pointer) is null && pointer.IndexOf('/', names + Names.Length) is > 0 and int end)
            pointer = pointer.Substring(0, names + Names.Length - 1) + pointer.Substring(end);
        return (resource.Document, pointer);
    }

    private string Shown(EvaluationResults node, string keyword)
    {
        if (_schema is null || Place(node, keyword) is not { } place)
            return JsonPointers.Add(Fragment(node), keyword);
        return place.Document != _schema.Uri ? Uri.UnescapeDataString(place.Document.Segments.Last()) + "#" + place.Pointer
            : _schema.IsOpenApi ? OpenApiSchema.Shown(place.Pointer) : place.Pointer;
    }

    private static string Fragment(EvaluationResults node) => Uri.UnescapeDataString(node.SchemaLocation.Fragment.TrimStart('#'));

    private string Place(EvaluationResults node) => node.InstanceLocation.ToString() is { Length: > 0 } pointer ? pointer : _whole;

    private static bool LacksZone(string text) => DateTime.TryParseExact(text.Replace('t', 'T'), s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // What is cut is said to be cut.
    private static string Listed(JsonElement allowed)
    {
        int count = allowed.GetArrayLength();
        string listed = string.Join(", ", allowed.EnumerateArray().Take(MostListed).Select(Short));
        return count <= MostListed ? listed : string.Format(CultureInfo.InvariantCulture, "{0} and {1} more", listed, count - MostListed);
    }

    private static string Kind(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "the number " + Short(value.Value),
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private static string Kinds(JsonElement type) => type.ValueKind is JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(Kinds)) : type.ToString() switch
    {
        "object" => "an object",
        "array" => "an array",
        "integer" => "an integer",
        "null" => "null",
        { } other => "a " + other,
    };

    private static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= LongestValue ? text : text.Substring(0, LongestValue) + "...";
    }
}
