using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Projects.Testing;

/// <summary>What the functions of CloudFormation in a project refer to.</summary>
/// <param name="project">The project.</param>
internal sealed class ProjectReferences(Project project)
{
    /// <summary>The logical ID of the event bus of the project.</summary>
    public const string EventBus = "EventBus";

    /// <summary>The logical ID of the dead-letter queue that the defaults name.</summary>
    public const string DeadLetterQueue = "DeadLetterQueue";

    private const string EventBusName = "EventBusName";
    private static readonly string[] Given = [EventBusName, "ProjectName", "EnvironmentName"];
    private static readonly string[] Pseudo = ["AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix", "AWS::NotificationARNs", "AWS::NoValue"];
    private static readonly Regex Hole = new(@"\$\{([^!}][^}]*)\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly HashSet<string> _ids = [EventBus, .. project.Settings?.DeadLetterQueue?.Name is null ? Array.Empty<string>() : [DeadLetterQueue], .. project.Resources.Keys];
    private readonly HashSet<string> _parameters = [.. Given, .. Pseudo, .. project.Settings?.Environments.SelectMany(environment => environment.Parameters.Keys) ?? []];

    /// <summary>Why a value cannot be resolved; null if it can.</summary>
    public Message? Fault(JsonNode value)
    {
        if (Document.Text(value) is { } text)
            return Arn.TryParse(text, out _) ? null : ProjectTestMessages.NotAnArn(text);
        foreach ((string id, bool isAttribute) in Names(value))
        {
            if (isAttribute ? !_ids.Contains(id) : !_ids.Contains(id) && !_parameters.Contains(id))
                return Spelling.Nearest(id, isAttribute ? _ids : [.. _ids, .. _parameters]) is { } meant ? ProjectTestMessages.UnknownReferenceMeant(id, meant) : ProjectTestMessages.UnknownReference(id, Project.ResourceFolder);
        }

        return null;
    }

    /// <summary>The parameters to which a value refers.</summary>
    public IEnumerable<string> Parameters(JsonNode value) => Document.Text(value) is null ? Names(value).Where(name => !name.IsAttribute && !_ids.Contains(name.Id)).Select(name => name.Id).Where(id => !Given.Contains(id) && !Pseudo.Contains(id)) : [];

    /// <summary>The name of the event bus to which a target sends events; null for another kind of target, or an event bus in another account.</summary>
    public string? Bus(JsonNode arn)
    {
        if (project.Settings is not { } settings)
            return null;
        if (Names(arn).Any(name => name.Id == EventBus))
            return settings.BusName;
        string? text = Document.Text(arn) ?? (arn is JsonObject function ? Document.Text(function["Fn::Sub"]) : null);
        if (text?.IndexOf(":event-bus/", StringComparison.Ordinal) is not (> 0 and int at))
            return null;
        string name = text.Substring(at + ":event-bus/".Length).Replace("${" + EventBusName + "}", settings.BusName);
        bool isOurs = !Arn.TryParse(text, out Arn? parsed) || parsed.AccountId.StartsWith("$", StringComparison.Ordinal) || settings.Environments.Any(environment => environment.AccountId == parsed.AccountId && (environment.Region == parsed.Region || parsed.Region.StartsWith("$", StringComparison.Ordinal)));
        return !isOurs ? null : settings.Environments.Any(environment => environment.BusName == name) ? settings.BusName : name;
    }

    private static IEnumerable<(string Id, bool IsAttribute)> Names(JsonNode value)
    {
        if (value is not JsonObject function)
            yield break;
        if (Document.Text(function["Ref"]) is { } reference)
            yield return (reference, false);
        JsonNode? attribute = function["Fn::GetAtt"];
        if ((Document.Text(attribute) ?? Document.Text((attribute as JsonArray)?.FirstOrDefault())) is { } path)
            yield return (path.Split('.')[0], true);
        JsonNode? sub = function["Fn::Sub"];
        JsonObject own = (sub as JsonArray)?.ElementAtOrDefault(1) as JsonObject ?? [];
        if ((Document.Text(sub) ?? Document.Text((sub as JsonArray)?.FirstOrDefault())) is not { } template)
            yield break;
        foreach (string hole in Hole.Matches(template).Cast<Match>().Select(match => match.Groups[1].Value).Where(hole => !own.ContainsKey(hole)))
            yield return (hole.Split('.')[0], hole.IndexOf('.') > 0);
    }
}
