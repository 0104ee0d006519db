using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Proves that every value of one schema, the writer's, follows another one, the reader's, and names what could not be proved.</summary>
/// <remarks>
/// The reader's schema is a list of demands. Each is shown to follow from what the writer's schemas say together; where they leave a choice, it is shown for each
/// alternative. What refers to itself is taken to hold within itself, as soon as the event was entered one level deeper: events are finite.
/// </remarks>
internal sealed partial class Inclusion
{
    private const int MostItems = 30;
    private const int MostAlike = 4;
    private const int MostLooks = 3;
    private readonly SchemaSources _sources;
    private readonly bool _isLenient;
    private readonly Budget _budget;
    private readonly Emptiness _emptiness;
    private readonly SchemaSource? _writer;
    private readonly Discriminators _discriminators;
    private readonly Dictionary<string, KnownNames> _names = new(StringComparer.Ordinal);
    private readonly HashSet<(string Writer, SchemaNode Reader)> _proved = [];
    private Search _search = new();

    /// <summary>Begins.</summary>
    /// <param name="sources">The schemas.</param>
    /// <param name="isLenient">Whether producers are taken to send only what they declare, and consumers to ignore what they don't know.</param>
    /// <param name="budget">What is left to be tried.</param>
    /// <param name="writer">The writer's schema; null if there is none.</param>
    public Inclusion(SchemaSources sources, bool isLenient, Budget budget, SchemaSource? writer = null)
    {
        (_sources, _isLenient, _budget, _writer) = (sources, isLenient, budget, writer);
        _discriminators = new Discriminators(sources);
        _emptiness = new Emptiness(this, budget);
    }

    public bool IsEmpty(Conjunction all) => _emptiness.IsEmpty(all);

    /// <summary>Whether it is proved without what is assumed further up, whose depths are others.</summary>
    public bool IsProved(Conjunction writer, SchemaNode reader)
    {
        Search above = _search;
        try
        {
            _search = new Search();
            return Find(writer, reader, Place.Top).Count == 0;
        }
        finally
        {
            _search = above;
        }
    }

    /// <summary>What the reader demands that was not proved; empty if every value of the writer follows the reader's schema.</summary>
    public IReadOnlyList<Gap> Find(Conjunction writer, SchemaNode reader, Place place)
    {
        if (reader.Json.ValueKind is JsonValueKind.True || writer.Nodes.Any(node => SameMeaning.Of(node, reader)) || IsEmpty(writer))
            return [];
        if (reader.IsFalse)
            return [new Gap(SchemaChangeKind.Nothing, place, writer, reader, "")];
        (string, SchemaNode) pair = (writer.Key, reader);
        if (_proved.Contains(pair))
            return [];
        Search search = _search;
        search.Reach(pair, place);
        if (search.Open.TryGetValue(pair, out (int Depth, int Index) open))
        {
            search.Assumption = Math.Min(search.Assumption, open.Index);
            return open.Depth < place.Depth ? [] : [new Gap(SchemaChangeKind.Unknown, place, writer, reader, "$ref")];
        }

        // What breaks is looked at from some places, as an event may show it at one of them alone.
        if (search.Known.TryGetValue(pair, out Finding? known) && (known.Looks >= MostLooks || known.Gaps.All(gap => gap.IsHarmless)))
        {
            search.Assumption = Math.Min(search.Assumption, known.Assumption);
            return known.Gaps;
        }

        if (!_budget.Take())
            return [new Gap(SchemaChangeKind.Unknown, place, writer, reader, "")];
        int before = search.Assumption, index = search.Open.Count, start = search.Assumed.Count;
        search.Assumption = int.MaxValue;
        search.Open.Add(pair, (place.Depth, index));
        GapOwner? current = search.Current;
        GapOwner owner = search.Current = new GapOwner(writer.Key, reader, place);
        IReadOnlyList<Gap> gaps = Few([.. Demands(writer, reader, place).Select(gap => gap.Owner is null ? gap with { Owner = owner } : gap)]);
        search.Current = current;
        search.Open.Remove(pair);
        int assumption = search.Assumption < index ? search.Assumption : int.MaxValue;
        search.End(pair, gaps, assumption, start);
        if (gaps.Count == 0 && assumption == int.MaxValue)
            _proved.Add(pair);
        search.Assumption = Math.Min(before, assumption);
        return gaps;
    }

