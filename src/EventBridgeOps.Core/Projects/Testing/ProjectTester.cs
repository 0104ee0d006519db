using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Matching;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks a project without an account.</summary>
public static class ProjectTester
{
    /// <summary>Checks a project by itself.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="observer">Says how texts are spelled, and receives an error if a check failed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project.</exception>
    public static ProjectTest Test(string folder, IRunObserver observer, CancellationToken cancellationToken) => Test(folder, [], observer, cancellationToken);

    /// <summary>Checks a project, also with others.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="others">The full paths of the folders of other projects, with which it exchanges events.</param>
    /// <param name="observer">Says how texts are spelled, and receives an error if a check failed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: a folder is not a project.</exception>
    public static ProjectTest Test(string folder, IReadOnlyList<string> others, IRunObserver observer, CancellationToken cancellationToken)
    {
        Project[] pairs = [.. others.Select(Project.Read)];
        Project project = Project.Read(folder);
        string name = project.Settings?.Name ?? Path.GetFileName(project.Folder.Root);
        Findings findings = new(observer.Voice, name);
        // Without settings, all else would be judged by what it lacks.
        if (project.Settings is null)
        {
            foreach (ProjectFault fault in project.Faults.Where(fault => fault.File == ProjectFolder.SettingsFile))
                findings.Fail(ProjectCheck.File, fault.File, fault);
            return new ProjectTest(name, findings.All, 0, 0, 0, 0) { IsOfSettings = true };
        }

        foreach (ProjectFault fault in project.Faults)
            findings.Fail(ProjectCheck.File, fault.File, fault);
        ProjectRules rules = new(project);
        IProjectCheck[] checks = [new SettingsCheck(), new SchemaCheck(), new VersionCheck(rules, cancellationToken), new ExampleCheck(), new PatternCheck(rules), new TargetCheck(rules), new ResourceCheck(rules.References), new InputCheck(rules), new RuleTestCheck(rules), new LoopCheck(rules), new LimitCheck(), new TemplateCheck(), new PairCheck(pairs)];
        IReadOnlyList<Findings> found = InParallel.Each(checks, check =>
        {
            Findings own = new(observer.Voice, name);
            check.Run(project, own);
            return own;
        }, cancellationToken);
        return new ProjectTest(name, [.. found.Prepend(findings).SelectMany(each => each.All).OrderBy(finding => finding.State)], project.Schemas.Count, project.Examples.Count, project.Rules.Count, project.Rules.Sum(rule => rule.Tests.Count));
    }
}

/// <summary>A check of a whole project.</summary>
internal interface IProjectCheck
{
    /// <summary>Runs the check.</summary>
    /// <param name="project">The project.</param>
    /// <param name="findings">Receives what it finds.</param>
    void Run(Project project, Findings findings);
}

/// <summary>The rules of a project whose patterns are valid, and what they want.</summary>
internal sealed class ProjectRules
{
    private readonly Lazy<IReadOnlyDictionary<string, RuleReach>> _reach;

    public ProjectRules(Project project)
    {
        References = new ProjectReferences(project);
        Dictionary<string, EventPattern> patterns = new(StringComparer.Ordinal);
        List<ProjectRule> valid = [];
        foreach (ProjectRule rule in project.Rules)
        {
            try
            {
                patterns.Add(rule.Name, EventPattern.Parse(Events.Documents.Document.Write(rule.Pattern)));
                valid.Add(rule);
            }
            catch (PatternException)
            {
                // The check of patterns says why.
            }
        }

        Patterns = patterns;
        _reach = new Lazy<IReadOnlyDictionary<string, RuleReach>>(() => RuleReach.Of(valid, project).ToDictionary(reach => reach.Rule.Name, StringComparer.Ordinal));
    }

    /// <summary>The valid patterns, by the names of the rules.</summary>
    public IReadOnlyDictionary<string, EventPattern> Patterns { get; }

    /// <summary>What the rules with valid patterns want, by their names.</summary>
    public IReadOnlyDictionary<string, RuleReach> Reach => _reach.Value;

    /// <summary>What functions of CloudFormation refer to.</summary>
    public ProjectReferences References { get; }
}

/// <summary>What the checks of a project found.</summary>
/// <param name="Name">The name of the project.</param>
/// <param name="Findings">The findings: what failed, what needs attention, and what passed, each in the order of the checks.</param>
/// <param name="Schemas">How many versions of schemas there are.</param>
/// <param name="Examples">How many examples there are.</param>
/// <param name="Rules">How many rules there are.</param>
/// <param name="RuleTests">How many tests of rules there are.</param>
public sealed record ProjectTest(string Name, IReadOnlyList<ProjectFinding> Findings, int Schemas, int Examples, int Rules, int RuleTests)
{
    /// <summary>Whether only the settings were checked, because they are not valid.</summary>
    public bool IsOfSettings { get; init; }

    /// <summary>How many checks failed.</summary>
    public int Failed => Findings.Count(finding => finding.State == FindingState.Failed);

    /// <summary>How many checks passed with a warning.</summary>
    public int Warnings => Findings.Count(finding => finding.State == FindingState.Warning);

    /// <summary>Whether no check failed.</summary>
    public bool Passed => Failed == 0;

    /// <summary>What was checked and found, as a sentence.</summary>
    public Message Summary => IsOfSettings ? ProjectTestMessages.SummaryOfSettings(Name, Failed) : ProjectTestMessages.Summary(Name, Schemas, Examples, Rules, RuleTests, Failed, Warnings);

    /// <summary>The failure, as an error.</summary>
    /// <exception cref="InvalidOperationException">Nothing failed.</exception>
    public OpsException ToError() => Passed ? throw new InvalidOperationException() : new OpsException(ErrorIds.ProjectTestFailed, ProjectTestMessages.Failed(Name, Failed, Findings.First(finding => finding.State == FindingState.Failed).ToText()));
}
