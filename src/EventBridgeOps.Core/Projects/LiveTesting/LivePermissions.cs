using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What an identity must be allowed for a live test that invokes no targets, besides the lists of event buses and rules. A test compares it with <c>docs/iam.md</c>, which is compared with the calls.</summary>
internal static class LivePermissions
{
    private const string Names = TestTags.NamePrefix + "-*";

    /// <summary>What is done with temporary event buses, rules and queues. Those that are created have tags.</summary>
    public static readonly IReadOnlyList<string> Actions =
    [
        "events:CreateEventBus", "events:DeleteEventBus", "events:DeleteRule", "events:ListTagsForResource", "events:ListTargetsByRule", "events:PutEvents", "events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:TagResource",
        "sqs:CreateQueue", "sqs:DeleteQueue", "sqs:ListQueueTags", "sqs:ReceiveMessage", "sqs:TagQueue",
    ];

    /// <summary>What IAM authorizes on no resource.</summary>
    public static readonly IReadOnlyList<string> OfAnyResource = ["sqs:ListQueues"];

    /// <summary>The ARNs of the temporary resources. A rule can be left on another event bus by a test that invoked targets.</summary>
    /// <param name="place">Where the test runs.</param>
    public static IReadOnlyList<string> Resources(TestPlace place) => [place.BusArn(Names), place.RuleArn(BusName.Default, Names), place.RuleArn("*", Names), place.QueueArn(Names)];
}
