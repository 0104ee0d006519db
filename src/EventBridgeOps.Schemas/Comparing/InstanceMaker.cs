using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Documents;

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

    // What is longer is made only at a limit, and in few variants.
    private const int LongText = 5_000;
    private const int LongestText = 1_000_000;
    private const int ManyItems = 60;

    /// <summary>The most items and properties that are made.</summary>
    public const int MostItems = 10_000;

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
                JsonTypes.Integer => WithNear(Numbers(nodes).Select(decimal.Truncate).Distinct(), nodes, depth),
                JsonTypes.Fraction => WithNear(Numbers(nodes).Select(number => number + 0.5m).Concat(Numbers(nodes)), nodes, depth),
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

    /// <summary>Whether a format is one of those that JSON Schema defines, all of which are of texts.</summary>
    public static bool IsOfText(string format) => s_formats.ContainsKey(format);

    // In the parts of a value, the simple ones come first.
    private static IEnumerable<JsonNode?> WithNear(IEnumerable<decimal> numbers, IReadOnlyList<SchemaNode> nodes, int depth)
    {
        IEnumerable<JsonNode?> simple = numbers.Select(number => (JsonNode?)JsonValue.Create(number)), near = NumbersNear.Of(nodes).Select(text => JsonNode.Parse(text));
        return depth == 0 ? near.Concat(simple) : simple.Concat(near);
    }

    private static IEnumerable<decimal> Numbers(IReadOnlyList<SchemaNode> nodes)
    {
        List<decimal> limits = [0, 1, -1, 2, 7];
        foreach (SchemaNode node in nodes)
        {
            foreach (string keyword in (string[])["maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"])
            {
                if (node.Number(keyword) is { } limit && Math.Abs(limit) < NumbersNear.LargestDecimal)
                    limits.AddRange([limit, limit - 1, limit + 1, limit - 0.5m, limit + 0.5m]);
            }
        }

        IEnumerable<decimal> divisors = nodes.Select(node => node.Number("multipleOf")).Where(divisor => divisor is > 0 and < 1_000_000_000m).Select(divisor => divisor!.Value);
        return limits.Concat(divisors.SelectMany(divisor => limits.SelectMany(limit => (decimal[])[decimal.Floor(limit / divisor) * divisor, decimal.Ceiling(limit / divisor) * divisor])))
            .Concat([1_000_000_000m, -1_000_000_000m]).Distinct();
    }

    private static IEnumerable<string> Texts(IReadOnlyList<SchemaNode> nodes)
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
        foreach (string text in texts)
            yield return text;
        foreach (int length in Lengths(nodes, ["maxLength", "minLength"], LongestText))
        {
            yield return new string('a', length);
            foreach (string text in texts.Take(length < LongText ? 4 : 2).Where(text => text.Length > 0).Select(text => text.PadRight(length, text[text.Length - 1])).Where(JsonTexts.IsUnicode))
                yield return text;
        }
    }

    private static SortedSet<int> Lengths(IEnumerable<SchemaNode> nodes, string[] keywords, int most)
    {
        SortedSet<int> lengths = [];
        foreach (decimal limit in nodes.SelectMany(node => keywords.Select(node.Number)).Where(limit => limit >= 0 && limit <= most).Select(limit => limit!.Value))
            lengths.UnionWith([Math.Max(0, (int)limit - 1), (int)limit, (int)limit + 1]);
        return lengths;
    }

    private IEnumerable<JsonNode?> Arrays(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth)
    {
        IReadOnlyList<SchemaNode> nodes = [.. all.Nodes, .. hints];
        SortedSet<int> lengths = [0, 1, 2, .. nodes.SelectMany(node => (int[])[node.FirstItems.Count, node.FirstItems.Count + 1]).Where(length => length <= ManyItems), .. Lengths(nodes, ["maxItems", "minItems", "minContains", "maxContains"], MostItems)];
        // The items after the first ones are alike.
        int first = nodes.Select(node => node.FirstItems.Count).DefaultIfEmpty(0).Max();
        Dictionary<int, IReadOnlyList<JsonNode?>> known = [];
        bool areUnique = nodes.Any(node => node.IsTrue("uniqueItems"));
        foreach (int length in lengths)
        {
            for (int variant = 0; variant < (length <= ManyItems ? 4 : 1); variant++)
            {
                JsonArray array = [];
                for (int i = 0; i < length && Items(i) is { Count: > 0 } items; i++)
                {
                    // The same each time, different ones, and the same of the later ones.
                    array.Add(items[variant switch { 0 => 0, 1 => i % items.Count, 2 => items.Count - 1, _ => (i + (items.Count / 2)) % items.Count }]?.DeepClone());
                }

                if (array.Count == length)
                    yield return array;
            }

            if (areUnique && first == 0 && length > 1 && Different(all.Item(0), Items(0), length) is { } different)
                yield return different;
        }

        IReadOnlyList<JsonNode?> Items(int index)
        {
            int i = Math.Min(index, first);
            if (known.TryGetValue(i, out IReadOnlyList<JsonNode?>? items))
                return items;
            List<SchemaNode> inner = [.. hints.Select(hint => i < hint.FirstItems.Count ? hint.FirstItems[i] : hint.OtherItems).Concat(hints.Concat(all.Nodes).Select(hint => hint.Child("contains"))).Where(hint => hint is not null).Select(hint => hint!)];
            return known[i] = Make(all.Item(Math.Min(i, all.FirstItemCount)), inner, depth + 1);
        }
    }

    // As many different items as are needed: those that were made, and numbers and texts that count.
    private static JsonArray? Different(Conjunction item, IReadOnlyList<JsonNode?> made, int count)
    {
        const int MostMisses = 200;
        decimal start = item.Minimum is { } minimum ? decimal.Ceiling(minimum.Value) : item.Maximum is { } maximum ? decimal.Floor(maximum.Value) - count : 0;
        int shortest = (int)Math.Min(LongText, item.Least("minLength"));
        IEnumerable<JsonNode?> counting = Enumerable.Range(0, count + MostMisses).SelectMany(number => (JsonNode?[])
        [
            .. (item.Types & JsonTypes.Number) != 0 && Math.Abs(start) < NumbersNear.LargestDecimal ? [JsonValue.Create(start + number)] : (JsonNode?[])[],
            .. (item.Types & JsonTypes.String) != 0 ? [number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(shortest, '0'), Letters(number).PadLeft(shortest, 'a')] : (JsonNode?[])[],
        ]);
        JsonArray different = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        int misses = 0;
        foreach (JsonNode? candidate in made.Concat(counting))
        {
            if (different.Count == count)
                return different;
            JsonElement value = Document.Element(candidate);
            if (!seen.Add(JsonIdentity.Of(value)))
                continue;
            if (item.IsValid(value))
                different.Add(candidate?.DeepClone());
            else if (++misses > MostMisses && different.Count == 0)
                return null;
        }

        return different.Count == count ? different : null;
    }

    private static string Letters(int number)
    {
        string letters = "";
        do
            letters = (char)('a' + (number % 26)) + letters;
        while ((number /= 26) > 0);
        return letters;
    }

    /// <summary>Objects that follow a conjunction, the least one first.</summary>
    public IEnumerable<JsonNode?> Objects(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth)
    {
        JsonObject least = [];
        Dictionary<string, IReadOnlyList<JsonNode?>> known = new(StringComparer.Ordinal), alike = new(StringComparer.Ordinal);
        foreach (string name in all.Required)
        {
            if (Values(name) is not { Count: > 0 } values)
                yield break;
            least[name] = values[0]?.DeepClone();
        }

        foreach (string name in Fillers(all, hints, depth).Where(name => !least.ContainsKey(name)).Take(Math.Max(0, (int)Math.Min(MostItems, all.Least("minProperties")) - least.Count)))
            least[name] = (Values(name) is { Count: > 0 } filling ? filling[0] : null)?.DeepClone();
        yield return least;
        // Also those that only the hints name, for example as required.
        HashSet<string> own = isLenient ? [.. hints.SelectMany(hint => hint.Map("properties").Keys)] : [];
        List<string> names = [.. all.Declared.Concat(KnownNames.Of([.. all.Nodes]).Names).Concat(isLenient ? [] : hints.SelectMany(hint => hint.Map("properties").Keys).Concat(Extra(all, hints))).Concat(KnownNames.Of(hints).Names.Where(name => !own.Contains(name))).Distinct(StringComparer.Ordinal).Take(40)];
        foreach (SchemaNode hint in hints)
        {
            if (hint.Number("maxProperties") is { } limit && limit <= MostItems)
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

        IReadOnlyList<JsonNode?> Values(string name)
        {
            if (known.TryGetValue(name, out IReadOnlyList<JsonNode?>? values))
                return values;
            Conjunction property = all.Property(name);
            SchemaNode[] inner = [.. hints.Select(hint => hint.Map("properties").TryGetValue(name, out SchemaNode? own) ? own : hint.Child("additionalProperties")).Where(hint => hint is not null).Select(hint => hint!)];
            // The names that nothing declares are alike.
            string key = property.Key + " / " + string.Join(",", inner.Select(hint => hint.Id));
            return known[name] = alike.TryGetValue(key, out values) ? values : alike[key] = Make(property, inner, depth + 1);
        }
    }

    // Names that nothing declares: one that no schema knows, and those of the patterns.
    private static IEnumerable<string> Extra(Conjunction all, IReadOnlyList<SchemaNode> hints) =>
        hints.SelectMany(hint => hint.Map("patternProperties").Keys).Concat(all.DeclaredPatterns).SelectMany(PatternSample.Of).Concat(["other", "OTHER 1"]);

    private IEnumerable<string> Fillers(Conjunction all, IReadOnlyList<SchemaNode> hints, int depth) =>
        all.Declared.Concat(all.DeclaredPatterns.SelectMany(PatternSample.Of)).Concat(depth > MostDepth || (isLenient && all.OtherProperties.Nodes.Count == 0) ? [] : Enumerable.Range(1, MostItems + 1).Select(number => "p" + number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static JsonNode? Node(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : SchemaDialects.Read(value.GetRawText());
}
