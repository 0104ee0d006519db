using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.Testing;

/// <summary>The policy by which other accounts may use the event bus of a project.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html and eb-manage-iam-access.html.</remarks>
internal static class BusPolicy
{
    private static readonly string[] RuleActions =
    [
        "events:PutRule", "events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule", "events:PutTargets", "events:RemoveTargets",
        "events:ListTargetsByRule", "events:TagResource", "events:UntagResource", "events:ListTagsForResource",
    ];

    /// <summary>The policy; null if no other account may use the event bus.</summary>
    /// <param name="settings">The settings of the project.</param>
    /// <param name="environment">The environment.</param>
    public static JsonObject? Of(ProjectSettings settings, ProjectEnvironment environment)
    {
        string partition = Partitions.Of(environment.Region);
        string start = $"arn:{partition}:events:{environment.Region}:{environment.AccountId}:";
        JsonArray statements = [];
        foreach (ProjectConsumer consumer in settings.Consumers)
        {
            JsonObject principal = new() { ["AWS"] = $"arn:{partition}:iam::{consumer.AccountId}:root" };
            string name = string.Concat(consumer.Name.Where(letter => letter != '-'));
            if (consumer.Publishes)
                statements.Add(new JsonObject { ["Sid"] = name + "Publishes", ["Effect"] = "Allow", ["Principal"] = principal.DeepClone(), ["Action"] = "events:PutEvents", ["Resource"] = $"{start}event-bus/{environment.BusName}" });
            if (consumer.BusArn is not null)
                continue;
            statements.Add(new JsonObject
            {
                ["Sid"] = name + "MakesRules",
                ["Effect"] = "Allow",
                ["Principal"] = principal.DeepClone(),
                ["Action"] = new JsonArray([.. RuleActions.Select(action => (JsonNode)action)]),
                ["Resource"] = $"{start}rule/{environment.BusName}/*",
                ["Condition"] = new JsonObject { ["StringEqualsIfExists"] = new JsonObject { ["events:creatorAccount"] = "${aws:PrincipalAccount}" } },
            });
        }

        return statements.Count == 0 ? null : new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements };
    }
}
