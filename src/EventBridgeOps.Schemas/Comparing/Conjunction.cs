using System.Runtime.CompilerServices;
using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Schemas that a value follows all together, with references and <c>allOf</c> resolved, and with the choices that they leave.</summary>
internal sealed class Conjunction
{
    private readonly SchemaSources _sources;
    private JsonTypes? _types;
    private IReadOnlyList<JsonElement>? _values;
    private bool _valuesKnown;
    private Dictionary<string, List<SchemaNode>>? _declaring;
    private List<SchemaNode>? _general;

    private Conjunction(SchemaSources sources, IReadOnlyList<SchemaNode> nodes, IReadOnlyList<SchemaChoice> choices)
    {
        (_sources, Nodes, Choices) = (sources, nodes, choices);
        Key = string.Join(" & ", nodes.Select(node => node.Id).OrderBy(id => id, StringComparer.Ordinal)) + " ? " + string.Join(",", choices.Select(choice => choice.Id));
    }

    /// <summary>The schemas; none allows everything.</summary>
    public IReadOnlyList<SchemaNode> Nodes { get; }

    /// <summary>The choices that were not made: each <c>anyOf</c>, <c>oneOf</c>, <c>if</c> and dependent schema.</summary>
    public IReadOnlyList<SchemaChoice> Choices { get; }

    /// <summary>Names the conjunction among all of a comparison.</summary>
    public string Key { get; }

    public bool IsFalse => Nodes.Any(node => node.IsFalse);

    public static Conjunction Of(SchemaSources sources, IEnumerable<SchemaNode> nodes)
    {
        List<SchemaNode> all = [];
        List<SchemaChoice> choices = [];
        foreach (SchemaNode node in nodes)
            Add(sources, node, all, choices);
        return new Conjunction(sources, all, choices);
    }

    public Conjunction And(params SchemaNode[] more)
    {
        List<SchemaNode> all = [.. Nodes];
        List<SchemaChoice> choices = [.. Choices];
        foreach (SchemaNode node in more)
            Add(_sources, node, all, choices);
        return new Conjunction(_sources, all, choices);
    }

    /// <summary>The conjunction for each alternative of its first choice.</summary>
    public IEnumerable<Conjunction> Split()
    {
        SchemaChoice first = Choices[0];
        Conjunction rest = new(_sources, Nodes, [.. Choices.Skip(1)]);
        return first.Alternatives.Select(nodes => rest.And([.. nodes]));
    }

    private static void Add(SchemaSources sources, SchemaNode node, List<SchemaNode> all, List<SchemaChoice> choices)
    {
        sources.Cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (all.Contains(node))
            return;
        all.Add(node);
        if (node.Reference is { } target)
            Add(sources, target, all, choices);
        foreach (SchemaNode part in node.List("allOf"))
            Add(sources, part, all, choices);
        foreach (string keyword in (string[])["anyOf", "oneOf"])
        {
            if (node.List(keyword) is { Count: > 0 } alternatives)
                choices.Add(new SchemaChoice($"{node.Id}/{keyword}", [.. alternatives.Select(alternative => (IReadOnlyList<SchemaNode>)[alternative])]));
        }

        if (node.Child("if") is { } condition)
        {
            choices.Add(new SchemaChoice($"{node.Id}/if",
                [[condition, .. node.Child("then") is { } then ? [then] : (SchemaNode[])[]], [sources.Not(condition), .. node.Child("else") is { } other ? [other] : (SchemaNode[])[]]]));
        }

        foreach (KeyValuePair<string, SchemaNode> dependent in node.DependentSchemas)
            choices.Add(new SchemaChoice($"{node.Id}/dependentSchemas/{dependent.Key}", [[sources.Having(dependent.Key), dependent.Value], [sources.Lacking(dependent.Key)]]));
    }

    /// <summary>The types that a value can have.</summary>
    public JsonTypes Types => _types ??= IsFalse ? JsonTypes.None : Nodes.Aggregate(JsonTypes.All, (types, node) => types & JsonTypeNames.Of(node) & OfListed(node));

