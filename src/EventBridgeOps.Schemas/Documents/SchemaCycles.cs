using System.Text.Json;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Finds a schema that is applied to a value because it is applied to the same value, which no validation ends (https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.1).</summary>
/// <param name="names">What the schemas are called.</param>
/// <param name="documents">The schemas by their places.</param>
/// <param name="uri">The place of the schema.</param>
/// <param name="dialect">Its dialect.</param>
/// <remarks>What is applied to a part of the value may refer back: values are finite. Where <c>$dynamicRef</c> leads is known only when an event is checked, and is limited there.</remarks>
internal sealed class SchemaCycles(SchemaNames names, IReadOnlyDictionary<Uri, JsonElement> documents, Uri uri, SchemaDialect dialect)
{
    private static readonly string[] s_one = ["not", "if", "then", "else"];
    private static readonly string[] s_list = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] s_byName = ["dependentSchemas", "dependencies"];
    private static readonly string[] s_partOne = ["additionalProperties", "unevaluatedProperties", "propertyNames", "items", "additionalItems", "unevaluatedItems", "contains"];
    private static readonly string[] s_partList = ["prefixItems", "items"];
    private static readonly string[] s_partByName = ["properties", "patternProperties", "$defs", "definitions"];

    /// <summary>The keyword in the schema's own file that closes a cycle, or leads to one; null if there is none.</summary>
    public string? Find()
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        Queue<Step> starts = new([new Step(uri, "", documents[uri], "")]);
        HashSet<string> started = new(StringComparer.Ordinal) { starts.Peek().Key };
        while (starts.Count > 0)
        {
            Step start = starts.Dequeue();
            if (Cycle(start, done) is { } found)
                return found;
            // A reference leads to schemas of its own, whose parts are looked at as well.
            foreach (Step next in Parts(start).Concat(InPlace(start)).Where(next => started.Add(next.Key)))
                starts.Enqueue(next);
        }

        return null;
    }

    // Depth first without recursion: a chain of references can be long.
    private string? Cycle(Step start, HashSet<string> done)
    {
        if (done.Contains(start.Key))
            return null;
        List<(Step Step, IEnumerator<Step> Next)> path = [];
        HashSet<string> open = new(StringComparer.Ordinal);
        Enter(start);
        while (path.Count > 0)
        {
            (Step step, IEnumerator<Step> next) = path[path.Count - 1];
            if (!next.MoveNext())
            {
                path.RemoveAt(path.Count - 1);
                open.Remove(step.Key);
                done.Add(step.Key);
                continue;
            }

            if (open.Contains(next.Current.Key))
                return next.Current.Own;
            if (!done.Contains(next.Current.Key))
                Enter(next.Current);
        }

        return null;

        void Enter(Step step)
        {
            open.Add(step.Key);
            path.Add((step, InPlace(step).GetEnumerator()));
        }
    }

    private IEnumerable<Step> InPlace(Step at)
    {
        if (at.Json.ValueKind is not JsonValueKind.Object)
            yield break;
        if (at.Json.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind is JsonValueKind.String)
        {
            if (names.Resolve(at.Document, at.Pointer, reference.GetString()!) is { } target)
                yield return new Step(target.Document, target.Pointer, JsonPointers.Find(documents[target.Document], target.Pointer)!.Value, Own(at, "$ref"));
            if (SchemaDialects.Of(documents[at.Document], dialect) is SchemaDialect.Draft07)
                yield break;
        }

        foreach (Step step in Under(at, s_one, s_list, s_byName))
            yield return step;
    }

    private IEnumerable<Step> Parts(Step at) =>
        at.Json.ValueKind is JsonValueKind.Object ? Under(at, s_partOne, s_partList, s_partByName) : [];

    private IEnumerable<Step> Under(Step at, string[] one, string[] list, string[] byName)
    {
        foreach (JsonProperty member in at.Json.EnumerateObject())
        {
            string pointer = JsonPointers.Add(at.Pointer, member.Name);
            string own = Own(at, member.Name);
            if (one.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.Object)
                yield return new Step(at.Document, pointer, member.Value, own);
            if (list.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.Array)
            {
                int index = 0;
                foreach (JsonElement item in member.Value.EnumerateArray())
                    yield return new Step(at.Document, JsonPointers.Add(pointer, index++), item, own);
            }

            if (byName.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.Object)
            {
                foreach (JsonProperty named in member.Value.EnumerateObject())
                    yield return new Step(at.Document, JsonPointers.Add(pointer, named.Name), named.Value, own);
            }
        }
    }

    // In another file, what led to it stays the keyword in the schema's own.
    private string Own(Step at, string keyword) => at.Document == uri ? JsonPointers.Add(at.Pointer, keyword) : at.Own;

    /// <summary>A schema, and the keyword of the schema's own file that led to it.</summary>
    private sealed record Step(Uri Document, string Pointer, JsonElement Json, string Own)
    {
        public string Key { get; } = Document + "#" + Pointer;
    }
}
