using System.Globalization;
using System.Text;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.PatternTesting;

/// <summary>Everything that can be said of a pattern without an event.</summary>
public sealed record PatternCheck
{
    /// <summary>Whose pattern it is, for people: a rule with its bus, a file.</summary>
    public required string Pattern { get; init; }

    /// <summary>The bus of the rule that has the pattern; null for a pattern without a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The rule that has the pattern; null for a pattern without a rule.</summary>
    public string? RuleName { get; init; }

    /// <summary>Whether the service would take it, quotas aside.</summary>
    public required bool IsValid { get; init; }

    /// <summary>All that is wrong or doubtful, in the order of the text.</summary>
    public required IReadOnlyList<PatternProblem> Problems { get; init; }

    /// <summary>How many characters it has; the service allows 2,048 by default and 4,096 by quota.</summary>
    public required int Length { get; init; }

    /// <summary>How many combinations the alternatives of <c>$or</c> make; 1 without any, 0 for a pattern that is not valid.</summary>
    public required int Combinations { get; init; }

    /// <summary>How complex its wildcards are; the service allows 10.</summary>
    public required int WildcardScore { get; init; }

    /// <summary>What the service says; null where it was not asked or gave no answer.</summary>
    public PatternOutcome? Service { get; init; }

    /// <summary>Checks patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="service">Asked too, where it is given.</param>
    /// <param name="observer">Hears of differences to the service.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    public static async IAsyncEnumerable<PatternCheck> RunAsync(IEnumerable<NamedPattern> patterns, ServicePatterns? service, IRunObserver observer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (NamedPattern pattern in patterns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PatternReport report = EventPattern.Check(pattern.Text);
            PatternVerdict? answer = service is null ? null : await service.CompareAsync(PatternVerdict.Of(pattern.Text, null), pattern.Text, null, pattern.Name, observer, cancellationToken);
            yield return new PatternCheck
            {
                Pattern = pattern.Name,
                EventBusName = pattern.EventBusName,
                RuleName = pattern.RuleName,
                IsValid = report.IsValid,
                Problems = report.Problems.ToArray(), // PowerShell cannot index the list that it is.
                Length = pattern.Text.Length,
                Combinations = report.Combinations,
                WildcardScore = report.WildcardScore,
                Service = answer?.Outcome,
            };
        }
    }

    /// <summary>The check for people: a line for the pattern, then one or two for each problem.</summary>
    /// <param name="width">The width of a line in characters.</param>
    public string ToText(int width)
    {
        StringBuilder text = new();
        Wrap(text, "", "  ", Summary(), width);
        foreach (PatternProblem problem in Problems)
        {
            string severity = problem.Severity == PatternProblemSeverity.Error ? "error" : "warning";
            Wrap(text, "  ", "    ", $"{severity} {Number(problem.Line)}:{Number(problem.Column)} {problem.Pointer}".TrimEnd() + $": {problem.Reason}", width);
            if (problem.Hint is { } hint)
                Wrap(text, "    ", "    ", hint, width);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The check for people, 80 columns wide.</summary>
    public string Text => ToText(80);

    /// <summary>The check for people, 80 columns wide.</summary>
    public override string ToString() => Text;

    private string Summary()
    {
        int errors = Problems.Count(problem => problem.Severity == PatternProblemSeverity.Error);
        List<string> parts = [errors > 0 ? $"not valid, {Count(errors, "error")}" : "valid"];
        if (Problems.Count > errors)
            parts.Add(Count(Problems.Count - errors, "warning"));
        parts.Add($"{Count(Length, "character")}");
        if (Combinations > 1)
            parts.Add($"{Number(Combinations)} combinations of $or");
        if (WildcardScore > 0)
            parts.Add($"wildcard score {Number(WildcardScore)} of {Number(PatternReport.MaxWildcardScore)}");
        return $"{Pattern}: {string.Join(", ", parts)}";
    }

    private static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Breaks a text at spaces where it is too long for a line.</summary>
    private static void Wrap(StringBuilder text, string indent, string further, string line, int width)
    {
        line = string.Join(" ", line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (true)
        {
            int room = Math.Max(20, width - indent.Length);
            int cut = line.Length <= room ? -1 : line.LastIndexOf(' ', room);
            if (cut <= 0)
            {
                text.Append(indent).AppendLine(line);
                return;
            }

            text.Append(indent).AppendLine(line.Substring(0, cut));
            (line, indent) = (line.Substring(cut + 1), further);
        }
    }
}