    private static JsonTypes OfListed(SchemaNode node) =>
        Listed(node) is { } values ? values.Aggregate(JsonTypes.None, (types, value) => types | JsonTypeNames.Of(value)) : JsonTypes.All;

    private static IReadOnlyList<JsonElement>? Listed(SchemaNode node) =>
        node["const"] is { } constant ? [constant] : node["enum"] is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    /// <summary>All values, if they can be listed; else null.</summary>
    public IReadOnlyList<JsonElement>? Values
    {
        get
        {
            if (!_valuesKnown)
            {
                _valuesKnown = true;
                IReadOnlyList<JsonElement>? listed = Nodes.Select(Listed).Where(values => values is not null).OrderBy(values => values!.Count).FirstOrDefault()
                    ?? ((Types & ~(JsonTypes.Null | JsonTypes.Boolean)) == JsonTypes.None ? s_small : null);
                _values = listed is null ? null : [.. listed.Where(IsValid)];
            }

            return _values;
        }
    }

    private static readonly IReadOnlyList<JsonElement> s_small = [.. JsonDocument.Parse("[null,true,false]").RootElement.Clone().EnumerateArray()];

    public bool IsValid(JsonElement value) => Nodes.All(node => node.IsValid(value));

    // ---- numbers

    /// <summary>The largest number; null if there is no limit.</summary>
    public (decimal Value, bool IsExclusive)? Maximum => Limit("maximum", "exclusiveMaximum", (a, b) => a < b, -1);

    public (decimal Value, bool IsExclusive)? Minimum => Limit("minimum", "exclusiveMinimum", (a, b) => a > b, 1);

    private (decimal Value, bool IsExclusive)? Limit(string inclusive, string exclusive, Func<decimal, decimal, bool> isTighter, int inward)
    {
        (decimal Value, bool IsExclusive)? limit = null;
        foreach (SchemaNode node in Nodes)
        {
            if (node.Number(inclusive) is { } value && (limit is null || isTighter(value, limit.Value.Value)))
                limit = (value, false);
            if (node.Number(exclusive) is { } other && (limit is null || isTighter(other, limit.Value.Value) || other == limit.Value.Value))
                limit = (other, true);
        }

        if (limit is not { } found || (Types & JsonTypes.Fraction) != 0 || Math.Abs(found.Value) > 1_000_000_000_000_000m)
            return limit;
        // Of integers, the next one inward is the limit.
        decimal whole = inward < 0 ? decimal.Floor(found.Value) : decimal.Ceiling(found.Value);
        return (whole == found.Value && found.IsExclusive ? whole + inward : whole, false);
    }

    public IEnumerable<decimal> Divisors => Nodes.Select(node => node.Number("multipleOf")).Where(number => number > 0).Select(number => number!.Value);

    // ---- lengths

    public decimal? Most(string keyword) => Nodes.Select(node => node.Number(keyword)).Min();

    public decimal Least(string keyword) => Nodes.Select(node => node.Number(keyword)).Max() ?? 0;

    // ---- arrays

    public int FirstItemCount => Nodes.Select(node => node.FirstItems.Count).DefaultIfEmpty(0).Max();

    /// <summary>What the item at an index follows.</summary>
    public Conjunction Item(int index) =>
        Of(_sources, Nodes.Select(node => index < node.FirstItems.Count ? node.FirstItems[index] : node.OtherItems).Where(item => item is not null)!);

    /// <summary>The largest number of items.</summary>
    public decimal? MostItems
    {
        get
        {
            decimal? most = Most("maxItems");
            foreach (SchemaNode node in Nodes.Where(node => node.OtherItems is { IsFalse: true }))
                most = Math.Min(most ?? decimal.MaxValue, node.FirstItems.Count);
            return most;
        }
    }

    // ---- objects

    public HashSet<string> Required => [.. Nodes.SelectMany(node => node.Texts("required"))];