    // Of the same demand, some places are enough: with references, there can be any number.
    private static IReadOnlyList<Gap> Few(IReadOnlyList<Gap> gaps) =>
        gaps.Count <= MostAlike ? gaps : [.. gaps.GroupBy(gap => (gap.Reader, gap.Keyword, gap.Kind, gap.IsHarmless)).SelectMany(alike => alike.Distinct(ReferenceComparer.Instance).Take(MostAlike))];

    /// <summary>The gap at the place that is reached by the fewest steps; null if it is there already.</summary>
    /// <param name="gap">A gap that was found.</param>
    public Gap? Shortest(Gap gap)
    {
        Gap moved = _search.Moved(gap);
        return moved.Place.Depth < gap.Place.Depth ? moved : null;
    }

    private sealed class ReferenceComparer : IEqualityComparer<Gap>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(Gap? x, Gap? y) => ReferenceEquals(x, y);

        public int GetHashCode(Gap obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }

    /// <summary>What was found of a pair.</summary>
    /// <param name="gaps">What was not proved.</param>
    /// <param name="assumption">The first of the open pairs that it relies on; the largest number for none.</param>
    private sealed class Finding(IReadOnlyList<Gap> gaps, int assumption)
    {
        public IReadOnlyList<Gap> Gaps => gaps;

        public int Assumption { get; set; } = assumption;

        public int Looks { get; init; } = 1;
    }

    /// <summary>The pairs of one search. Each is looked at once, although many places can lead to it.</summary>
    private sealed class Search
    {
        private readonly Dictionary<(string, SchemaNode), List<((string, SchemaNode) Pair, Place Place, Place From)>> _ways = [];
        private Dictionary<(string, SchemaNode), Place>? _shortest;
        private (string, SchemaNode)? _first;

        /// <summary>The pairs that are being looked at, with the depths of their places and their order.</summary>
        public Dictionary<(string Writer, SchemaNode Reader), (int Depth, int Index)> Open { get; } = [];

        public Dictionary<(string Writer, SchemaNode Reader), Finding> Known { get; } = [];

        /// <summary>The findings that rely on pairs that are still open, in their order.</summary>
        public List<((string, SchemaNode) Pair, Finding Finding)> Assumed { get; } = [];

        /// <summary>The first of the open pairs on which what is looked at relies.</summary>
        public int Assumption { get; set; } = int.MaxValue;

        public GapOwner? Current { get; set; }

        public void Reach((string, SchemaNode) pair, Place place)
        {
            if (Current is not { } from)
            {
                _first ??= pair;
                return;
            }

            _shortest = null;
            (string, SchemaNode) above = (from.Writer, from.Reader);
            if (!_ways.TryGetValue(above, out List<((string, SchemaNode), Place, Place)>? ways))
                _ways[above] = ways = [];
            ways.Add((pair, place, from.Place));
        }

