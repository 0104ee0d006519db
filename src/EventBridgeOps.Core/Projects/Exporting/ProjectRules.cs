using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>Reads rules from files, and from the folders of projects, whose rules are those of their templates.</summary>
public static class ProjectRules
{
    /// <summary>Reads the rules of files and of folders of projects.</summary>
    /// <param name="paths">The paths of the files and of the folders.</param>
    /// <param name="options">Values for what templates leave open, and the environment of the projects.</param>
    /// <param name="observer">Receives what in them cannot be used, and what is not known.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException">
    /// The errors of <see cref="RuleFile.ReadAsync(IEnumerable{string}, IReadOnlyDictionary{string, string}, IRunObserver, CancellationToken)"/>.
    /// <see cref="ErrorIds.InvalidProject"/>: a file of a project is not valid. <see cref="ErrorIds.InvalidArgument"/>: a project does not have the environment.
    /// </exception>
    public static async Task<IReadOnlyList<RuleSummary>> ReadAsync(IReadOnlyList<string> paths, RuleFileOptions options, IRunObserver observer, CancellationToken cancellationToken)
    {
        string[] folders = [.. paths.Where(path => Directory.Exists(path) && new ProjectFolder(path).IsProject)];
        List<RuleSummary> rules = [.. folders.SelectMany(folder => OfProject(new ProjectFolder(folder).Root, options, observer))];
        if (folders.Length < paths.Count)
            rules.AddRange(await RuleFile.ReadAsync(paths.Except(folders), options.Parameter, observer, cancellationToken));
        return rules;
    }

    private static IEnumerable<RuleSummary> OfProject(string folder, RuleFileOptions options, IRunObserver observer)
    {
        (Project project, ProjectEnvironment environment) = new ProjectEnvironmentQuery { Environment = options.Environment }.Read(folder);
        ProjectTemplate template = ProjectTemplates.Build(project, environment);
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["AWS::AccountId"] = environment.AccountId,
            ["AWS::Partition"] = Partitions.Of(environment.Region),
            ["AWS::Region"] = environment.Region,
            ["AWS::StackName"] = template.StackName,
        };
        foreach (KeyValuePair<string, string> value in template.Parameters.Concat(options.Parameter))
            values[value.Key] = value.Value;
        string name = Path.GetFileName(folder);
        return template.Nested.Values.Prepend(template.Root).Where(each => each["Resources"]!.AsObject().Any(resource => resource.Value is System.Text.Json.Nodes.JsonObject one && one.String("Type") == "AWS::Events::Rule"))
            .SelectMany(each => RuleFile.Read(Document.Write(each), name, values, observer));
    }
}
