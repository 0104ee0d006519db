using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Finds an event that shows a gap: the writer's schema allows it, and the reader's does not. Both are asked by the validator.</summary>
/// <param name="writer">The schema by which events are written.</param>
/// <param name="reader">The schema by which they are read.</param>
/// <param name="isLenient">Whether the event has only what the writer declares, and the reader ignores what it does not know.</param>
internal sealed class Witness(SchemaSource writer, SchemaSource reader, bool isLenient)
{
    private const int MostAtAPlace = 6;
    private const int FewAtAPlace = 1;
    private readonly Lazy<EventSchema> _reader = new(() => isLenient ? Opened(reader.Schema, onlyClosed: true) : reader.Schema);
    private readonly Dictionary<string, IReadOnlyList<JsonObject>> _wholes = new(StringComparer.Ordinal);
    private InstanceMaker _maker = new(isLenient, new Budget(0));

    /// <summary>An event that shows the gap; null if none was found.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="budget">What is left to be tried.</param>
    public JsonElement? Find(Gap gap, Budget budget)
    {
        _maker = new InstanceMaker(isLenient, budget);
        foreach (Gap part in gap.All.Reverse())
        {
            // The shortest values nearly always show it, and each trial takes the longer, the larger the object is.
            if (Shown(part, FewAtAPlace) is { } few)
                return few;
            if (Shown(part, MostAtAPlace) is { } shown)
                return shown;
        }

        return null;
    }

    private JsonElement? Shown(Gap gap, int most) =>
        Candidates(gap, most).OrderBy(candidate => candidate.GetRawText().Length).Where(Shows).Select(candidate => (JsonElement?)candidate).FirstOrDefault();

    /// <summary>An event at the limits of both schemas that shows that they differ; null if none was found.</summary>
    /// <param name="sources">The schemas.</param>
    /// <param name="budget">What is left to be tried.</param>
    public JsonElement? Search(SchemaSources sources, Budget budget)
    {
        _maker = new InstanceMaker(isLenient, budget);
        Conjunction all = Conjunction.Of(sources, [writer.Root, sources.OfType("object")]);
        EventSchema ignoring = isLenient ? Opened(reader.Schema, onlyClosed: false) : reader.Schema;
        return _maker.Make(all, [reader.Root]).Select(Document.Element).Where(value => Shows(value) && !ignoring.Decide(value)).Select(value => (JsonElement?)value).FirstOrDefault();
    }

    private bool Shows(JsonElement candidate) =>
        candidate.ValueKind is JsonValueKind.Object && writer.Schema.Decide(candidate) && !reader.Schema.Decide(candidate) && (!isLenient || (!_reader.Value.Decide(candidate) && IsDeclared(candidate, [writer.Root], 0)));

    private IEnumerable<JsonElement> Candidates(Gap gap, int most)
    {
        List<JsonNode?> values = [.. (gap.Values is { } known ? known.Select(InstanceMaker.Node) : _maker.Make(gap.Writer, [gap.Reader, .. gap.Inner?.SelectMany(inner => inner.All).Select(inner => inner.Reader) ?? []]))];
        List<JsonNode?> refused = [.. values.Where(value => !gap.Reader.IsValid(Document.Element(value)))];
        return Upward(gap.Place, [.. (refused.Count > 0 ? refused : values).OrderBy(value => value?.ToJsonString().Length)], most).Select(Document.Element);
    }

    // Puts values where they belong, level by level.
    private IEnumerable<JsonNode?> Upward(Place place, IReadOnlyList<JsonNode?> values, int most)
    {
        IReadOnlyList<JsonNode?> current = values;
        for (Place at = place; at is { Parent: { } parent, Above: { } above }; at = parent)
        {
            List<JsonNode?> next = [];
            foreach (JsonNode? value in current.Take(most * 3))
                next.AddRange(Within(at, above, value, most == FewAtAPlace).Where(made => above.IsValid(Document.Element(made))).Take(2));
            current = [.. next.OrderBy(made => made?.ToJsonString().Length).Take(most)];
        }

        return current;
    }

