using EventBridgeOps.Sandbox.Queries;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>The query protocol of SNS.</summary>
/// <remarks>The service model sns-2010-03-31</remarks>
internal static class SnsForms
{
    public static QueryApi Api { get; } = new("sns", "2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/")
    {
        Members =
        [
            QueryMember.Map("Attributes"),
            QueryMember.Map("MessageAttributes", "Name", "Value"),
            QueryMember.List("Tags"),
            QueryMember.List("TagKeys"),
            QueryMember.List("AWSAccountId"),
            QueryMember.List("ActionName"),
            QueryMember.List("PublishBatchRequestEntries"),
            QueryMember.List("Successful") with { IsAnswer = true },
            QueryMember.List("Failed") with { IsAnswer = true },
            QueryMember.List("Topics") with { IsAnswer = true },
            QueryMember.List("Subscriptions") with { IsAnswer = true },
        ],
        Flags = ["ReturnSubscriptionArn"],
        Silent = ["DeleteTopic", "SetTopicAttributes", "SetSubscriptionAttributes", "Unsubscribe", "AddPermission", "RemovePermission"],
        Unsigned = ["ConfirmSubscription", "Unsubscribe"],
    };
}
