using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The rules with their targets.</summary>
internal static class RuleParts
{
    /// <summary>The type of a rule.</summary>
    public const string Kind = "AWS::Events::Rule";

    private static readonly HashSet<string> Own = ["arn", "roleArn", "input", "inputPath", "inputTransformer", "retryPolicy", "deadLetterQueue", "emits"];

    // Maps whose keys are names of the user, and not of the service.
    private static readonly HashSet<string> Maps = ["HeaderParameters", "QueryStringParameters"];

    public static void Add(StackParts parts, TargetRoles roles, TargetPolicies policies)
    {
        foreach (ProjectRule rule in parts.Project.Rules)
        {
            string bus = rule.BusName ?? parts.Environment.BusName, id = parts.Id(rule.Name, "Rule");
            StackRule made = new(rule, rule.Name, id, bus == ProjectEnvironment.DefaultBus, bus == parts.Environment.BusName ? parts.BusName : bus);
            JsonObject properties = new() { ["Name"] = rule.Name };
            if (rule.Description is { } description)
                properties["Description"] = description;
            properties["EventBusName"] = bus == parts.Environment.BusName ? parts.BusName : bus;
            properties["State"] = rule.IsEnabled ? "ENABLED" : "DISABLED";
            properties["EventPattern"] = rule.Pattern.DeepClone();
            properties["Targets"] = new JsonArray([.. rule.Targets.Select(target => Target(parts, rule, target, roles))]);
            parts.Rules.Add(made);
            parts.Unit = made.Unit;
            parts.Add(id, Kind, properties, [.. policies.Before(rule)]);
            parts.Output(id + "Arn", $"The ARN of rule {rule.Name}", Functions.GetAtt(id, "Arn"));
        }

        parts.Unit = null;
    }

    private static JsonObject Target(StackParts parts, ProjectRule rule, ProjectTarget target, TargetRoles roles)
    {
        TargetKind? kind = TargetKind.Of(parts, target.Arn);
        JsonObject made = new() { ["Id"] = target.Id, ["Arn"] = TargetArn(parts, target.Arn, kind) };
        if ((target.Settings["roleArn"]?.DeepClone() ?? roles.For(rule, target, kind)) is { } role)
            made["RoleArn"] = role;
        foreach (KeyValuePair<string, JsonNode?> field in target.Input)
            made[field.Key] = field.Value?.DeepClone();
        foreach (KeyValuePair<string, JsonNode?> field in target.Settings.Where(field => !Own.Contains(field.Key)))
            made[Capital(field.Key)] = Fields(field.Value);
        if (made["EcsParameters"] is JsonObject ecs)
            Rename(ecs);
        if (RetryPolicy(parts, target) is { } retry)
            made["RetryPolicy"] = retry;
        if (DeadLetters(parts, target) is { } queue)
            made["DeadLetterConfig"] = new JsonObject { ["Arn"] = queue };
        return made;
    }

    /// <summary>The retry policy of a target; null for that of EventBridge.</summary>
    public static JsonNode? RetryPolicy(StackParts parts, ProjectTarget? target) => Fields(target?.Settings["retryPolicy"] as JsonObject ?? parts.Settings.RetryPolicy);

    /// <summary>The ARN of the dead-letter queue of a target; null for none.</summary>
    public static JsonNode? DeadLetters(StackParts parts, ProjectTarget? target)
    {
        ProjectQueue? queue = target?.DeadLetterQueue ?? parts.Settings.DeadLetterQueue;
        return queue?.Name is { } name ? Functions.GetAtt(parts.Queues[name], "Arn") : queue?.Arn?.DeepClone();
    }

    // As an attribute, the ARN of a log group ends in ':*', with which a rule can be created but delivers nothing:
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/206, https://github.com/aws-samples/serverless-patterns/pull/221.
    private static JsonNode TargetArn(StackParts parts, JsonNode arn, TargetKind? kind) =>
        kind == TargetKind.LogGroup && Functions.Target(arn) is { } group && parts.Own.ContainsKey(group.Id) ? Functions.Arn("logs", $"log-group:${{{group.Id}}}") : arn.DeepClone();

    private static JsonNode? Fields(JsonNode? given) => given switch
    {
        JsonArray elements => new JsonArray([.. elements.Select(Fields)]),
        JsonObject function when function.Count == 1 && function.First().Key is var key && (key == "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal)) => function.DeepClone(),
        JsonObject fields => new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(Capital(field.Key), Maps.Contains(Capital(field.Key)) ? field.Value?.DeepClone() : Fields(field.Value)))),
        _ => given?.DeepClone(),
    };

    // Where CloudFormation has another name than the API: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-ecsparameters.html.
    private static void Rename(JsonObject ecs)
    {
        foreach ((JsonObject? owner, string from, string to) in new[] { (ecs, "Tags", "TagList"), (ecs["NetworkConfiguration"] as JsonObject, "AwsvpcConfiguration", "AwsVpcConfiguration"), (ecs, "PlacementStrategy", "PlacementStrategies") })
        {
            if (owner?[from] is not { } value)
                continue;
            owner.Remove(from);
            owner[to] = value;
        }
    }

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