    private IEnumerable<JsonNode?> Within(Place at, Conjunction above, JsonNode? value, bool few)
    {
        if (at.Step is PlaceStep.Item)
        {
            JsonArray items = [];
            int length = Math.Max(at.Index + 1, (int)Math.Min(InstanceMaker.MostItems, above.Least("minItems")));
            Dictionary<int, IReadOnlyList<JsonNode?>> known = [];
            for (int i = 0; i < length; i++)
            {
                // The items after the first ones are alike.
                int like = Math.Min(i, above.FirstItemCount);
                if (i != at.Index && !known.ContainsKey(like))
                    known[like] = _maker.Make(above.Item(like), [], 1);
                IReadOnlyList<JsonNode?> others = i == at.Index ? [value] : known[like];
                if (others.Count == 0)
                    yield break;
                items.Add(others[i == at.Index ? 0 : i % others.Count]?.DeepClone());
            }

            yield return items;
            yield break;
        }

        IEnumerable<string> names = at.Step switch
        {
            PlaceStep.Property => [at.Name!],
            PlaceStep.PatternProperty => PatternSample.Of(at.Name!),
            PlaceStep.PropertyName => value is JsonValue text && text.TryGetValue(out string? name) ? [name] : [],
            _ => ["other", "OTHER 1"],
        };
        foreach (string name in names)
        {
            foreach (JsonObject whole in Wholes(above, few))
            {
                IReadOnlyList<JsonNode?> inner = at.Step is PlaceStep.PropertyName ? [.. _maker.Make(above.Property(name), [], 2).Take(2)] : [value];
                foreach (JsonNode? property in inner)
                {
                    JsonObject made = (JsonObject)whole.DeepClone();
                    made[name] = property?.DeepClone();
                    yield return made;
                }
            }
        }
    }

    // Many gaps are in the same object. The least one nearly always does, and takes no time to make.
    private IReadOnlyList<JsonObject> Wholes(Conjunction above, bool few)
    {
        string key = (few ? "few " : "") + above.Key;
        if (!_wholes.TryGetValue(key, out IReadOnlyList<JsonObject>? known))
            _wholes[key] = known = [.. (few ? _maker.Objects(above, [], 1).Take(1) : _maker.Make(above, [], 1).Concat(_maker.Objects(above, [], 1).Take(1))).OfType<JsonObject>().Take(MostAtAPlace)];
        return known;
    }

    // Whether the event has only properties that a schema at their place declares; of alternatives, any of them.
    internal static bool IsDeclared(JsonElement value, IReadOnlyList<SchemaNode> nodes, int depth)
    {
        HashSet<SchemaNode> all = [];
        void Collect(SchemaNode node)
        {
            if (all.Add(node))
            {
                foreach (SchemaNode other in Conjunction.InPlace(node))
                    Collect(other);
            }
        }

        foreach (SchemaNode node in nodes)
            Collect(node);
        if (depth > 100)
            return false;
        if (value.ValueKind is JsonValueKind.Array)
            return value.EnumerateArray().Select((item, index) => IsDeclared(item, [.. all.Select(node => index < node.FirstItems.Count ? node.FirstItems[index] : node.OtherItems).Where(node => node is not null).Select(node => node!)], depth + 1)).All(declared => declared);
        if (value.ValueKind is not JsonValueKind.Object)
            return true;
        KnownNames known = KnownNames.Of(all);
        return value.EnumerateObject().All(member =>
        {
            List<SchemaNode> own = [];
            foreach (SchemaNode node in all)
            {
                if (node.Map("properties").TryGetValue(member.Name, out SchemaNode? property))
                    own.Add(property);
                own.AddRange(node.Map("patternProperties").Where(pattern => Conjunction.Matches(pattern.Key, member.Name)).Select(pattern => pattern.Value));
            }

            if (own.Count == 0)
                own.AddRange(all.Select(node => node.Child("additionalProperties")).Where(node => node is { Json.ValueKind: JsonValueKind.Object }).Select(node => node!));
            return (own.Count > 0 || known.Has(member.Name)) && IsDeclared(member.Value, own, depth + 1);
        });
    }

    // A reader that ignores what it does not know. The values of a map are known, although their names are not.
    internal static EventSchema Opened(EventSchema schema, bool onlyClosed)
    {
        JsonNode root = SchemaDialects.Read(schema.Root.GetRawText())!;
        Open(root, isSchema: true, onlyClosed);
        return EventSchema.Read(root.ToJsonString(), schema.Name, schema.Documents.Where(document => document.Key != schema.Uri).ToDictionary(document => document.Key.ToString(), document => document.Value.GetRawText())).Schema ?? schema;
    }

    private static void Open(JsonNode? node, bool isSchema, bool onlyClosed)
    {
        if (node is JsonArray elements)
        {
            foreach (JsonNode? element in elements)
                Open(element, isSchema, onlyClosed);
        }

        if (node is not JsonObject fields)
            return;
        foreach (string keyword in (string[])["additionalProperties", "unevaluatedProperties"])
        {
            if (isSchema && fields[keyword] is { } others && (!onlyClosed || others.GetValueKind() is JsonValueKind.False))
                fields.Remove(keyword);
        }

        foreach (KeyValuePair<string, JsonNode?> member in fields.ToList())
        {
            if (!isSchema || member.Key is not ("enum" or "const" or "default" or "examples"))
                Open(member.Value, !isSchema || member.Key is not ("properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas"), onlyClosed);
        }
    }
}
