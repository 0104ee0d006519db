using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Explaining;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns;

/// <summary>Explains a pattern by an event. The verdicts are the matcher's own; what is added is what each part would have needed.</summary>
internal static class Explainer
{
    // More branches than anyone reads; the best one is among them or all are alike.
    private const int MaxBranches = 1000;

    /// <summary>Explains.</summary>
    /// <exception cref="EventException">The text is not an event.</exception>
    public static Explanation Explain(EventPattern pattern, byte[] utf8Event)
    {
        bool matches = pattern.Matches(utf8Event);
        EventView view = new(utf8Event, pattern.Conjunctions.SelectMany(c => c).Select(t => t.Path).Distinct(StringComparer.Ordinal));
        List<BranchExplanation> branches = pattern.Conjunctions
            .Take(MaxBranches)
            .Select(tests => Branch(tests, utf8Event, view))
            .OrderByDescending(b => b.Matches)
            .ThenByDescending(b => b.Fields.Count(f => f.Matches) / (double)b.Fields.Count)
            .ThenByDescending(b => b.Conflict == null)
            .ToList();
        if (matches && !branches[0].Matches)
        {
            PathTest[] matching = pattern.Conjunctions.Skip(MaxBranches).First(tests => EventPattern.Of(tests).Matches(utf8Event));
            branches.Insert(0, Branch(matching, utf8Event, view));
        }

        return new Explanation(matches, branches);
    }

    private static BranchExplanation Branch(PathTest[] tests, byte[] utf8Event, EventView view)
    {
        bool matches = EventPattern.Of(tests).Matches(utf8Event);
        List<FieldExplanation> fields = tests.Select(t => Field(t, matches, utf8Event, view)).ToList();
        string? conflict = matches || fields.Exists(f => !f.Matches) ? null : Conflict(tests, utf8Event);
        return new BranchExplanation(matches, fields, conflict);
    }

    private static FieldExplanation Field(PathTest test, bool inMatch, byte[] utf8Event, EventView view)
    {
        IReadOnlyList<EventValue> values = view.ValuesAt(test.Path);
        bool matches = inMatch || EventPattern.Of(test).Matches(utf8Event);
        List<AlternativeExplanation> alternatives = test.Alternatives.Select(a => Alternative(a, values, matches)).ToList();
        string? nearMiss = matches || values.Count > 0 ? null : NearMiss.OfPath(test.Path, view.AllPaths);
        return new FieldExplanation(test.Path, matches, values.Select(v => v.Json).ToList(), alternatives, nearMiss);
    }

    private static AlternativeExplanation Alternative(Alternative alternative, IReadOnlyList<EventValue> values, bool fieldMatches)
    {
        bool matches = alternative.IsAbsent
            ? values.Count == 0 || (fieldMatches && values.All(v => v.InArray))
            : values.Any(v => v.Passes(alternative.Tests));
        string? nearMiss = matches || fieldMatches ? null : values.Select(v => NearMiss.OfValue(alternative.Node, v)).FirstOrDefault(n => n != null);
        return new AlternativeExplanation(PatternJson.Write(alternative.Node), matches, nearMiss);
    }

    // Each field matches by itself: find two that never do so together.
    private static string Conflict(PathTest[] tests, byte[] utf8Event)
    {
        for (int i = 0; i < tests.Length; i++)
        {
            for (int j = i + 1; j < tests.Length; j++)
            {
                if (!EventPattern.Of(tests[i], tests[j]).Matches(utf8Event))
                {
                    return ExplainingTexts.DifferentElements(tests[i].Path, tests[j].Path);
                }
            }
        }

        return ExplainingTexts.DifferentElements();
    }
}
