using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;

namespace EventBridgeOps.Routes;

/// <summary>Finds the rule that an event almost matches, and the first thing in which they differ.</summary>
internal static class NearestRule
{
    private const int MostShown = 5;

    /// <summary>What to say of an event that no rule matches.</summary>
    public static Message Explain(IReadOnlyList<RuleSet> sets, EventDocument document)
    {
        List<(RuleSet Set, RuleSummary Rule)> rules = [.. sets.SelectMany(set => set.Rules.Select(rule => (set, rule)))];
        if (rules.Count == 0)
            return sets.Count == 0 ? RouteMessages.NoBus() : sets.Sum(set => set.Invalid) is > 0 and int invalid ? RouteMessages.NoValidRule(invalid) : RouteMessages.NoRule(sets.Select(set => set.EventBusName));
        string? nearest = null;
        BranchExplanation? best = null;
        foreach ((RuleSet set, RuleSummary rule) in rules)
        {
            if (Branch(rule, document) is { Matches: false } branch && (best is null || Distance(branch).CompareTo(Distance(best)) < 0))
                (nearest, best) = ($"{set.EventBusName}/{rule.RuleName}", branch);
        }

        return best is null ? RouteMessages.NoMatch(rules.Count) : RouteMessages.Nearest(rules.Count, nearest!, Difference(best));
    }

    private static BranchExplanation? Branch(RuleSummary rule, EventDocument document)
    {
        try
        {
            return rule.KnownPattern is { } pattern ? EventPattern.Parse(pattern).Explain(document.Text).Best : null;
        }
        catch (Exception e) when (e is PatternException or EventException)
        {
            return null; // The run reports it elsewhere.
        }
    }

    // Fewer differences are nearer, and among equals more of what agrees.
    private static (int Differences, int Agreements) Distance(BranchExplanation branch) => (branch.Fields.Count(field => !field.Matches), -branch.Fields.Count(field => field.Matches));

    private static Message Difference(BranchExplanation branch)
    {
        if (branch.Fields.FirstOrDefault(field => !field.Matches) is not { } field)
            return RouteMessages.Conflict(branch.Conflict ?? "");
        IEnumerable<string> expected = field.Alternatives.Take(MostShown).Select(alternative => alternative.Expected);
        return field.Found.Count == 0 ? RouteMessages.Absent(field.Path, expected) : RouteMessages.Differs(field.Path, field.Found.Take(MostShown), expected);
    }
}
