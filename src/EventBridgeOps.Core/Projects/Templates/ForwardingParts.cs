using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The rules that forward events to event buses in other accounts.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html: an event that came from another event bus is not forwarded again.</remarks>
internal static class ForwardingParts
{
    public static void Add(StackParts parts, TargetRoles roles)
    {
        foreach (ProjectConsumer consumer in parts.Settings.Consumers.Where(consumer => consumer.BusArn is not null))
            Add(parts, consumer, roles);
    }

    /// <summary>The name of the rule that forwards events to a consumer.</summary>
    public static string RuleName(ProjectConsumer consumer) => "forward-to-" + consumer.Name;

    /// <summary>The ARN of the rule that forwards events to a consumer.</summary>
    public static string RuleArn(ProjectEnvironment environment, ProjectConsumer consumer) =>
        Arn.In("events", environment.Region, environment.AccountId, environment.UsesDefaultBus ? $"rule/{RuleName(consumer)}" : $"rule/{environment.BusName}/{RuleName(consumer)}").ToString();

    /// <summary>The events that a consumer takes: those of its schemas, or all.</summary>
    public static JsonObject Pattern(Project project, ProjectConsumer consumer, bool isDefaultBus)
    {
        ProjectSchema[] taken = [.. project.Schemas.Where(schema => schema.Source is not null && !schema.IsRetired && (consumer.Events.Count == 0 ? isDefaultBus : consumer.Events.Contains(schema.Name, StringComparer.Ordinal)))];
        JsonObject[] patterns = [.. taken.GroupBy(schema => schema.Source!, StringComparer.Ordinal).OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => new JsonObject
        {
            ["source"] = new JsonArray(source.Key),
            ["detail-type"] = new JsonArray([.. source.Select(schema => schema.DetailType).Distinct(StringComparer.Ordinal).OrderBy(type => type, StringComparer.Ordinal).Select(type => (JsonNode)type)]),
        })];
        return patterns.Length switch
        {
            0 => new JsonObject { ["source"] = new JsonArray(new JsonObject { ["prefix"] = "" }) },
            1 => patterns[0],
            _ => new JsonObject { ["$or"] = new JsonArray([.. patterns]) },
        };
    }

    private static void Add(StackParts parts, ProjectConsumer consumer, TargetRoles roles)
    {
        string id = parts.Id(consumer.Name, "ForwardingRule"), name = RuleName(consumer);
        JsonObject target = new() { ["Id"] = "event-bus", ["Arn"] = consumer.BusArn, ["RoleArn"] = roles.ForBus(consumer.BusArn!) };
        if (RuleParts.RetryPolicy(parts, null) is { } retry)
            target["RetryPolicy"] = retry;
        if (RuleParts.DeadLetters(parts, null) is { } queue)
            target["DeadLetterConfig"] = new JsonObject { ["Arn"] = queue };
        parts.Rules.Add(new StackRule(null, name, id, parts.Environment.UsesDefaultBus, parts.BusName));
        parts.Add(id, RuleParts.Kind, new JsonObject
        {
            ["Name"] = name,
            ["Description"] = $"Forwards events to {consumer.Name} in account {consumer.AccountId}.",
            ["EventBusName"] = parts.BusName,
            ["State"] = "ENABLED",
            ["EventPattern"] = Pattern(parts.Project, consumer, parts.Environment.UsesDefaultBus),
            ["Targets"] = new JsonArray(target),
        }, parts.Settings.DeadLetterQueue?.Name is null ? [] : [StackNames.DeadLetterQueue + "Policy"]);
        parts.Output(id + "Arn", $"The ARN of rule {name}", Functions.GetAtt(id, "Arn"));
    }
}
