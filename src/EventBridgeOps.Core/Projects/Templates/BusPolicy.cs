using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The policy by which other accounts and organizations may use the event bus of a project: a statement for each, with its ID.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html and eb-event-bus-example-policy-*.html beside it.</remarks>
internal static class BusPolicy
{
    /// <summary>
    /// The examples of AWS restrict rules by <c>aws:SourceArn</c>. But a rule with a role sends as that role, and the key is documented for calls that a service makes itself
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn). So it counts where it is there.
    /// </summary>
    private const string RuleCondition = "ArnLikeIfExists";

    private static readonly string[] RuleActions =
    [
        "events:PutRule", "events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule", "events:PutTargets", "events:RemoveTargets",
        "events:ListTargetsByRule", "events:TagResource", "events:UntagResource", "events:ListTagsForResource",
    ];

    /// <summary>The statements, with functions of CloudFormation for the account and the Region of the stack.</summary>
    /// <param name="settings">The settings of the project.</param>
    /// <param name="busArn">The ARN of the event bus.</param>
    public static IEnumerable<(string Name, string Kind, JsonObject Statement)> Statements(ProjectSettings settings, JsonNode busArn)
    {
        foreach (ProjectConsumer consumer in settings.Consumers)
        {
            if (consumer.Publishes)
                yield return (consumer.Name, "Publishes", Allow(Account(consumer.AccountId), "events:PutEvents", busArn, []));
            if (consumer.BusArn is null)
                yield return (consumer.Name, "MakesRules", Allow(Account(consumer.AccountId), new JsonArray([.. RuleActions.Select(action => (JsonNode)action)]), Functions.Arn("events", $"rule/${{{StackNames.EventBusName}}}/*"), new JsonObject { ["StringEqualsIfExists"] = new JsonObject { ["events:creatorAccount"] = "${aws:PrincipalAccount}" } }));
        }

        foreach (ProjectProducer producer in settings.Producers)
            yield return (producer.Name, "Sends", Sends(producer, busArn));
    }

    /// <summary>The policy as EventBridge keeps it; null if no other account may use the event bus.</summary>
    /// <param name="settings">The settings of the project.</param>
    /// <param name="environment">The environment.</param>
    public static JsonObject? Of(ProjectSettings settings, ProjectEnvironment environment)
    {
        JsonNode[] statements = [.. Statements(settings, StackNames.DefaultBusArn()).Select(each =>
        {
            JsonObject statement = new() { ["Sid"] = StatementId(each.Name) + each.Kind };
            foreach (KeyValuePair<string, JsonNode?> field in each.Statement)
                statement[field.Key] = Literal(field.Value, environment);
            return statement;
        })];
        return statements.Length == 0 ? null : ResourcePolicies.Document(statements);
    }

    /// <summary>Lets the rules of an event bus in another account send to the event bus of a receiver.</summary>
    /// <param name="accountId">The account of the sender.</param>
    /// <param name="ruleArn">The rule; its account and Region are those of the sender.</param>
    /// <param name="busArn">The event bus of the receiver.</param>
    public static JsonObject Receives(string accountId, string ruleArn, JsonNode busArn) =>
        Allow(Account(accountId), "events:PutEvents", busArn, new JsonObject { [RuleCondition] = new JsonObject { ["aws:SourceArn"] = ruleArn } });

    /// <summary>An ID of a statement: letters, digits, hyphens and underscores, at most 64.</summary>
    public static string StatementId(string name) => string.Concat(name.Where(letter => letter != '-'));

    private static JsonObject Sends(ProjectProducer producer, JsonNode busArn)
    {
        JsonObject condition = [];
        JsonNode principal = producer.AccountId is { } account ? Account(account) : "*";
        if (producer.OrganizationId is { } organization)
            condition["StringEquals"] = new JsonObject { ["aws:PrincipalOrgID"] = organization };
        if (producer.BusArn is { } bus && Arn.TryParse(bus, out Arn? parsed))
            condition[RuleCondition] = new JsonObject { ["aws:SourceArn"] = (parsed with { Resource = BusName.RuleResource(parsed.Resource.Substring("event-bus/".Length), "*") }).ToString() };
        if (producer.Sources.Count > 0)
            AddSources(condition, producer.Sources);
        return Allow(principal, "events:PutEvents", busArn, condition);
    }

    /// <summary>Restricts a statement to sources. A condition on all values also holds of none, so the key must be there.</summary>
    public static void AddSources(JsonObject condition, IReadOnlyList<string> sources)
    {
        condition["ForAllValues:StringEquals"] = new JsonObject { ["events:source"] = ResourcePolicies.OneOrAll(sources.Select(source => (JsonNode)source)) };
        condition["Null"] = new JsonObject { ["events:source"] = "false" };
    }

    private static JsonObject Allow(JsonNode principal, JsonNode action, JsonNode resource, JsonObject condition)
    {
        JsonObject statement = new() { ["Effect"] = "Allow", ["Principal"] = principal, ["Action"] = action, ["Resource"] = resource.DeepClone() };
        if (condition.Count > 0)
            statement["Condition"] = condition;
        return statement;
    }

    private static JsonObject Account(string accountId) => new() { ["AWS"] = Functions.Sub($"arn:${{AWS::Partition}}:iam::{accountId}:root") };

    private static JsonNode? Literal(JsonNode? node, ProjectEnvironment environment) => node switch
    {
        JsonObject { Count: 1 } function when function["Fn::Sub"] is { } text => text.GetValue<string>().Replace("${AWS::Partition}", Partitions.Of(environment.Region)).Replace("${AWS::Region}", environment.Region)
            .Replace("${AWS::AccountId}", environment.AccountId).Replace($"${{{StackNames.EventBusName}}}", environment.BusName),
        JsonObject fields => new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Key, Literal(field.Value, environment)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Literal(element, environment))]),
        _ => node?.DeepClone(),
    };
}
