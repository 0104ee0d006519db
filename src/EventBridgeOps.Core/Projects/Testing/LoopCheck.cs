using EventBridgeOps.Projects.Matching;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Finds events that go round: a target that sends what its own rule matches, also by way of other rules.</summary>
/// <remarks>A target forwards what it receives if it is an event bus; of others, <c>emits</c> says what they send.</remarks>
internal sealed class LoopCheck(ProjectRules rules) : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        Dictionary<Step, List<Way>> ways = Ways(project);
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (Step start in ways.Keys)
        {
            if (told.Contains(start.Rule.Name) || Circle(ways, start) is not { } circle)
                continue;
            told.UnionWith(circle.Select(way => way.From.Rule.Name));
            // Of rules that take whatever has the detail type, and of an event that a rule sends to itself as it is, nothing is left to chance. What a target sends can differ from an example.
            bool isCertain = (circle.Count == 1 && circle[0].Forwards) || circle.All(way => way.From.Kind.Schema is not null && rules.Reach[way.From.Rule.Name].TakesAll(way.From.Kind));
            string[] names = [.. circle.Select(way => way.From.Rule.Name)];
            Files.ProjectFault fault = start.Rule.File.FaultOfKey(circle[0].Target.Pointer, isCertain ? ProjectTestMessages.Loop(start.Kind.ToString(), names) : ProjectTestMessages.MayLoop(start.Kind.ToString(), names));
            findings.Add(ProjectCheck.Loop, isCertain ? FindingState.Failed : FindingState.Warning, start.Rule.Name, fault);
        }
    }

    private Dictionary<Step, List<Way>> Ways(Project project)
    {
        string own = project.Settings?.BusName ?? "";
        Dictionary<string, EventKind[]> byName = rules.Reach.Values.SelectMany(reach => reach.Kinds.Keys).Where(kind => kind.Schema is not null).Distinct().GroupBy(kind => kind.Schema!.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);
        ILookup<(string Bus, EventKind Kind), RuleReach> takers = rules.Reach.Values.Where(reach => reach.Rule.IsEnabled).SelectMany(reach => reach.Kinds.Keys.Select(kind => (Key: (reach.Rule.BusName ?? own, kind), Reach: reach))).ToLookup(each => each.Key, each => each.Reach);
        Dictionary<Step, List<Way>> ways = [];
        foreach (RuleReach reach in rules.Reach.Values.Where(reach => reach.Rule.IsEnabled))
        {
            foreach (ProjectTarget target in reach.Rule.Targets)
            {
                string? bus = rules.References.Bus(target.Arn);
                if (bus is null && target.Emits.Count == 0)
                    continue;
                foreach (EventKind kind in reach.Kinds.Keys)
                {
                    Step from = new(reach.Rule, kind);
                    IEnumerable<(string Bus, EventKind Kind, bool Forwards)> sent = bus is not null ? [(bus, kind, true)]
                        : target.Emits.SelectMany(name => byName.TryGetValue(name, out EventKind[]? kinds) ? kinds : []).Select(each => (own, each, false));
                    foreach ((string at, EventKind emitted, bool forwards) in sent)
                    {
                        if (!ways.TryGetValue(from, out List<Way>? known))
                            ways.Add(from, known = []);
                        known.AddRange(takers[(at, emitted)].Select(taker => new Way(from, new Step(taker.Rule, emitted), target, forwards)));
                    }
                }
            }
        }

        return ways;
    }

    /// <summary>The shortest way from a step back to itself; null if there is none.</summary>
    private static List<Way>? Circle(Dictionary<Step, List<Way>> ways, Step start)
    {
        Dictionary<Step, Way> reached = [];
        Queue<Step> open = new([start]);
        while (open.Count > 0)
        {
            Step at = open.Dequeue();
            foreach (Way way in ways.TryGetValue(at, out List<Way>? known) ? known : [])
            {
                if (way.To.Equals(start))
                    return Back(reached, way, start);
                if (reached.ContainsKey(way.To))
                    continue;
                reached.Add(way.To, way);
                open.Enqueue(way.To);
            }
        }

        return null;
    }

    private static List<Way> Back(Dictionary<Step, Way> reached, Way last, Step start)
    {
        List<Way> circle = [last];
        while (!circle[0].From.Equals(start))
            circle.Insert(0, reached[circle[0].From]);
        return circle;
    }

    /// <summary>An event of a kind at a rule.</summary>
    private readonly record struct Step(ProjectRule Rule, EventKind Kind)
    {
        public bool Equals(Step other) => ReferenceEquals(Rule, other.Rule) && Kind.Equals(other.Kind);

        public override int GetHashCode() => Rule.Name.GetHashCode() ^ Kind.DetailType.GetHashCode();
    }

    private sealed record Way(Step From, Step To, ProjectTarget Target, bool Forwards);
}
