namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Everything that can be found out about an event pattern without an event.</summary>
public sealed class PatternReport
{
    /// <summary>The pattern length, in characters, that EventBridge allows by default (<c>MaxEventPatternLength</c>, quota "Event pattern size").</summary>
    public const int DefaultLength = 2048;

    /// <summary>The maximum pattern length that EventBridge allows, after a quota increase.</summary>
    public const int MaxLength = 4096;

    /// <summary>The maximum number of combinations of <c>$or</c> that EventBridge allows.</summary>
    public const int MaxCombinations = 1000;

    /// <summary>The wildcard score above which EventBridge rejects a rule as too complex.</summary>
    public const int MaxWildcardScore = 10;

    /// <summary>The maximum number of problems that are reported of one pattern.</summary>
    public const int MaxProblems = 1000;

    internal PatternReport(IReadOnlyList<PatternProblem> problems, int combinations, int wildcardScore)
    {
        Problems = problems;
        Combinations = combinations;
        WildcardScore = wildcardScore;
    }

    /// <summary>Whether EventBridge accepts the pattern, quotas aside.</summary>
    public bool IsValid => Problems.All(p => p.Severity != PatternProblemSeverity.Error);

    /// <summary>All problems, in the order of the text; of more than <see cref="MaxProblems"/>, so many.</summary>
    public IReadOnlyList<PatternProblem> Problems { get; }

    /// <summary>The number of combinations that the alternatives of <c>$or</c> make: 1 without <c>$or</c>, 0 for a pattern that is not valid.</summary>
    public int Combinations { get; }

    /// <summary>
    /// The largest number of automaton states that one input can keep alive at once through the wildcards of one field;
    /// 0 without wildcards.
    /// </summary>
    public int WildcardScore { get; }
}
