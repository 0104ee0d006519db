using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Testing;

/// <summary>What the functions of CloudFormation in a project refer to.</summary>
/// <param name="project">The project.</param>
internal sealed class ProjectReferences(Project project)
{
    private readonly HashSet<string> _ids = [.. StackNames.Made(project.Settings), .. project.Resources.Keys];

    private readonly HashSet<string> _parameters =
    [
        .. StackNames.Given, .. StackNames.Pseudo, .. project.Settings?.Environments.SelectMany(environment => environment.Parameters.Keys) ?? [],
        .. project.ResourceFiles.SelectMany(file => (file.Document["Parameters"] as JsonObject ?? []).Select(parameter => parameter.Key)),
    ];

    private readonly Dictionary<string, JsonObject> _resources = project.ResourceFiles.SelectMany(file => file.Resources).GroupBy(resource => resource.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Value!.AsObject(), StringComparer.Ordinal);

    private readonly HashSet<string> _defaults =
    [
        .. project.ResourceFiles.SelectMany(file => (file.Document["Parameters"] as JsonObject ?? []).Where(parameter => (parameter.Value as JsonObject)?.ContainsKey("Default") == true).Select(parameter => parameter.Key)),
    ];

    /// <summary>Why a value cannot be resolved; null if it can.</summary>
    public Message? Fault(JsonNode value)
    {
        if (Document.Text(value) is { } text)
            return Arn.TryParse(text, out _) ? null : ProjectTestMessages.NotAnArn(text);
        foreach ((string id, string? attribute) in Functions.References(value))
        {
            bool isAttribute = attribute is not null;
            if (isAttribute ? !_ids.Contains(id) : !_ids.Contains(id) && !_parameters.Contains(id))
                return Spelling.Nearest(id, isAttribute ? _ids : [.. _ids, .. _parameters]) is { } meant ? ProjectTestMessages.UnknownReferenceMeant(id, meant) : ProjectTestMessages.UnknownReference(id, Project.ResourceFolder);
            if (isAttribute && TypeOf(id) is { } type && ResourceType.Of(type) is { } known && !known.Attributes.Contains(attribute, StringComparer.Ordinal))
                return ProjectTestMessages.UnknownAttribute(id, type, attribute!, Spelling.Nearest(attribute!, known.Attributes) is { } near ? [near] : known.Attributes);
        }

        return null;
    }

    /// <summary>Why a value is not the ARN of a target; null if it is, or if that is not known.</summary>
    public Message? TargetFault(JsonNode arn)
    {
        if (Functions.Target(arn) is not { } target || TypeOf(target.Id) is not { } type || ResourceType.Of(type) is not { } known)
            return null;
        if (!known.CanBeTarget)
            return ProjectTestMessages.NotATarget(target.Id, type);
        string? attribute = target.Attribute;
        return (attribute is null ? known.RefIsArn : known.Arns.Contains(attribute, StringComparer.Ordinal)) ? null
            : ProjectTestMessages.NotItsArn(target.Id, attribute, known.RefIsArn ? null : known.Arns[0]);
    }

    /// <summary>The type of the resource to which a value refers; null if it is not one of the project.</summary>
    public string? TypeOf(JsonNode value) => Functions.Target(value) is { } target ? TypeOf(target.Id) : null;

    /// <summary>Whether a value is an SQS FIFO queue.</summary>
    public bool IsFifo(JsonNode arn)
    {
        if ((Document.Text(arn) ?? (arn is JsonObject function ? Document.Text(function["Fn::Sub"]) : null)) is { } text)
            return text.Contains(":sqs:") && text.EndsWith(".fifo", StringComparison.Ordinal);
        return Functions.Target(arn) is { } target && _resources.TryGetValue(target.Id, out JsonObject? resource) && resource.String("Type") == "AWS::SQS::Queue"
            && (SettingsReader.IsTrue(resource["Properties"]?["FifoQueue"], false) || Document.Text(resource["Properties"]?["FifoQueue"]) == "true");
    }

    /// <summary>The environments that have no value for a parameter to which something refers, each with what is said of it.</summary>
    public IEnumerable<Message> Missing(string parameter)
    {
        IReadOnlyList<ProjectEnvironment> all = project.Settings?.Environments ?? [];
        bool isGiven = all.Any(environment => environment.Parameters.ContainsKey(parameter));
        return _defaults.Contains(parameter) ? [] : all.Where(environment => !environment.Parameters.ContainsKey(parameter))
            .Select(environment => isGiven ? ProjectTestMessages.ParameterMissing(environment.Name, parameter) : ProjectTestMessages.ParameterWithoutValue(environment.Name, parameter));
    }

    private string? TypeOf(string id) => _resources.TryGetValue(id, out JsonObject? resource) ? resource.String("Type") : id switch
    {
        StackNames.EventBus when _ids.Contains(id) => BusParts.BusKind,
        StackNames.DeadLetterQueue when _ids.Contains(id) => "AWS::SQS::Queue",
        _ => null,
    };

    /// <summary>The parameters to which a value refers.</summary>
    public IEnumerable<string> Parameters(JsonNode value) => Document.Text(value) is null ? Functions.References(value).Where(name => name.Attribute is null && !_ids.Contains(name.Id)).Select(name => name.Id).Where(id => !StackNames.Given.Contains(id) && !StackNames.Pseudo.Contains(id)) : [];

    /// <summary>The name of the event bus to which a target sends events; null for another kind of target, or an event bus in another account.</summary>
    public string? Bus(JsonNode arn)
    {
        if (project.Settings is not { } settings)
            return null;
        if (Functions.References(arn).Any(name => name.Id == StackNames.EventBus))
            return settings.BusName;
        string? text = Document.Text(arn) ?? (arn is JsonObject function ? Document.Text(function["Fn::Sub"]) : null);
        if (text?.IndexOf(":event-bus/", StringComparison.Ordinal) is not (> 0 and int at))
            return null;
        string name = text.Substring(at + ":event-bus/".Length).Replace("${" + StackNames.EventBusName + "}", settings.BusName);
        bool isOurs = !Arn.TryParse(text, out Arn? parsed) || parsed.AccountId.StartsWith("$", StringComparison.Ordinal) || settings.Environments.Any(environment => environment.AccountId == parsed.AccountId && (environment.Region == parsed.Region || parsed.Region.StartsWith("$", StringComparison.Ordinal)));
        return !isOurs ? null : settings.Environments.Any(environment => environment.BusName == name) ? settings.BusName : name;
    }
}
