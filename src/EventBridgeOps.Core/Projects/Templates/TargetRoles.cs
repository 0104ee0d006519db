using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The roles with which EventBridge calls targets that do not name one: a role for each kind, which is allowed what its targets need and nothing else.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html.</remarks>
internal sealed class TargetRoles(StackParts parts)
{
    /// <summary>What ARNs of a job definition end in: without a revision, and with any.</summary>
    private static readonly string[] s_revisions = ["", ":*"];

    private readonly SortedDictionary<string, List<JsonObject>> _statements = new(StringComparer.Ordinal);

    /// <summary>The role of a target; null if it needs none.</summary>
    public JsonNode? For(ProjectRule rule, ProjectTarget target, TargetKind? kind)
    {
        if (kind is null)
        {
            if (IsGiven(target.Arn))
                parts.Warn($"{rule.Name}/{target.Id}", rule.File, target.Pointer + "/arn", TemplateMessages.UnknownTarget());
            return null;
        }

        return kind.HasRole ? For(kind, [.. Statements(kind, target)]) : null;
    }

    /// <summary>The role with which events are sent to another event bus.</summary>
    public JsonNode ForBus(JsonNode arn) => For(TargetKind.Bus, [Allow(TargetKind.Bus.Actions, arn.DeepClone())]);

    /// <summary>Adds the roles to the template.</summary>
    public void Add()
    {
        foreach (KeyValuePair<string, List<JsonObject>> role in _statements)
        {
            parts.Add(Id(role.Key), "AWS::IAM::Role", new JsonObject
            {
                ["AssumeRolePolicyDocument"] = ResourcePolicies.Trust(),
                ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "targets", ["PolicyDocument"] = ResourcePolicies.Document([.. Merged(role.Value)]) }),
            });
        }
    }

    // What refers to nothing is another fault.
    private bool IsGiven(JsonNode arn) => Document.Text(arn) is { } text ? Arn.TryParse(text, out _)
        : Functions.Target(arn) is not { } reference || parts.Own.ContainsKey(reference.Id) || parts.Environment.Parameters.ContainsKey(reference.Id);

    private string Id(string kind) => parts.Own.ContainsKey(kind + "TargetRole") ? kind + "TargetsOfRulesRole" : kind + "TargetRole";

    private JsonObject For(TargetKind kind, IReadOnlyList<JsonObject> statements)
    {
        if (!_statements.TryGetValue(kind.Name, out List<JsonObject>? known))
            _statements.Add(kind.Name, known = []);
        known.AddRange(statements);
        return Functions.GetAtt(Id(kind.Name), "Arn");
    }

    private IEnumerable<JsonObject> Statements(TargetKind kind, ProjectTarget target)
    {
        if (kind == TargetKind.Batch)
        {
            yield return Allow(kind.Actions, target.Arn.DeepClone());
            foreach (JsonNode definition in JobDefinition(target.Settings["batchParameters"]?["jobDefinition"]))
                yield return Allow(kind.Actions, definition);
        }
        else if (kind == TargetKind.Ecs && target.Settings["ecsParameters"] is JsonObject ecs && (ecs["taskDefinitionArn"] ?? ecs["TaskDefinitionArn"]) is { } definition)
        {
            JsonObject run = Allow(kind.Actions, definition.DeepClone());
            run["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["ecs:cluster"] = target.Arn.DeepClone() } };
            yield return run;
            JsonObject pass = Allow(["iam:PassRole"], TaskRoles(definition));
            pass["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" } };
            yield return pass;
        }
        else
        {
            yield return Allow(kind.Actions, target.Arn.DeepClone());
        }
    }

    /// <summary>A role that named a revision would stop when the target takes another one.</summary>
    private IEnumerable<JsonNode> JobDefinition(JsonNode? given)
    {
        if (Functions.Target(given) is { } reference && parts.Own.TryGetValue(reference.Id, out JsonObject? resource))
        {
            JsonNode? name = resource["Properties"]?["JobDefinitionName"];
            return name is null ? [Functions.Ref(reference.Id)] : [.. s_revisions.Select(revision => OfName(name, revision))];
        }

        string? text = given is JsonObject function && Document.Text(function["Ref"]) is { } parameter && parts.Environment.Parameters.TryGetValue(parameter, out string? value) ? value : Document.Text(given);
        if (text is null)
            return given is null ? [] : [given.DeepClone()];
        if (Arn.TryParse(text, out Arn? arn))
            return [.. s_revisions.Select(revision => (JsonNode)(arn with { Resource = arn.Resource.Split(':')[0] + revision }).ToString())];
        return [.. s_revisions.Select(revision => Functions.Arn("batch", $"job-definition/{text.Split(':')[0]}{revision}"))];
    }

    private static JsonObject OfName(JsonNode name, string revision)
    {
        const string Start = "arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job-definition/";
        if (Document.Text(name) is { } text)
            return Functions.Sub(Start + text + revision);
        return Document.Text(name["Fn::Sub"]) is { } sub ? Functions.Sub(Start + sub + revision)
            : new JsonObject { ["Fn::Sub"] = new JsonArray($"{Start}${{Name}}{revision}", new JsonObject { ["Name"] = name.DeepClone() }) };
    }

    /// <summary>The roles that a task definition of the project has; any role for another one, whose roles are not known.</summary>
    private JsonNode TaskRoles(JsonNode definition)
    {
        JsonNode? properties = Functions.Target(definition) is { } reference && parts.Own.TryGetValue(reference.Id, out JsonObject? resource) ? resource["Properties"] : null;
        JsonNode[] roles = [.. new[] { properties?["TaskRoleArn"], properties?["ExecutionRoleArn"] }.OfType<JsonNode>()];
        return roles.Length == 0 ? Functions.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*") : ResourcePolicies.OneOrAll(roles);
    }

    private static JsonObject Allow(string[] actions, JsonNode resource) => new() { ["Effect"] = "Allow", ["Action"] = ResourcePolicies.OneOrAll([.. actions.Select(action => (JsonNode)action)]), ["Resource"] = resource };

    /// <summary>Statements that allow the same of several resources become one.</summary>
    private static IEnumerable<JsonNode> Merged(IEnumerable<JsonObject> statements) =>
        statements.GroupBy(statement => Document.Write(new JsonArray(statement["Action"]!.DeepClone(), statement["Condition"]?.DeepClone())), StringComparer.Ordinal).Select(alike =>
        {
            JsonObject first = (JsonObject)alike.First().DeepClone();
            IEnumerable<JsonNode> resources = alike.SelectMany(statement => statement["Resource"] is JsonArray several ? several.ToArray() : [statement["Resource"]]).OfType<JsonNode>();
            first["Resource"] = ResourcePolicies.OneOrAll(resources.GroupBy(Document.Write, StringComparer.Ordinal).Select(same => same.First()));
            return first;
        });
}