    /// <summary>The names that have a schema of their own.</summary>
    public IReadOnlyList<string> Declared => [.. Nodes.SelectMany(node => node.Map("properties").Keys).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> DeclaredPatterns => [.. Nodes.SelectMany(node => node.Map("patternProperties").Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a name has a schema of its own, by itself or by a pattern.</summary>
    public bool Declares(string name) => Declaring.ContainsKey(name) || General.Any(node => node.Map("patternProperties").Keys.Any(pattern => Matches(pattern, name)));

    /// <summary>What the value of a name follows.</summary>
    public Conjunction Property(string name) =>
        Of(_sources, (Declaring.TryGetValue(name, out List<SchemaNode>? own) ? General.Count == 0 ? own : own.Union(General) : General).SelectMany(node => OfName(node, name)));

    // A pattern of many fields is a schema for each: to ask all of them about each field would take the square of their number.
    private Dictionary<string, List<SchemaNode>> Declaring
    {
        get
        {
            if (_declaring is not null)
                return _declaring;
            _declaring = new Dictionary<string, List<SchemaNode>>(StringComparer.Ordinal);
            foreach (SchemaNode node in Nodes)
            {
                foreach (string name in node.Map("properties").Keys)
                {
                    if (!_declaring.TryGetValue(name, out List<SchemaNode>? declaring))
                        _declaring[name] = declaring = [];
                    declaring.Add(node);
                }
            }

            return _declaring;
        }
    }

    /// <summary>The schemas that say something about names that they do not list.</summary>
    private List<SchemaNode> General => _general ??= [.. Nodes.Where(node => node.Map("patternProperties").Count > 0 || node.Child("additionalProperties") is not null || node.Child("unevaluatedProperties") is not null)];

    private static List<SchemaNode> OfName(SchemaNode node, string name)
    {
        List<SchemaNode> own = [];
        if (node.Map("properties").TryGetValue(name, out SchemaNode? property))
            own.Add(property);
        own.AddRange(node.Map("patternProperties").Where(pattern => Matches(pattern.Key, name)).Select(pattern => pattern.Value));
        return own.Count > 0 ? own : Others(node, name) is { } others ? [others] : [];
    }

    /// <summary>What the value of a name that nothing declares follows.</summary>
    public Conjunction OtherProperties => Of(_sources, Nodes.Select(node => Others(node, null)).Where(others => others is not null)!);

    /// <summary>What the values follow whose names match a pattern that is declared as it is written.</summary>
    public Conjunction PatternProperty(string pattern) => Of(_sources, Nodes.Select(node => node.Map("patternProperties").TryGetValue(pattern, out SchemaNode? property) ? property : null).Where(property => property is not null)!);

    // unevaluatedProperties counts for a name that no schema at the same place can know.
    private static SchemaNode? Others(SchemaNode node, string? name) => node.Child("additionalProperties") ?? (node.Child("unevaluatedProperties") is { } others && !CanKnow(node, name, 0) ? others : null);

    private static bool CanKnow(SchemaNode node, string? name, int depth) =>
        depth > 50 || (depth > 0 && (node.Child("additionalProperties") is not null || node.Child("unevaluatedProperties") is not null || (name is null ? node.Map("patternProperties").Count > 0 : node.Map("properties").ContainsKey(name) || node.Map("patternProperties").Keys.Any(pattern => Matches(pattern, name)))))
        || InPlace(node).Any(other => CanKnow(other, name, depth + 1));

    /// <summary>The schemas that look at the same value as a node.</summary>
    public static IEnumerable<SchemaNode> InPlace(SchemaNode node) =>
        [
            .. node.Reference is { } target ? [target] : (SchemaNode[])[], .. node.List("allOf"), .. node.List("anyOf"), .. node.List("oneOf"),
            .. ((string[])["if", "then", "else"]).Select(node.Child).Where(child => child is not null).Select(child => child!), .. node.DependentSchemas.Select(dependent => dependent.Value),
        ];

    /// <summary>Whether a name matches a pattern. One that .NET cannot read is taken to match nothing here; the validator decides.</summary>
    public static bool Matches(string pattern, string text)
    {
        try
        {
            return TimedPatterns.Of(pattern).IsMatch(text);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Alternatives of which a value follows at least one.</summary>
/// <param name="Id">Names the choice.</param>
/// <param name="Alternatives">The schemas of each alternative.</param>
internal sealed record SchemaChoice(string Id, IReadOnlyList<IReadOnlyList<SchemaNode>> Alternatives);
