using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Matching;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks the patterns of rules: by themselves, and against the schemas of the events that they want.</summary>
internal sealed class PatternCheck(ProjectRules rules) : IProjectCheck
{
    private const string Pattern = "/pattern";

    public void Run(Project project, Findings findings)
    {
        ILookup<string, (string Pointer, RuleReach Reach)> alternatives = Alternatives(project);
        foreach (ProjectRule rule in project.Rules)
        {
            string text = Document.Write(rule.Pattern);
            PatternReport report = EventPattern.Check(text);
            foreach (PatternProblem problem in report.Problems)
                findings.Add(ProjectCheck.Pattern, problem.Severity == PatternProblemSeverity.Error ? FindingState.Failed : FindingState.Warning, rule.Name, rule.File.Fault(Pattern + problem.Pointer, ProjectTestMessages.PatternProblem(problem.Reason, problem.Hint)));
            if (text.Length > ProjectLimits.PatternLength)
                findings.Fail(ProjectCheck.Limit, rule.Name, rule.File.FaultOfKey(Pattern, ProjectTestMessages.PatternTooLong(text.Length, ProjectLimits.PatternLength)));
            if (report.IsValid && rules.Reach.TryGetValue(rule.Name, out RuleReach? reach))
                Check(project, rule, reach, [.. alternatives[rule.Name]], findings);
        }
    }

    /// <summary>What each alternative of <c>$or</c> wants by itself, by the names of the rules.</summary>
    private ILookup<string, (string Pointer, RuleReach Reach)> Alternatives(Project project)
    {
        (ProjectRule Rule, string Name, string Pointer)[] single =
        [
            .. project.Rules.Where(rule => rules.Patterns.ContainsKey(rule.Name)).SelectMany(rule => PatternAlternative.Single(rule.Pattern)
                .Where(each => EventPattern.Check(Document.Write(each.Pattern)).IsValid)
                .Select(each => (Rule: rule with { Name = rule.Name + each.Pointer, Pattern = each.Pattern }, rule.Name, Pattern + each.Pointer))),
        ];
        return (single.Length == 0 ? [] : RuleReach.Of([.. single.Select(each => each.Rule)], project)).Zip(single, (reach, each) => (each.Name, each.Pointer, Reach: reach)).ToLookup(each => each.Name, each => (each.Pointer, each.Reach), StringComparer.Ordinal);
    }

    private static void Check(Project project, ProjectRule rule, RuleReach reach, (string Pointer, RuleReach Reach)[] alternatives, Findings findings)
    {
        EventKind[] known = [.. reach.Known];
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
        if (reach.IsNever)
        {
            findings.Fail(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(rule.Pattern.ContainsKey("detail") ? Pattern + "/detail" : Pattern, ProjectTestMessages.NeverMatches(known.Select(kind => kind.ToString()))));
            return;
        }

        (string Pointer, RuleReach Reach)[] never = [.. alternatives.Where(each => each.Reach.IsNever)];
        foreach ((string pointer, RuleReach alternative) in never)
            findings.Fail(ProjectCheck.Pattern, rule.Name, rule.File.Fault(pointer, ProjectTestMessages.AlternativeNeverMatches(alternative.Known.Select(kind => kind.ToString()))));
        foreach ((string pointer, EventKind unknown) in Undescribed(project, rule, reach))
            findings.Warn(ProjectCheck.Pattern, rule.Name, rule.File.Fault(pointer, ProjectTestMessages.NoSchemaOf(unknown.DetailType, unknown.Source ?? "")));
        foreach ((string pointer, IReadOnlyList<string> path) in SchemaFields.Of(rule.Pattern, Pattern).Where(field => !never.Any(each => field.Pointer.StartsWith(each.Pointer + "/", StringComparison.Ordinal))))
        {
            if (!reached.Any(kind => kind.Schema!.Schema is not { } schema || SchemaFields.Knows(schema.Root, path)))
                findings.Warn(ProjectCheck.Pattern, rule.Name, rule.File.FaultOfKey(pointer, ProjectTestMessages.UnknownField(string.Join(".", path), reached.Select(kind => kind.ToString()))));
        }

        findings.Pass(ProjectCheck.Pattern, rule.Name, rule.File, ProjectTestMessages.Wants(reached.Select(kind => kind.ToString())));
    }

    /// <summary>The detail types that a rule names, and that no schema of one of its sources describes.</summary>
    private static IEnumerable<(string Pointer, EventKind Kind)> Undescribed(Project project, ProjectRule rule, RuleReach reach)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (PatternAlternative alternative in PatternAlternative.Of(rule.Pattern) ?? [])
        {
            string[] sources = [.. alternative.Exact("source")];
            foreach (string type in alternative.Exact("detail-type").Where(type => !project.Schemas.Any(schema => schema.DetailType == type && (schema.Source is null || sources.Contains(schema.Source, StringComparer.Ordinal)))))
            {
                EventKind? kind = reach.Kinds.Keys.FirstOrDefault(kind => kind.Schema is null && kind.DetailType == type && kind.Source is { } source && sources.Contains(source, StringComparer.Ordinal));
                if (kind is null || kind.Source!.StartsWith("aws.", StringComparison.Ordinal) || !told.Add(type))
                    continue;
                int index = (rule.Pattern["detail-type"] as JsonArray)?.Select(Document.Text).ToList().IndexOf(type) ?? -1;
                yield return (index < 0 ? Pattern : JsonPointers.Add(Pattern + "/detail-type", index), kind);
            }
        }
    }
}
