using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Makes CloudFormation templates of projects. The same project always makes the same template.</summary>
public static class ProjectTemplates
{
    private const string Version = "2010-09-09";

    // What the files of resources can have besides resources: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html.
    private static readonly string[] Sections = ["Parameters", "Mappings", "Conditions", "Rules", "Outputs"];

    /// <summary>Makes the template of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="environment">Where it is deployed.</param>
    /// <param name="hasRegistry">Whether the stack has a schema registry. The event bus works without.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the settings are not valid, or a resource has the logical ID of one that is made.</exception>
    public static ProjectTemplate Build(Project project, ProjectEnvironment environment, bool hasRegistry = true)
    {
        StackParts parts = Start(project, environment);
        QueueParts.Add(parts);
        BusParts.Add(parts);
        if (hasRegistry)
            SchemaParts.Add(parts);
        TargetRoles roles = new(parts);
        TargetPolicies policies = new(parts);
        policies.Add();
        RuleParts.Add(parts, roles, policies);
        ForwardingParts.Add(parts, roles);
        roles.Add();
        foreach (StackRule rule in parts.Rules)
            policies.AddFunctions(rule);
        AlarmParts.Add(parts);
        AccessParts.Add(parts);
        return Finish(parts, Joined(parts), parts.Settings.Description ?? $"The events of project {parts.Settings.Name}.", $"{parts.Settings.Name}-{environment.Name}");
    }

    /// <summary>Makes the template that lets the event bus of a consumer receive the events that the project forwards to it. It is deployed in the account of the consumer.</summary>
    /// <param name="project">The project.</param>
    /// <param name="environment">The environment that forwards the events.</param>
    /// <param name="consumer">The name of the consumer.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the settings are not valid, or there is no consumer with that name and with an event bus.</exception>
    public static ProjectTemplate BuildReceiver(Project project, ProjectEnvironment environment, string consumer)
    {
        StackParts parts = Start(project with { ResourceFiles = [] }, environment);
        ProjectConsumer found = parts.Settings.Consumers.FirstOrDefault(each => each.Name == consumer && each.BusArn is not null)
            ?? throw new OpsException(ErrorIds.InvalidProject, TemplateMessages.NoReceiver(consumer, [.. parts.Settings.Consumers.Where(each => each.BusArn is not null).Select(each => each.Name)]));
        string bus = found.BusArn!.Substring(found.BusArn.LastIndexOf('/') + 1);
        // Several projects, and environments of one, can send to the same event bus.
        AccessParts.AddStatement(parts, LogicalIds.Shortened($"{parts.Settings.Name}-{environment.Name}", 40), $"{LogicalIds.Digest(environment.AccountId + environment.Region)}Sends", BusPolicy.Receives(environment.AccountId, ForwardingParts.RuleArn(environment, found), found.BusArn), bus);
        return Finish(parts, [], $"Receives the events of project {parts.Settings.Name}.", $"{parts.Settings.Name}-{environment.Name}-receiver");
    }

    private static StackParts Start(Project project, ProjectEnvironment environment) => new(project, project.Settings ?? throw new OpsException(ErrorIds.InvalidProject, TemplateMessages.SettingsNotValid()), environment);

    private static ProjectTemplate Finish(StackParts parts, JsonObject sections, string description, string stackName)
    {
        JsonObject joined = (JsonObject)Copied(parts, sections)!, resources = Resources(parts), outputs = (JsonObject)Copied(parts, parts.Outputs)!;
        foreach (KeyValuePair<string, JsonNode?> output in joined["Outputs"] as JsonObject ?? [])
            outputs[output.Key] = output.Value?.DeepClone();
        HashSet<string> used = [.. new[] { joined, resources, outputs }.SelectMany(Functions.References).Select(reference => reference.Id)];
        Dictionary<string, string> values = Values(parts).Where(value => used.Contains(value.Key)).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
        JsonObject root = new() { ["AWSTemplateFormatVersion"] = Version, ["Description"] = description };
        if (Parameters(joined, values) is { Count: > 0 } parameters)
            root["Parameters"] = parameters;
        foreach (KeyValuePair<string, JsonNode?> section in joined.Where(section => section.Key is not ("Parameters" or "Outputs")))
            root[section.Key] = section.Value?.DeepClone();
        root["Resources"] = resources;
        if (outputs.Count > 0)
            root["Outputs"] = outputs;
        return TemplateSplit.Split(new ProjectTemplate
        {
            Root = root,
            Parameters = values,
            Warnings = parts.Warnings,
            StackName = stackName,
            Tags = new KeyValuePair<string, string>[] { new("project", parts.Settings.Name), new("environment", parts.Environment.Name) }.Concat(parts.Settings.Tags).ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
        }, parts);
    }

