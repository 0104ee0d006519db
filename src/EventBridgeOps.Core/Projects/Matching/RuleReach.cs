using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Patterns;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Which kinds of events a rule wants, by source and detail type.</summary>
/// <param name="Rule">The rule, whose pattern is valid.</param>
/// <param name="Kinds">The kinds, with the combinations of the pattern that want them; without combinations if there were too many to look at.</param>
internal sealed record RuleReach(ProjectRule Rule, IReadOnlyDictionary<EventKind, IReadOnlyList<PatternAlternative>> Kinds)
{
    private readonly Dictionary<EventKind, bool> _empty = [];

    /// <summary>Whether the rule takes a version of a schema, and none that follows it.</summary>
    public bool Needs(ProjectSchema schema) =>
        Kinds.Keys.Any(kind => kind.Schema == schema && !IsEmpty(kind))
        && !Kinds.Keys.Any(kind => kind.Schema is { IsRetired: false } other && other.Family == schema.Family && other.Version > schema.Version && !IsEmpty(kind));

    /// <summary>Whether it is proved that the rule matches no valid event of a kind that it wants by source and detail type.</summary>
    public bool IsEmpty(EventKind kind) => _empty.TryGetValue(kind, out bool known) ? known : _empty[kind] = Prove(kind);

    private bool Prove(EventKind kind)
    {
        if (kind.Schema?.Schema is not { } schema || Kinds[kind].Count == 0 || SchemaFields.HasDots(schema.Root))
            return false;
        List<JsonObject> details = [];
        foreach (PatternAlternative alternative in Kinds[kind])
        {
            if (alternative.Detail() is not { } detail)
                return false;
            details.Add(detail);
        }

        return SchemaReach.IsEmpty(schema, PatternSchema.AnyOf(details));
    }

    /// <summary>Finds what rules want.</summary>
    /// <param name="rules">The rules, whose patterns are valid.</param>
    /// <param name="schemas">The schemas of the project.</param>
    public static IReadOnlyList<RuleReach> Of(IReadOnlyList<ProjectRule> rules, IReadOnlyList<ProjectSchema> schemas)
    {
        // All at once: to ask each rule about each schema would take the product of their numbers.
        PatternSet set = new();
        Dictionary<string, int> needed = new(StringComparer.Ordinal);
        IReadOnlyList<PatternAlternative>?[] alternatives = [.. rules.Select(rule => PatternAlternative.Of(rule.Pattern))];
        for (int rule = 0; rule < rules.Count; rule++)
        {
            for (int way = 0; way < (alternatives[rule]?.Count ?? 0); way++)
                needed.Add(Key(rule, way), Add(set, Key(rule, way), alternatives[rule]![way]));
        }

        List<Dictionary<EventKind, IReadOnlyList<PatternAlternative>>> found = [.. rules.Select(_ => new Dictionary<EventKind, IReadOnlyList<PatternAlternative>>())];
        List<string> names = [];
        foreach (EventKind kind in AllKinds(schemas, alternatives))
        {
            names.Clear();
            set.Match(kind.Envelope(), names);
            Dictionary<string, int> matched = names.GroupBy(name => name.Substring(0, name.LastIndexOf('/')), StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
            for (int rule = 0; rule < rules.Count; rule++)
            {
                IReadOnlyList<PatternAlternative>? all = alternatives[rule];
                PatternAlternative[] ways = all is null ? [] : [.. all.Where((_, way) => needed[Key(rule, way)] == (matched.TryGetValue(Key(rule, way), out int count) ? count : 0))];
                if (all is null || ways.Length > 0)
                    found[rule].Add(kind, ways);
            }
        }

        return [.. rules.Select((rule, index) => new RuleReach(rule, found[index]))];
    }

    private static int Add(PatternSet set, string key, PatternAlternative alternative)
    {
        int count = 0;
        foreach (EventPattern pattern in alternative.Envelope())
            set.Add($"{key}/{count++.ToString(CultureInfo.InvariantCulture)}", pattern);
        return count;
    }

    // Events without a schema, such as those of AWS services, are known by the rules that name them.
    private static IEnumerable<EventKind> AllKinds(IReadOnlyList<ProjectSchema> schemas, IEnumerable<IReadOnlyList<PatternAlternative>?> alternatives)
    {
        HashSet<(string?, string)> known = [.. schemas.Select(schema => (schema.Source, schema.DetailType))];
        foreach (ProjectSchema schema in schemas)
            yield return new EventKind(schema.Source, schema.DetailType, schema);
        foreach (PatternAlternative alternative in alternatives.Where(each => each is not null).SelectMany(each => each!))
        {
            foreach (string source in alternative.Exact("source"))
            {
                foreach (string type in alternative.Exact("detail-type").Where(type => known.Add((source, type))))
                    yield return new EventKind(source, type, null);
            }
        }
    }

    private static string Key(int rule, int way) => string.Format(CultureInfo.InvariantCulture, "{0}/{1}", rule, way);
}