        /// <summary>Keeps what was found of a pair.</summary>
        /// <param name="pair">The pair.</param>
        /// <param name="gaps">What was not proved.</param>
        /// <param name="assumption">The first of the open pairs that it relies on.</param>
        /// <param name="start">How many findings relied on open pairs before.</param>
        public void End((string, SchemaNode) pair, IReadOnlyList<Gap> gaps, int assumption, int start)
        {
            // What is not so stays so with fewer assumptions. What relied on its opposite is looked at again.
            if (gaps.Any(gap => !gap.IsHarmless))
            {
                Known[pair] = new Finding(gaps, int.MaxValue) { Looks = Known.TryGetValue(pair, out Finding? before) ? before.Looks + 1 : 1 };
                foreach (((string, SchemaNode) Pair, Finding Finding) wrong in Assumed.Skip(start))
                    Known.Remove(wrong.Pair);
                Assumed.RemoveRange(start, Assumed.Count - start);
                return;
            }

            Finding found = Known[pair] = new Finding(gaps, assumption);
            for (int i = start; i < Assumed.Count; i++)
                Assumed[i].Finding.Assumption = Math.Min(assumption, Assumed[i].Finding.Assumption);
            if (assumption == int.MaxValue)
            {
                foreach (((string, SchemaNode) Pair, Finding Finding) sure in Assumed.Skip(start))
                    sure.Finding.Assumption = int.MaxValue;
                Assumed.RemoveRange(start, Assumed.Count - start);
            }
            else
            {
                Assumed.Add((pair, found));
            }
        }

        public Gap Moved(Gap gap)
        {
            if (gap.Owner is not { } owner)
                return gap;
            Place place = Shortest().TryGetValue((owner.Writer, owner.Reader), out Place? nearest) && nearest.Depth < owner.Place.Depth ? gap.Place.Moved(owner.Place, nearest) : gap.Place;
            return ReferenceEquals(place, gap.Place) ? gap : gap with { Place = place, Inner = gap.Inner is null ? null : [.. gap.Inner.Select(Moved)] };
        }

        // Breadth first: those at the same place before those one step below.
        private Dictionary<(string, SchemaNode), Place> Shortest()
        {
            if (_shortest is not null)
                return _shortest;
            Dictionary<(string, SchemaNode), Place> shortest = [];
            LinkedList<((string, SchemaNode) Pair, Place Place)> left = new();
            if (_first is { } first)
                left.AddFirst((first, Place.Top));
            while (left.First is { } next)
            {
                left.RemoveFirst();
                if (shortest.ContainsKey(next.Value.Pair))
                    continue;
                shortest[next.Value.Pair] = next.Value.Place;
                foreach (((string, SchemaNode) pair, Place place, Place from) in _ways.TryGetValue(next.Value.Pair, out List<((string, SchemaNode), Place, Place)>? ways) ? ways : [])
                {
                    if (shortest.ContainsKey(pair))
                        continue;
                    if (ReferenceEquals(place, from))
                        left.AddFirst((pair, next.Value.Place));
                    else
                        left.AddLast((pair, place.Moved(from, next.Value.Place)));
                }
            }

            return _shortest = shortest;
        }
    }

    private List<Gap> Demands(Conjunction writer, SchemaNode reader, Place place)
    {
        if (writer.Values is { } values)
        {
            List<JsonElement> refused = [.. values.Where(value => !reader.IsValid(value))];
            return refused.Count == 0 ? OfUnknownFormats(writer, reader, place) : [new Gap(SchemaChangeKind.Value, place, writer, reader, KeywordOf(reader, refused[0]), Values: refused)];
        }

        List<Gap> gaps = [];
        if (reader["$ref"] is not null)
            gaps.AddRange(reader.Reference is { } target ? Find(writer, target, place) : [new Gap(SchemaChangeKind.Unknown, place, writer, reader, "$ref")]);
        OfTypes(writer, reader, place, gaps);
        if ((writer.Types & JsonTypes.Number) != 0)
            OfNumbers(writer, reader, place, gaps);
        if ((writer.Types & JsonTypes.String) != 0)
            OfStrings(writer, reader, place, gaps);
        if ((writer.Types & JsonTypes.Array) != 0)
            OfArrays(writer, reader, place, gaps);
        if ((writer.Types & JsonTypes.Object) != 0)
            OfObjects(writer, reader, place, gaps);
        OfFormat(writer, reader, place, gaps);
        OfLogic(writer, reader, place, gaps);
        OfUnknown(writer, reader, place, gaps);
        if (gaps.Count == 0)
            return [];
        // A property that only an alternative declares is declared: even what is harmless is looked at for each of them.
        if (writer.Choices.Count > 0 && !_budget.IsSpent)
            return [.. writer.Split().SelectMany(alternative => Find(alternative, reader, place))];
        // Without the alternatives, it is not known what is declared.
        if (writer.Choices.Count > 0)
            return [.. gaps, new Gap(SchemaChangeKind.Unknown, place, writer, reader, "")];
        if (HasLogic(reader) && Types(writer).Skip(1).Any())
            return [.. Types(writer).SelectMany(type => Find(writer.And(type), reader, place))];
        return gaps;
    }