    /// <summary>What references can stand for, and its value in the environment.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Values(StackParts parts) =>
    [
        new(StackNames.EventBusName, parts.Environment.BusName), new(StackNames.ProjectName, parts.Settings.Name), new(StackNames.EnvironmentName, parts.Environment.Name),
        .. parts.Environment.Parameters.Where(parameter => !StackNames.Given.Contains(parameter.Key, StringComparer.Ordinal)),
    ];

    private static JsonObject Parameters(JsonObject joined, Dictionary<string, string> values)
    {
        JsonObject parameters = (JsonObject?)joined["Parameters"]?.DeepClone() ?? [];
        foreach (KeyValuePair<string, string> value in values)
        {
            // A file of resources can declare the type of a parameter.
            if (parameters[value.Key] is not JsonObject declared)
                parameters[value.Key] = declared = new JsonObject { ["Type"] = "String" };
            declared["Default"] = value.Value;
        }

        return parameters;
    }

    private static JsonObject Resources(StackParts parts)
    {
        JsonObject resources = new(parts.Resources.Select(resource => new KeyValuePair<string, JsonNode?>(resource.Key, Copied(parts, resource.Value))));
        foreach (KeyValuePair<string, JsonObject> own in parts.Own)
        {
            if (resources.ContainsKey(own.Key))
                throw new OpsException(ErrorIds.InvalidProject, TemplateMessages.TakenId(own.Key, parts.Project.Resources.TryGetValue(own.Key, out string? file) ? file : ""));
            JsonObject copy = (JsonObject)Copied(parts, own.Value)!;
            resources.Add(own.Key, copy);
            if (parts.Settings.Retains(own.Key))
                StackParts.Retain(copy);
        }

        // An archive has a rule on its event bus, with which the event bus cannot be deleted.
        bool keepsArchive = resources.Select(each => each.Value!.AsObject()).Any(each => each.String("Type") == BusParts.ArchiveKind && each.String("DeletionPolicy")?.StartsWith("Retain", StringComparison.Ordinal) == true);
        if (keepsArchive && resources[StackNames.EventBus] is JsonObject bus)
            StackParts.Retain(bus);

        return resources;
    }

    /// <summary>A copy in which what refers to the event bus means the default one where none is created.</summary>
    private static JsonNode? Copied(StackParts parts, JsonNode? node) => Functions.Replaced(node, (id, attribute) =>
        !parts.Environment.UsesDefaultBus || id != StackNames.EventBus ? null : attribute == "Arn" ? StackNames.DefaultBusArn() : Functions.Ref(StackNames.EventBusName));

    /// <summary>The other sections of the files of resources, put together.</summary>
    private static JsonObject Joined(StackParts parts)
    {
        JsonObject joined = [];
        foreach (ProjectResourceFile file in parts.Project.ResourceFiles)
        {
            foreach (string section in Sections.Where(section => file.Document[section] is JsonObject))
            {
                if (joined[section] is not JsonObject into)
                    joined[section] = into = [];
                foreach (KeyValuePair<string, JsonNode?> each in file.Document[section]!.AsObject())
                    into[each.Key] = each.Value?.DeepClone();
            }
        }

        return joined;
    }
}
