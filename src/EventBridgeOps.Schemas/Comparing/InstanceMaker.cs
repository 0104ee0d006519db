using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Makes values that follow schemas, at the limits of these and of others: the values by which schemas differ.</summary>
/// <param name="isLenient">Whether values have only properties that are declared.</param>
/// <param name="budget">What is left to be tried.</param>
internal sealed class InstanceMaker(bool isLenient, Budget budget)
{
    private const int MostDepth = 7;

    // The deeper, the fewer: a value's parts are multiplied with each other.
    private static readonly int[] s_mostOfAType = [60, 8, 4, 2, 1, 1, 1, 1];

    private static readonly IReadOnlyList<JsonNode?> s_any = ["a", 0, true, null, 1.5m, new JsonArray(), new JsonObject()];
    private const int LongestText = 5_000;
    private const int MostItems = 60;

    private static readonly Dictionary<string, string[]> s_formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = ["2026-01-02T03:04:05Z"], ["date"] = ["2026-01-02"], ["time"] = ["03:04:05Z"], ["duration"] = ["P1D"], ["email"] = ["a@example.com"], ["idn-email"] = ["a@example.com"],
        ["hostname"] = ["example.com"], ["idn-hostname"] = ["example.com"], ["ipv4"] = ["192.0.2.1"], ["ipv6"] = ["2001:db8::1"], ["uri"] = ["https://example.com/a"], ["uri-reference"] = ["a"],
        ["iri"] = ["https://example.com/a"], ["iri-reference"] = ["a"], ["uri-template"] = ["/{a}"], ["uuid"] = ["123e4567-e89b-12d3-a456-426614174000"], ["json-pointer"] = ["/a"],
        ["relative-json-pointer"] = ["1/a"], ["regex"] = ["a"],
    };

    /// <summary>Values that follow a conjunction.</summary>
    /// <param name="all">What they follow.</param>
    /// <param name="hints">Schemas whose limits are tried too.</param>
    /// <param name="depth">How deep in an event they are.</param>
    public IReadOnlyList<JsonNode?> Make(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth = 0)
    {
        if (all.IsFalse || depth > MostDepth || !budget.Take())
            return [];
        if (all.Values is { } values)
            return [.. values.Take(s_mostOfAType[depth] * 2).Select(Node)];
        hints = [.. hints.SelectMany(hint => WithLogic(hint, 0)).Distinct()];
        if (depth > 0 && all.Nodes.Count == 0 && hints.Count == 0)
            return s_any;
        List<JsonNode?> made = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (all.Choices.Count > 0)
        {
            foreach (Conjunction alternative in all.Split().Take(8))
                Keep(Make(alternative, hints, depth), all, made, seen);
            return made;
        }

        IReadOnlyList<SchemaNode> nodes = [.. all.Nodes, .. hints];
        Keep(nodes.SelectMany(Examples), all, made, seen);
        foreach (JsonTypes type in (JsonTypes[])[JsonTypes.Object, JsonTypes.String, JsonTypes.Integer, JsonTypes.Fraction, JsonTypes.Boolean, JsonTypes.Null, JsonTypes.Array])
        {
            if ((all.Types & type) == 0)
                continue;
            List<JsonNode?> ofType = [];
            Keep(type switch
            {
                JsonTypes.Null => [null],
                JsonTypes.Boolean => [JsonValue.Create(true), JsonValue.Create(false)],
                JsonTypes.Integer => Numbers(nodes).Select(decimal.Truncate).Distinct().Select(number => (JsonNode?)JsonValue.Create(number)),
                JsonTypes.Fraction => Numbers(nodes).Select(number => number + 0.5m).Concat(Numbers(nodes)).Select(number => (JsonNode?)JsonValue.Create(number)),
                JsonTypes.String => Texts(nodes).Select(text => (JsonNode?)JsonValue.Create(text)),
                JsonTypes.Array => Arrays(all, hints, depth),
                _ => Objects(all, hints, depth),
            }, all, ofType, seen, s_mostOfAType[depth]);
            made.AddRange(ofType);
        }

        return made;
    }

    // What a schema excludes, and on what it depends, is where schemas differ.
    private static IEnumerable<SchemaNode> WithLogic(SchemaNode hint, int depth) =>
        depth > 3 ? [hint] : [hint, .. Conjunction.InPlace(hint).Concat(hint.Child("not") is { } excluded ? [excluded] : []).SelectMany(other => WithLogic(other, depth + 1))];

    private void Keep(IEnumerable<JsonNode?> candidates, Conjunction all, List<JsonNode?> made, HashSet<string> seen, int most = 60)
    {
        foreach (JsonNode? candidate in candidates.Take(200))
        {
            if (made.Count >= most || !budget.Take())
                return;
            string text = candidate?.ToJsonString() ?? "null";
            if (seen.Add(text) && all.IsValid(Document.Element(candidate)))
                made.Add(candidate);
        }
    }

    private static IEnumerable<JsonNode?> Examples(SchemaNode node)
    {
        foreach (string keyword in (string[])["const", "default", "example"])
        {
            if (node.Json.ValueKind is JsonValueKind.Object && node.Json.TryGetProperty(keyword, out JsonElement value))
                yield return Node(value);
        }

        foreach (string keyword in (string[])["enum", "examples"])
        {
            if (node.Json.ValueKind is not JsonValueKind.Object || !node.Json.TryGetProperty(keyword, out JsonElement list) || list.ValueKind is not JsonValueKind.Array)
                continue;
            foreach (JsonElement value in list.EnumerateArray())
                yield return Node(value);
        }
    }

    private static IEnumerable<decimal> Numbers(IReadOnlyList<SchemaNode> nodes)
    {
        List<decimal> limits = [0, 1, -1, 2, 7];
        foreach (SchemaNode node in nodes)
        {
            foreach (string keyword in (string[])["maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"])
            {
                if (node.Number(keyword) is { } limit && Math.Abs(limit) < 1_000_000_000_000_000m)
                    limits.AddRange([limit, limit - 1, limit + 1, limit - 0.5m, limit + 0.5m]);
            }
        }

        IEnumerable<decimal> divisors = nodes.Select(node => node.Number("multipleOf")).Where(divisor => divisor is > 0 and < 1_000_000_000m).Select(divisor => divisor!.Value);
        return limits.Concat(divisors.SelectMany(divisor => limits.SelectMany(limit => (decimal[])[decimal.Floor(limit / divisor) * divisor, decimal.Ceiling(limit / divisor) * divisor])))
            .Concat([1_000_000_000m, -1_000_000_000m]).Distinct();
    }

    private static List<string> Texts(IReadOnlyList<SchemaNode> nodes)
    {
        List<string> texts = [];
        foreach (SchemaNode node in nodes)
        {
            if (node.Text("format") is { } format && s_formats.TryGetValue(format, out string[]? samples))
                texts.AddRange(samples);
            if (node.Text("pattern") is { } pattern)
                texts.AddRange(PatternSample.Of(pattern));
        }

        // One character of two code points, one of two units, and a line end that does not end a text.
        texts.AddRange(["a", "", "A b-1", "0", "é", "e\u0301", "😀", "a\n"]);
        SortedSet<int> lengths = [];
        foreach (SchemaNode node in nodes)
        {
            foreach (string keyword in (string[])["maxLength", "minLength"])
            {
                if (node.Number(keyword) is { } limit and >= 0 and < LongestText)
                    lengths.UnionWith([Math.Max(0, (int)limit - 1), (int)limit, (int)limit + 1]);
            }
        }

        foreach (int length in lengths)
            texts.AddRange([new string('a', length), .. texts.Take(4).Where(text => text.Length > 0).Select(text => text.PadRight(length, text[text.Length - 1])).Where(JsonTexts.IsUnicode).ToList()]);
        return texts;
    }

    private IEnumerable<JsonNode?> Arrays(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth)
    {
        SortedSet<int> lengths = [0, 1, 2];
        foreach (SchemaNode node in (SchemaNode[])[.. all.Nodes, .. hints])
        {
            foreach (string keyword in (string[])["maxItems", "minItems", "minContains", "maxContains"])
            {
                if (node.Number(keyword) is { } limit and >= 0 and < MostItems)
                    lengths.UnionWith([Math.Max(0, (int)limit - 1), (int)limit, (int)limit + 1]);
            }

            lengths.UnionWith([node.FirstItems.Count, node.FirstItems.Count + 1]);
        }

        foreach (int length in lengths.Where(length => length <= MostItems))
        {
            for (int variant = 0; variant < 4; variant++)
            {
                JsonArray array = [];
                for (int i = 0; i < length; i++)
                {
                    List<SchemaNode> inner = [.. hints.Select(hint => i < hint.FirstItems.Count ? hint.FirstItems[i] : hint.OtherItems).Concat(hints.Concat(all.Nodes).Select(hint => hint.Child("contains"))).Where(hint => hint is not null).Select(hint => hint!)];
                    IReadOnlyList<JsonNode?> items = Make(all.Item(Math.Min(i, all.FirstItemCount)), inner, depth + 1);
                    if (items.Count == 0)
                        break;
                    // The same each time, different ones, and the same of the later ones.
                    array.Add(items[variant switch { 0 => 0, 1 => i % items.Count, 2 => items.Count - 1, _ => (i + (items.Count / 2)) % items.Count }]?.DeepClone());
                }

                if (array.Count == length)
                    yield return array;
            }
        }
    }

    /// <summary>Objects that follow a conjunction, the least one first.</summary>
    public IEnumerable<JsonNode?> Objects(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth)
    {
        JsonObject least = [];
        Dictionary<string, IReadOnlyList<JsonNode?>> known = new(StringComparer.Ordinal);
        foreach (string name in all.Required)
        {
            if (Values(name) is not { Count: > 0 } values)
                yield break;
            least[name] = values[0]?.DeepClone();
        }

        foreach (string name in Fillers(all, hints, depth).Where(name => !least.ContainsKey(name)).Take(Math.Max(0, (int)Math.Min(MostItems, all.Least("minProperties")) - least.Count)))
            least[name] = (Values(name) is { Count: > 0 } filling ? filling[0] : null)?.DeepClone();
        yield return least;
        List<string> names = [.. all.Declared.Concat(KnownNames.Of([.. all.Nodes]).Names).Concat(isLenient ? [] : hints.SelectMany(hint => hint.Map("properties").Keys).Concat(Extra(all, hints))).Distinct(StringComparer.Ordinal).Take(40)];
        foreach (SchemaNode hint in hints)
        {
            if (hint.Number("maxProperties") is { } limit && limit < MostItems)
                yield return With(names.Concat(Fillers(all, hints, depth)).Distinct().Take((int)limit + 1));
        }

        JsonObject full = With(names.Where(all.Declares));
        yield return full;
        foreach (string name in names)
        {
            // First one value of each, so that no name is cut off by the values of another.
            if (Values(name) is { Count: > 0 } values)
                yield return One(name, values[0]);
        }

        foreach (string name in names)
        {
            foreach (JsonNode? value in Values(name).Skip(1).Take(depth == 0 ? 12 : 3))
                yield return One(name, value);
        }

        foreach (string name in names.Where(name => full.ContainsKey(name) && !all.Required.Contains(name)))
        {
            JsonObject without = (JsonObject)full.DeepClone();
            without.Remove(name);
            yield return without;
        }

        JsonObject One(string name, JsonNode? value)
        {
            JsonObject one = (JsonObject)least.DeepClone();
            one[name] = value?.DeepClone();
            return one;
        }

        JsonObject With(IEnumerable<string> more)
        {
            JsonObject made = (JsonObject)least.DeepClone();
            foreach (string name in more)
            {
                if (!made.ContainsKey(name) && Values(name) is { Count: > 0 } values)
                    made[name] = values[0]?.DeepClone();
            }

            return made;
        }

        IReadOnlyList<JsonNode?> Values(string name) => known.TryGetValue(name, out IReadOnlyList<JsonNode?>? values) ? values : known[name] =
            Make(all.Property(name), [.. hints.Select(hint => hint.Map("properties").TryGetValue(name, out SchemaNode? property) ? property : hint.Child("additionalProperties")).Where(hint => hint is not null).Select(hint => hint!)], depth + 1);
    }

    // Names that nothing declares: one that no schema knows, and those of the patterns.
    private static IEnumerable<string> Extra(Conjunction all, IReadOnlyList<SchemaNode> hints) =>
        hints.SelectMany(hint => hint.Map("patternProperties").Keys).Concat(all.DeclaredPatterns).SelectMany(PatternSample.Of).Concat(["other", "OTHER 1"]);

    private IEnumerable<string> Fillers(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth) =>
        all.Declared.Concat(all.DeclaredPatterns.SelectMany(PatternSample.Of)).Concat(depth > MostDepth || (isLenient && all.OtherProperties.Nodes.Count == 0) ? [] : Enumerable.Range(1, MostItems).Select(number => "p" + number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static JsonNode? Node(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());
}
