using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Which kinds of events a rule wants, by source and detail type.</summary>
/// <param name="Rule">The rule, whose pattern is valid.</param>
/// <param name="Kinds">The kinds, with the combinations of the pattern that want them; without combinations if there were too many to look at.</param>
/// <param name="Examples">The examples that the pattern matches, besides those that are named as not valid.</param>
internal sealed record RuleReach(ProjectRule Rule, IReadOnlyDictionary<EventKind, IReadOnlyList<PatternAlternative>> Kinds, IReadOnlyList<ProjectExample> Examples)
{
    private readonly ConcurrentDictionary<EventKind, bool> _empty = new();

    /// <summary>The kinds with a schema that the rule wants by source and detail type.</summary>
    public IEnumerable<EventKind> Known => Kinds.Keys.Where(kind => kind.Schema is not null);

    /// <summary>Whether it is proved that the rule matches no event: each that it wants has a schema, and none of those that are valid matches.</summary>
    public bool IsNever => Kinds.Count > 0 && Kinds.Keys.All(kind => kind.Schema is not null && IsEmpty(kind));

    /// <summary>Whether the rule names the detail type of a version of a schema and takes it, and none that follows it. A rule that takes all that comes, such as one that logs, needs no version.</summary>
    public bool Needs(ProjectSchema schema) =>
        Kinds.Keys.Any(kind => kind.Schema == schema && Names(kind) && !IsEmpty(kind))
        && !Kinds.Keys.Any(kind => kind.Schema is { IsRetired: false } other && other.Family == schema.Family && other.Version > schema.Version && !IsEmpty(kind));

    /// <summary>Whether it is proved that the rule matches no valid event of a kind that it wants by source and detail type.</summary>
    public bool IsEmpty(EventKind kind) => _empty.GetOrAdd(kind, Prove);

    /// <summary>Whether the rule matches every event of a kind, as it looks at nothing but the source and the detail type.</summary>
    public bool TakesAll(EventKind kind) => Kinds.TryGetValue(kind, out IReadOnlyList<PatternAlternative>? alternatives) && alternatives.Any(alternative => alternative.IsOfKindAlone);

    private bool Names(EventKind kind) => Kinds[kind].Count == 0 || Kinds[kind].Any(alternative => alternative.Names("detail-type", kind.DetailType));

    private bool Prove(EventKind kind)
    {
        if (kind.Schema?.Schema is not { } schema || Kinds[kind].Count == 0 || SchemaFields.HasDots(schema.Root))
            return false;
        // An event that shows it saves the proof.
        if (Examples.Any(example => example.Schema == kind.Schema && example.Violations.Count == 0))
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
    /// <param name="project">The project.</param>
    public static IReadOnlyList<RuleReach> Of(IReadOnlyList<ProjectRule> rules, Project project)
    {
        // All at once: to ask each rule about each schema would take the product of their numbers.
        PatternSet set = new();
        Dictionary<string, (int Rule, int Way)> asked = new(StringComparer.Ordinal);
        List<int[]> needed = [];
        IReadOnlyList<PatternAlternative>?[] alternatives = [.. rules.Select(rule => PatternAlternative.Of(rule.Pattern))];
        for (int rule = 0; rule < rules.Count; rule++)
            needed.Add([.. (alternatives[rule] ?? []).Select((alternative, way) => Add(set, asked, (rule, way), alternative))]);
        (int Rule, int Way)[] always = [.. needed.SelectMany((ways, rule) => ways.Select((count, way) => (Count: count, At: (rule, way)))).Where(each => each.Count == 0).Select(each => each.At)];
        List<Dictionary<EventKind, IReadOnlyList<PatternAlternative>>> found = [.. rules.Select(_ => new Dictionary<EventKind, IReadOnlyList<PatternAlternative>>())];
        foreach (EventKind kind in AllKinds(project.Schemas, alternatives))
        {
            IEnumerable<(int Rule, int Way)> matched = set.Match(kind.Envelope()).GroupBy(name => asked[name]).Where(same => same.Count() == needed[same.Key.Rule][same.Key.Way]).Select(same => same.Key);
            foreach (IGrouping<int, (int Rule, int Way)> ways in matched.Concat(always).GroupBy(each => each.Rule))
                found[ways.Key].Add(kind, [.. ways.OrderBy(each => each.Way).Select(each => alternatives[each.Rule]![each.Way])]);
            for (int rule = 0; rule < rules.Count; rule++)
            {
                if (alternatives[rule] is null)
                    found[rule].Add(kind, []);
            }
        }

        ILookup<string, ProjectExample> examples = Matched(rules, project.Examples);
        return [.. rules.Select((rule, index) => new RuleReach(rule, found[index], [.. examples[rule.Name]]))];
    }

    private static ILookup<string, ProjectExample> Matched(IReadOnlyList<ProjectRule> rules, IReadOnlyList<ProjectExample> examples)
    {
        PatternSet set = new();
        foreach (ProjectRule rule in rules)
            set.Add(rule.Name, EventPattern.Parse(Document.Write(rule.Pattern)));
        return examples.Where(example => !example.IsInvalid && example.Event is not null)
            .SelectMany(example => set.Match(Document.WriteUtf8(example.Event)).Select(name => (Name: name, Example: example)))
            .ToLookup(match => match.Name, match => match.Example, StringComparer.Ordinal);
    }

    private static int Add(PatternSet set, Dictionary<string, (int Rule, int Way)> asked, (int Rule, int Way) at, PatternAlternative alternative)
    {
        int count = 0;
        foreach (EventPattern pattern in alternative.Envelope())
        {
            string name = asked.Count.ToString(CultureInfo.InvariantCulture);
            asked.Add(name, at);
            set.Add(name, pattern);
            count++;
        }

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
}
