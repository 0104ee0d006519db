using System.Text.Json;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Proves that every value of one schema, the writer's, follows another one, the reader's, and names what could not be proved.</summary>
/// <remarks>
/// The reader's schema is a list of demands. Each is shown to follow from what the writer's schemas say together; where they leave a choice, it is shown for each
/// alternative. What refers to itself is taken to hold within itself, as soon as the event was entered one level deeper: events are finite.
/// </remarks>
internal sealed partial class Inclusion
{
    private const int MostItems = 30;
    private readonly SchemaSources _sources;
    private readonly bool _isLenient;
    private readonly Budget _budget;
    private readonly Emptiness _emptiness;
    private readonly SchemaSource? _writer;
    private readonly Discriminators _discriminators;
    private readonly Dictionary<string, KnownNames> _names = new(StringComparer.Ordinal);
    private Dictionary<(string Writer, SchemaNode Reader), int> _open = [];
    private readonly HashSet<(string Writer, SchemaNode Reader)> _proved = [];
    private int _shallowestAssumption = int.MaxValue;

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
        Dictionary<(string, SchemaNode), int> above = _open;
        int assumption = _shallowestAssumption;
        try
        {
            (_open, _shallowestAssumption) = ([], int.MaxValue);
            return Find(writer, reader, Place.Top).Count == 0;
        }
        finally
        {
            (_open, _shallowestAssumption) = (above, assumption);
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
        if (_open.TryGetValue(pair, out int depth))
        {
            _shallowestAssumption = Math.Min(_shallowestAssumption, depth);
            return depth < place.Depth ? [] : [new Gap(SchemaChangeKind.Unknown, place, writer, reader, "$ref")];
        }

        if (!_budget.Take())
            return [new Gap(SchemaChangeKind.Unknown, place, writer, reader, "")];
        int before = _shallowestAssumption;
        _shallowestAssumption = int.MaxValue;
        _open.Add(pair, place.Depth);
        List<Gap> gaps = Demands(writer, reader, place);
        _open.Remove(pair);
        // What was proved with the help of an assumption holds only as long as that is open.
        if (gaps.Count == 0 && (_shallowestAssumption == int.MaxValue || _open.Count == 0))
            _proved.Add(pair);
        _shallowestAssumption = Math.Min(before, _open.Count == 0 ? int.MaxValue : _shallowestAssumption);
        return gaps;
    }

    private List<Gap> Demands(Conjunction writer, SchemaNode reader, Place place)
    {
        if (writer.Values is { } values)
        {
            List<JsonElement> refused = [.. values.Where(value => !reader.IsValid(value))];
            return refused.Count == 0 ? [] : [new Gap(SchemaChangeKind.Value, place, writer, reader, KeywordOf(reader, refused[0]), Values: refused)];
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
                gaps.Add(new Gap(SchemaChangeKind.Number, place, writer, reader, keyword));
        }

        if (reader["multipleOf"] is not null && !(reader.Number("multipleOf") is { } divisor && divisor > 0
            && (writer.Divisors.Any(known => known % divisor == 0) || (isInteger && 1 % divisor == 0))))
            gaps.Add(new Gap(SchemaChangeKind.Number, place, writer, reader, "multipleOf"));
    }

    private static void OfStrings(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        if (reader["maxLength"] is not null && !(writer.Most("maxLength") <= reader.Number("maxLength")))
            gaps.Add(new Gap(SchemaChangeKind.Length, place, writer, reader, "maxLength"));
        if (reader["minLength"] is not null && !(writer.Least("minLength") >= reader.Number("minLength")))
            gaps.Add(new Gap(SchemaChangeKind.Length, place, writer, reader, "minLength"));
        if (reader.Text("pattern") is { } pattern && writer.Nodes.All(node => node.Text("pattern") != pattern))
            gaps.Add(new Gap(SchemaChangeKind.Pattern, place, writer, reader, "pattern"));
        if (reader.Text("format") is { } format && writer.Nodes.All(node => node.Text("format") != format))
            gaps.Add(new Gap(SchemaChangeKind.Format, place, writer, reader, "format"));
    }

    private static void OfUnknown(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps) =>
        gaps.AddRange(reader.Keywords.Where(keyword => !DialectKeywords.Has(reader.Dialect, keyword) && !DialectKeywords.IsAnnotation(keyword) && !(reader.Source.Schema.IsOpenApi && keyword is "discriminator")
                && writer.Nodes.All(node => !DialectKeywords.AreAlike(node.Dialect, reader.Dialect) || Raw(node, keyword) != Raw(reader, keyword)))
            .Select(keyword => new Gap(SchemaChangeKind.Unknown, place, writer, reader, keyword)));

    private static string? Raw(SchemaNode node, string keyword) => node.Json.ValueKind is JsonValueKind.Object && node.Json.TryGetProperty(keyword, out JsonElement value) ? value.GetRawText() : null;
}
