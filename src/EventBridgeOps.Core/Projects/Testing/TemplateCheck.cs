using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Makes the template of each environment: what it cannot say, and whether it keeps the quotas of CloudFormation.</summary>
internal sealed class TemplateCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        if (project.Settings is not { } settings)
            return;
        if (StackNames.Made(settings).Any(project.Resources.ContainsKey))
            return; // The check of resources says so.
        HashSet<(string, string?, string)> known = [];
        Dictionary<(string Account, string Region, string Kind, string Name), string> named = [];
        foreach (ProjectEnvironment environment in settings.Environments)
        {
            try
            {
                ProjectTemplate template = ProjectTemplates.Build(project, environment);
                foreach (TemplateWarning warning in template.Warnings.Where(warning => known.Add((warning.Item, warning.File, warning.Pointer))))
                    findings.Add(ProjectCheck.Template, warning.IsFault ? FindingState.Failed : FindingState.Warning, warning.Item, Fault(project, warning));
                Count(settings, environment, template, findings);
                Collide(settings, environment, template, named, findings);
            }
            catch (OpsException e)
            {
                findings.Fail(ProjectCheck.Template, environment.Name, settings.File.FaultOfKey(Events.Documents.JsonPointers.Add("/environments", environment.Name), e.Said));
            }
        }
    }

    private static void Count(ProjectSettings settings, ProjectEnvironment environment, ProjectTemplate template, Findings findings)
    {
        int all = template.Nested.Values.Prepend(template.Root).Sum(Resources) - template.Nested.Count;
        foreach (JsonObject each in template.Nested.Values.Prepend(template.Root))
        {
            int length = TemplateSplit.Bytes(each);
            if (Resources(each) > ProjectLimits.ResourcesPerTemplate || length > ProjectLimits.TemplateBytes)
                findings.Fail(ProjectCheck.Limit, environment.Name, settings.File.Fault("", ProjectTestMessages.TemplateTooLarge(Resources(each), length, ProjectLimits.ResourcesPerTemplate, ProjectLimits.TemplateBytes)));
        }

        findings.Pass(ProjectCheck.Limit, environment.Name, settings.File, ProjectTestMessages.Resources(all, ProjectLimits.ResourcesPerTemplate));
    }

    /// <summary>Two environments in the same account and Region cannot have resources of the same names.</summary>
    private static void Collide(ProjectSettings settings, ProjectEnvironment environment, ProjectTemplate template, Dictionary<(string Account, string Region, string Kind, string Name), string> named, Findings findings)
    {
        foreach ((string kind, string name) in PhysicalNames.Of(template.Root, environment, settings))
        {
            (string, string, string, string) key = (environment.AccountId, environment.Region, kind, name);
            if (!named.TryGetValue(key, out string? other))
                named.Add(key, environment.Name);
            else if (other != environment.Name)
                findings.Fail(ProjectCheck.Template, environment.Name, settings.File.FaultOfKey(Events.Documents.JsonPointers.Add("/environments", environment.Name), ProjectTestMessages.NameOfTwo(kind, name, other)));
        }
    }

    private static int Resources(JsonObject template) => template["Resources"]!.AsObject().Count;

    private static ProjectFault Fault(Project project, TemplateWarning warning)
    {
        ProjectText? file = project.Schemas.Select(schema => schema.File).Concat(project.Rules.Select(rule => rule.File)).Append(project.Settings!.File).FirstOrDefault(each => each.Path == warning.File);
        return file is null ? new ProjectFault(warning.File ?? warning.Item, Events.Documents.TextPlace.Start, warning.Pointer, warning.Message) : file.Fault(warning.Pointer, warning.Message);
    }
}
