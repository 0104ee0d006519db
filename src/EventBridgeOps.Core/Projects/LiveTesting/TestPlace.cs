using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Where a live test runs.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Region">The Region.</param>
internal sealed record TestPlace(string AccountId, string Region)
{
    /// <summary>The ARN of a rule.</summary>
    public string RuleArn(string bus, string rule) => Arn.In("events", Region, AccountId, BusName.RuleResource(bus, rule)).ToString();

    /// <summary>The ARN of an event bus.</summary>
    public string BusArn(string bus) => Arn.In("events", Region, AccountId, "event-bus/" + bus).ToString();

    /// <summary>The ARN of a queue.</summary>
    public string QueueArn(string queue) => Arn.In("sqs", Region, AccountId, queue).ToString();

    /// <summary>The policy of a queue to which rules send.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions.</remarks>
    /// <param name="queue">The name of the queue.</param>
    /// <param name="rules">The ARN of a rule, with wildcards.</param>
    public string QueuePolicy(string queue, string rules) => Document.Write(new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "events.amazonaws.com" },
            ["Action"] = "sqs:SendMessage",
            ["Resource"] = QueueArn(queue),
            ["Condition"] = new JsonObject
            {
                ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = rules },
                ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = AccountId },
            },
        }),
    });
}
