using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The parts of a template as they are put together.</summary>
internal sealed class StackParts
{
    /// <summary>Kinds of resources that we make and that have no tags, by the <c>tagging</c> of their schemas in the CloudFormation registry.</summary>
    private static readonly HashSet<string> Untagged =
    [
        BusParts.ArchiveKind, "AWS::Events::EventBusPolicy", "AWS::IAM::ManagedPolicy", "AWS::Lambda::Permission", "AWS::Logs::ResourcePolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy",
    ];

    private readonly JsonArray _tags;

    public StackParts(Project project, ProjectSettings settings, ProjectEnvironment environment)
    {
        (Project, Settings, Environment) = (project, settings, environment);
        _tags = [Tag("project", Functions.Ref(StackNames.ProjectName)), Tag("environment", Functions.Ref(StackNames.EnvironmentName)), .. settings.Tags.Select(tag => Tag(tag.Key, tag.Value))];
        foreach (KeyValuePair<string, JsonNode?> resource in project.ResourceFiles.SelectMany(file => file.Resources))
            Own[resource.Key] = resource.Value!.AsObject();
    }

    public Project Project { get; }

    public ProjectSettings Settings { get; }

    public ProjectEnvironment Environment { get; }

    /// <summary>The resources of the project's own files.</summary>
    public Dictionary<string, JsonObject> Own { get; } = new(StringComparer.Ordinal);

    /// <summary>The resources that are made, in the order of the template.</summary>
    public JsonObject Resources { get; } = [];

    public JsonObject Outputs { get; } = [];

    public List<TemplateWarning> Warnings { get; } = [];

    /// <summary>The rules that are made, in the order of the template.</summary>
    public List<StackRule> Rules { get; } = [];

    /// <summary>The name of the event bus of the project, by which it is created first.</summary>
    public JsonObject BusName => Environment.UsesDefaultBus ? Functions.Ref(StackNames.EventBusName) : Functions.GetAtt(StackNames.EventBus, "Name");

    public JsonObject BusArn => Environment.UsesDefaultBus ? StackNames.DefaultBusArn() : Functions.GetAtt(StackNames.EventBus, "Arn");

    /// <summary>The ARNs of the rules of the project.</summary>
    public JsonArray RuleArns => [.. Project.Rules.Select(rule => rule.BusName ?? Environment.BusName).Concat(Settings.Consumers.Any(consumer => consumer.BusArn is not null) ? [Environment.BusName] : []).DefaultIfEmpty(Environment.BusName).Distinct(StringComparer.Ordinal).Select(RuleArn)];

    /// <summary>The dead-letter queues that are made, by their names, with their logical IDs.</summary>
    public Dictionary<string, string> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>The tags of each resource.</summary>
    public JsonNode Tags => _tags.DeepClone();

    /// <summary>A logical ID that the project's own resources do not have.</summary>
    public string Id(string name, string kind) => LogicalIds.Of(name, kind, Own.ContainsKey);

    /// <summary>What can be in a nested stack: the kind of the nested stack, and the name that says in which, by logical ID.</summary>
    public Dictionary<string, (string Group, string Key)> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>What the resources that are added next belong to; null for the stack itself.</summary>
    public (string Group, string Key)? Unit { get; set; }

    public void Add(string id, string type, JsonObject properties, params string[] after)
    {
        if (Unit is { } unit)
            Units.Add(id, unit);
        if (!Untagged.Contains(type))
            properties[nameof(Tags)] = Tags;
        JsonObject resource = new() { ["Type"] = type };
        if (after.Length > 0)
            resource["DependsOn"] = after.Length == 1 ? after[0] : new JsonArray([.. after.Select(each => (JsonNode)each)]);
        resource["Properties"] = properties;
        Resources.Add(id, resource);
    }

    /// <summary>Lets a resource outlive its stack, once it was created: a creation that fails leaves nothing behind.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html.</remarks>
    public void Retain(string id)
    {
        JsonObject resource = Resources[id]!.AsObject();
        JsonNode? properties = resource["Properties"];
        resource.Remove("Properties");
        Retain(resource);
        if (properties is not null)
            resource["Properties"] = properties;
    }

    /// <summary>Lets a resource outlive its stack.</summary>
    public static void Retain(JsonObject resource)
    {
        resource["DeletionPolicy"] = "RetainExceptOnCreate";
        resource["UpdateReplacePolicy"] = "Retain";
    }

    public void Output(string id, string description, JsonNode value) => Outputs.Add(id, new JsonObject { ["Description"] = description, ["Value"] = value });

    public void Warn(string item, ProjectText? file, string pointer, Message message, bool isFault = false) => Warnings.Add(new TemplateWarning(item, file?.Path, pointer, message) { IsFault = isFault });

    /// <summary>The ARNs of all rules of an event bus. Those of the default event bus do not have its name.</summary>
    private JsonObject RuleArn(string bus) =>
        Functions.Arn("events", bus == ProjectEnvironment.DefaultBus ? "rule/*" : bus == Environment.BusName ? $"rule/${{{StackNames.EventBusName}}}/*" : $"rule/{bus}/*");

    private static JsonObject Tag(string key, JsonNode value) => new() { ["Key"] = key, ["Value"] = value };
}

/// <summary>A rule of a template.</summary>
/// <param name="Rule">The rule of the project; null for one that forwards events.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its logical ID.</param>
/// <param name="IsOfDefaultBus">Whether it is on the default event bus, whose metrics have no dimension for the event bus.</param>
/// <param name="BusName">The name of its event bus.</param>
internal sealed record StackRule(ProjectRule? Rule, string Name, string Id, bool IsOfDefaultBus, JsonNode BusName)
{
    /// <summary>By what it goes into a nested stack; null for one that forwards events, which stays.</summary>
    public (string Group, string Key)? Unit => Rule is null ? null : ("rules", Name);
}
