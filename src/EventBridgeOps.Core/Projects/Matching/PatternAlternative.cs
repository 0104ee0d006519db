using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Projects.Matching;

/// <summary>A combination of the alternatives that <c>$or</c> has at the top of a pattern: fields that must all match.</summary>
internal sealed class PatternAlternative(IReadOnlyList<KeyValuePair<string, JsonNode?>> fields, HashSet<string> overridden)
{
    // As many as EventBridge allows.
    private const int Most = 1000;

    /// <summary>The combinations of a pattern; null if there are too many.</summary>
    public static IReadOnlyList<PatternAlternative>? Of(JsonObject pattern) =>
        Expand(pattern) is { } all && PatternSchema.Overridden(pattern) is var overridden ? [.. all.Select(fields => new PatternAlternative(fields, overridden))] : null;

    /// <summary>Whether nothing but the source and the detail type decides what it matches.</summary>
    public bool IsOfKindAlone => fields.All(each => each.Key is "source" or "detail-type" && !overridden.Contains("/" + each.Key));

    /// <summary>The patterns of source and detail type, all of which an event must match.</summary>
    public IEnumerable<EventPattern> Envelope() =>
        fields.Where(field => field.Key is "source" or "detail-type" && !overridden.Contains("/" + field.Key)).Select(field => EventPattern.Parse(Document.Write(new JsonObject { [field.Key] = field.Value?.DeepClone() })));

    /// <summary>The schema of a detail that the combination matches; null if any detail matches.</summary>
    public JsonObject? Detail()
    {
        JsonObject[] details = [.. fields.Where(field => field.Key == "detail").Select(field => field.Value).OfType<JsonObject>().Select(detail => PatternSchema.OfDetail(detail, overridden))];
        return details.Length switch { 0 => null, 1 => details[0], _ => new JsonObject { ["allOf"] = new JsonArray([.. details]) } };
    }

    /// <summary>The exact values that a field can have; empty if there are other conditions or none.</summary>
    public IEnumerable<string> Exact(string name)
    {
        JsonArray? values = fields.FirstOrDefault(field => field.Key == name).Value as JsonArray;
        return values?.All(value => value?.GetValueKind() == JsonValueKind.String) == true ? values.Select(value => Document.Text(value)!) : [];
    }

    /// <summary>Whether a field must have this very value, or another one that is listed.</summary>
    public bool Names(string name, string value) => fields.FirstOrDefault(field => field.Key == name).Value is JsonArray values && values.Any(each => each is JsonValue && Document.Text(each) == value);

    /// <summary>A pattern with one alternative of its <c>$or</c> instead of all, for each alternative, with its JSON pointer. Those in other alternatives, and those that set a field again, are left out.</summary>
    public static IEnumerable<(string Pointer, JsonObject Pattern)> Single(JsonObject pattern) => Single(pattern, pattern, "");

    private static IEnumerable<(string Pointer, JsonObject Pattern)> Single(JsonObject pattern, JsonObject at, string pointer)
    {
        foreach (KeyValuePair<string, JsonNode?> field in at)
        {
            string below = JsonPointers.Add(pointer, field.Key);
            if (field.Value is JsonObject nested)
            {
                foreach ((string, JsonObject) found in Single(pattern, nested, below))
                    yield return found;
            }
            else if (field.Key == "$or" && PatternSchema.IsOr(field.Value))
            {
                JsonArray alternatives = field.Value!.AsArray();
                for (int i = 0; i < alternatives.Count; i++)
                {
                    JsonObject chosen = alternatives[i]!.AsObject();
                    if (chosen.Any(each => each.Key != "$or" && at.ContainsKey(each.Key)))
                        continue;
                    JsonObject made = pattern.DeepClone().AsObject(), owner = JsonPointers.Find(made, pointer)!.AsObject();
                    owner.Remove("$or");
                    foreach (KeyValuePair<string, JsonNode?> each in chosen)
                        owner[each.Key] = each.Value?.DeepClone();
                    yield return (JsonPointers.Add(below, i), made);
                }
            }
        }
    }

    private static List<List<KeyValuePair<string, JsonNode?>>>? Expand(JsonObject pattern)
    {
        List<List<KeyValuePair<string, JsonNode?>>> made = [[]];
        foreach (KeyValuePair<string, JsonNode?> field in pattern)
        {
            if (field.Key != "$or" || !PatternSchema.IsOr(field.Value))
            {
                made.ForEach(each => each.Add(field));
                continue;
            }

            List<List<KeyValuePair<string, JsonNode?>>> ways = [];
            foreach (JsonNode? alternative in field.Value!.AsArray())
            {
                if (Expand(alternative!.AsObject()) is not { } expanded || ways.Count + expanded.Count > Most)
                    return null;
                ways.AddRange(expanded);
            }

            if (made.Count * ways.Count > Most)
                return null;
            made = [.. made.SelectMany(each => ways.Select(way => new List<KeyValuePair<string, JsonNode?>>([.. each, .. way])))];
        }

        return made;
    }
}
