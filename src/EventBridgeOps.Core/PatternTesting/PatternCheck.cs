using System.Globalization;
using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Reports;

namespace EventBridgeOps.PatternTesting;

/// <summary>The check of a pattern without an event.</summary>
[Record("Pattern checks", Suite = "Patterns", Layout = RecordLayout.Text)]
public sealed partial record PatternCheck : IReportable
{
    /// <summary>The display name of the pattern: a rule with its event bus, or a file.</summary>
    public required string Pattern { get; init; }

    /// <summary>The event bus of the rule; null for a pattern without a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The rule; null for a pattern without a rule.</summary>
    public string? RuleName { get; init; }

    /// <summary>Whether the service would accept it, regardless of quotas, as far as it is known.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Whether all of the pattern is known; otherwise, the fields that depend on a value that the file of the rule does not specify were not checked.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>All errors and warnings, in the order of the text.</summary>
    public required IReadOnlyList<PatternProblem> Problems { get; init; }

    /// <summary>Its length in characters; the service allows 2,048 by default and 4,096 by quota.</summary>
    public required int Length { get; init; }

    /// <summary>The number of combinations of the alternatives of <c>$or</c>; 1 without any, 0 for a pattern that is not valid.</summary>
    public required int Combinations { get; init; }

    /// <summary>The complexity of its wildcards; the service allows 10.</summary>
    public required int WildcardScore { get; init; }

    /// <summary>The result of the service; null if it was not called or returned none.</summary>
    public PatternOutcome? Service { get; init; }

    /// <summary>Checks patterns.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="service">Also called, if specified.</param>
    /// <param name="observer">Receives differences from the service.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    public static async IAsyncEnumerable<PatternCheck> RunAsync(IEnumerable<NamedPattern> patterns, ServicePatterns? service, IRunObserver observer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (NamedPattern pattern in patterns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<PatternProblem> unknown = Unknown(pattern, observer);
            string? known = pattern.Rule is null ? pattern.Text : pattern.Rule.KnownPattern;
            PatternReport? report = known is null ? null : EventPattern.Check(known);
            PatternVerdict? answer = null;
            if (service is not null && unknown.Count > 0)
                observer.Warning(PatternTestingMessages.NotCompared(pattern.Name, pattern.DependsOn));
            else if (service is not null)
                answer = await service.CompareAsync(PatternVerdict.Of(pattern.Text, null), pattern.Text, null, pattern.Name, observer, cancellationToken);
            yield return new PatternCheck
            {
                Pattern = pattern.Name,
                EventBusName = pattern.EventBusName,
                RuleName = pattern.RuleName,
                IsValid = report?.IsValid ?? true,
                IsKnown = unknown.Count == 0,
                Problems = (report?.Problems ?? []).Concat(unknown).ToArray(), // PowerShell cannot index the list that it is.
                Length = pattern.Text.Length,
                Combinations = report?.Combinations ?? 1,
                WildcardScore = report?.WildcardScore ?? 0,
                Service = answer?.Outcome,
            };
        }
    }

    // An account, a Region or a partition is a text whatever it is, so that it decides nothing about the pattern.
    private static IReadOnlyList<PatternProblem> Unknown(NamedPattern pattern, IRunObserver observer) => [.. pattern.UnknownValues
        .Where(value => value.IsOfPattern && !value.IsOfPlace)
        .Select(value => new PatternProblem(
            PatternProblemSeverity.Warning,
            observer.Text(PatternTestingMessages.NotChecked(value.ToString())),
            1,
            1,
            value.Path.Substring("/EventPattern".Length),
            observer.Text(PatternTestingMessages.SpecifyValue())))];

    /// <summary>The check for people: a line for the pattern, then one or two for each problem.</summary>
    /// <param name="width">The width of a line in characters.</param>
    public string ToText(int width)
    {
        StringBuilder text = new();
        text.AppendWrapped("", "  ", Summary(), width);
        foreach (PatternProblem problem in Problems)
        {
            text.AppendWrapped("  ", "    ", problem.ToString(), width);
            if (problem.Hint is { } hint)
                text.AppendWrapped("    ", "    ", hint, width);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The check for people, 80 columns wide.</summary>
    [Field(Omitted = true)]
    public string Text => ToText(80);

    IEnumerable<ReportItem> IReportable.Report(IVoice voice)
    {
        if (Problems.Count == 0)
            return [ReportItem.Of(Shape, null, Pattern, PatternTestingMessages.ValidState().In(voice), Verdict.Passed, null, null)];
        return Problems.Select(problem => ReportItem.Of(
            Shape,
            null,
            Pattern,
            problem.Severity.ToString(),
            problem.Severity == PatternProblemSeverity.Error ? Verdict.Failed : Verdict.PassedWithWarning,
            $"{problem.Line}:{problem.Column} {problem.Pointer}".TrimEnd(),
            problem.Hint is null ? problem.Reason : $"{problem.Reason.TrimEnd('.')}. {problem.Hint}"));
    }

    /// <summary>The check for people, 80 columns wide.</summary>
    public override string ToString() => Text;

    private string Summary()
    {
        int errors = Problems.Count(problem => problem.Severity == PatternProblemSeverity.Error);
        List<Message> findings = [errors > 0 ? PatternTestingMessages.NotValid(errors) : IsKnown ? PatternTestingMessages.Valid() : PatternTestingMessages.ValidAsFarAsKnown()];
        if (Problems.Count > errors)
            findings.Add(PatternTestingMessages.Warnings(Problems.Count - errors));
        findings.Add(PatternTestingMessages.Characters(Number(Length), one: Length == 1));
        if (Combinations > 1)
            findings.Add(PatternTestingMessages.Combinations(Number(Combinations)));
        if (WildcardScore > 0)
            findings.Add(PatternTestingMessages.WildcardScore(WildcardScore, PatternReport.MaxWildcardScore));
        return PatternTestingMessages.CheckSummary(Pattern, Message.Join(", ", findings)).ToString();
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