    /// <summary>The names that the writer's own schemas at a place have.</summary>
    private KnownNames Names(Conjunction writer)
    {
        if (!_names.TryGetValue(writer.Key, out KnownNames? known))
            _names[writer.Key] = known = KnownNames.Of([.. writer.Nodes.Where(node => node.Source == _writer)]);
        return known;
    }

    private IEnumerable<SchemaNode> Types(Conjunction writer) =>
        JsonTypeNames.All.Where(type => type.Name != "integer" || (writer.Types & JsonTypes.Fraction) == 0).Where(type => type.Name != "number" || (writer.Types & JsonTypes.Fraction) != 0)
            .Where(type => (writer.Types & type.Type) != 0).Select(type => _sources.OfType(type.Name));

    private static bool HasLogic(SchemaNode reader) => reader["anyOf"] is not null || reader["oneOf"] is not null || reader["not"] is not null || reader["if"] is not null;

    private static string KeywordOf(SchemaNode reader, JsonElement refused) =>
        reader["const"] is not null ? "const" : reader["enum"] is not null ? "enum" : (JsonTypeNames.Of(reader) & JsonTypeNames.Of(refused)) == 0 ? "type" : reader.Keywords.FirstOrDefault(keyword => !DialectKeywords.IsAnnotation(keyword)) ?? "";

    private static void OfTypes(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        if ((writer.Types & ~JsonTypeNames.Of(reader)) != 0)
            gaps.Add(new Gap(SchemaChangeKind.Type, place, writer, reader, "type"));
        foreach (string keyword in (string[])["enum", "const"])
        {
            if (reader[keyword] is not null)
                gaps.Add(new Gap(SchemaChangeKind.Value, place, writer, reader, keyword));
        }
    }

    private static void OfNumbers(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        bool isInteger = (writer.Types & JsonTypes.Fraction) == 0;
        foreach (string keyword in (string[])["maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"])
        {
            if (reader[keyword] is null)
                continue;
            bool isUpper = keyword.EndsWith("aximum", StringComparison.Ordinal);
            bool isExclusive = keyword[0] == 'e';
            if (reader.Number(keyword) is not { } demanded || (isUpper ? writer.Maximum : writer.Minimum) is not { } limit
                || (isUpper ? limit.Value > demanded : limit.Value < demanded) || (limit.Value == demanded && isExclusive && !limit.IsExclusive))
            {
                if (IsBounded(writer, reader[keyword]!.Value, isUpper, isExclusive))
                    continue;
                gaps.Add(new Gap(SchemaChangeKind.Number, place, writer, reader, keyword));
            }
        }

        if (reader["multipleOf"] is not null && !(reader.Number("multipleOf") is { } divisor && divisor > 0
            && (writer.Divisors.Any(known => known % divisor == 0) || (isInteger && 1 % divisor == 0))))
            gaps.Add(new Gap(SchemaChangeKind.Number, place, writer, reader, "multipleOf"));
    }

    // Exactly, as decimals do not have all numbers.
    private static bool IsBounded(Conjunction writer, JsonElement demanded, bool isUpper, bool isExclusive) => demanded.ValueKind is JsonValueKind.Number && writer.Nodes.Any(node =>
        ((string[])(isUpper ? ["maximum", "exclusiveMaximum"] : ["minimum", "exclusiveMinimum"])).Any(own => node[own] is { ValueKind: JsonValueKind.Number } limit
            && JsonNumber.Of(limit).CompareTo(JsonNumber.Of(demanded)) is int order && ((isUpper ? order < 0 : order > 0) || (order == 0 && (own[0] == 'e' || !isExclusive)))));

