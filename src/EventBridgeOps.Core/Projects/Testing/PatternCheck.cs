using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Matching;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the patterns of rules: by themselves, and against the schemas of the events that they want.</summary>
internal sealed class PatternCheck(ProjectRules rules) : IProjectCheck
{
    private const string Pattern = "/pattern";

    public void Run(Project project, Findings findings)
    {
        foreach (ProjectRule rule in project.Rules)
        {
            string text = Document.Write(rule.Pattern);
            PatternReport report = EventPattern.Check(text);
            foreach (PatternProblem problem in report.Problems)
                findings.Add(ProjectCheck.Pattern, problem.Severity == PatternProblemSeverity.Error ? FindingState.Failed : FindingState.Warning, rule.Name, rule.File.Fault(Pattern + problem.Pointer, ProjectTestMessages.PatternProblem(problem.Reason, problem.Hint)));
            if (text.Length > ProjectLimits.PatternLength)
                findings.Fail(ProjectCheck.Limit, rule.Name, rule.File.FaultOfKey(Pattern, ProjectTestMessages.PatternTooLong(text.Length, ProjectLimits.PatternLength)));
            if (report.IsValid && rules.Reach.TryGetValue(rule.Name, out RuleReach? reach))
                Check(rule, reach, findings);
        }
    }

    private static void Check(ProjectRule rule, RuleReach reach, Findings findings)
    {
        EventKind[] known = [.. reach.Kinds.Keys.Where(kind => kind.Schema is not null)];
        if (known.Length == 0)
        {
            // The events of AWS services have their own schemas.
            if (reach.Kinds.Keys.FirstOrDefault(kind => kind.Source?.StartsWith("aws.", StringComparison.Ordinal) != true) is { } unknown)
                findings.Warn(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(Pattern, ProjectTestMessages.NoSchemaOf(unknown.DetailType, unknown.Source ?? "")));
            else if (reach.Kinds.Count == 0)
                findings.Warn(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(Pattern, ProjectTestMessages.NoSchemaWanted()));
            else
                findings.Pass(ProjectCheck.Pattern, rule.Name, rule.File, ProjectTestMessages.ValidPattern());
            return;
        }

        EventKind[] reached = [.. known.Where(kind => !reach.IsEmpty(kind))];
        if (reached.Length == 0 && reach.Kinds.Count == known.Length)
        {
            findings.Fail(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(rule.Pattern.ContainsKey("detail") ? Pattern + "/detail" : Pattern, ProjectTestMessages.NeverMatches(known.Select(kind => kind.ToString()))));
            return;
        }

        foreach ((string pointer, IReadOnlyList<string> path) in SchemaFields.Of(rule.Pattern, Pattern))
        {
            if (!reached.Any(kind => kind.Schema!.Schema is not { } schema || SchemaFields.Knows(schema.Root, path)))
                findings.Warn(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(pointer, ProjectTestMessages.UnknownField(string.Join(".", path), reached.Select(kind => kind.ToString()))));
        }

        findings.Pass(ProjectCheck.Pattern, rule.Name, rule.File, ProjectTestMessages.Wants(reached.Select(kind => kind.ToString())));
    }
}