    // Formats of JSON Schema are of texts. What others mean is not known, except for those of numbers in OpenAPI (https://spec.openapis.org/oas/v3.0.3#data-types).
    private static void OfFormat(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        if (reader.Text("format") is not { } format || writer.Nodes.Any(node => node.Text("format") == format))
            return;
        bool isOfNumber = IsOfNumber(reader, format);
        JsonTypes concerned = InstanceMaker.IsOfText(format) ? JsonTypes.String : isOfNumber ? JsonTypes.Number : JsonTypes.All;
        if ((writer.Types & concerned) != 0 && !(isOfNumber && IsInRange(writer, format)))
            gaps.Add(new Gap(SchemaChangeKind.Format, place, writer, reader, "format"));
    }

    // The validator passes over formats that are not known.
    private List<Gap> OfUnknownFormats(Conjunction writer, SchemaNode reader, Place place)
    {
        List<Gap> gaps = [];
        foreach (SchemaNode node in Conjunction.Of(_sources, [reader]).Nodes.Where(node => node.Text("format") is { } format && !InstanceMaker.IsOfText(format) && !IsOfNumber(node, format)))
            OfFormat(writer, node, place, gaps);
        return gaps;
    }

    private static bool IsOfNumber(SchemaNode reader, string format) => reader.Source.Schema.IsOpenApi && format is ("int32" or "int64" or "float" or "double");

    private static bool IsInRange(Conjunction writer, string format) => format switch
    {
        "int64" => HasFormat(writer, "int32") || IsBetween(writer, long.MinValue, long.MaxValue),
        "int32" => IsBetween(writer, int.MinValue, int.MaxValue),
        "double" => HasFormat(writer, "float") || HasFormat(writer, "int32"),
        _ => false,
    };

    private static bool HasFormat(Conjunction writer, string format) => writer.Nodes.Any(node => node.Source.Schema.IsOpenApi && node.Text("format") == format);

    private static bool IsBetween(Conjunction writer, decimal least, decimal most) => (writer.Types & JsonTypes.Fraction) == 0 && writer.Minimum?.Value >= least && writer.Maximum?.Value <= most;

    private static void OfStrings(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        if (reader["maxLength"] is not null && !(writer.Most("maxLength") <= reader.Number("maxLength")))
            gaps.Add(new Gap(SchemaChangeKind.Length, place, writer, reader, "maxLength"));
        if (reader["minLength"] is not null && !(writer.Least("minLength") >= reader.Number("minLength")))
            gaps.Add(new Gap(SchemaChangeKind.Length, place, writer, reader, "minLength"));
        if (reader.Text("pattern") is { } pattern && writer.Nodes.All(node => node.Text("pattern") != pattern))
            gaps.Add(new Gap(SchemaChangeKind.Pattern, place, writer, reader, "pattern"));
    }

    private static void OfUnknown(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps) =>
        gaps.AddRange(reader.Keywords.Where(keyword => !DialectKeywords.Has(reader.Dialect, keyword) && !DialectKeywords.IsAnnotation(keyword) && !(reader.Source.Schema.IsOpenApi && keyword is "discriminator")
                && writer.Nodes.All(node => !DialectKeywords.AreAlike(node.Dialect, reader.Dialect) || Raw(node, keyword) != Raw(reader, keyword)))
            .Select(keyword => new Gap(SchemaChangeKind.Unknown, place, writer, reader, keyword)));

    private static string? Raw(SchemaNode node, string keyword) => node.Json.ValueKind is JsonValueKind.Object && node.Json.TryGetProperty(keyword, out JsonElement value) ? value.GetRawText() : null;
}
