using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>SNS: topics, and subscriptions of queues and of HTTP endpoints on this computer.</summary>
internal sealed class SnsService : IService
{
    public string Name => "sns";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateTopic"] = TopicOperations.Create,
        ["DeleteTopic"] = TopicOperations.Delete,
        ["ListTopics"] = TopicOperations.List,
        ["GetTopicAttributes"] = TopicOperations.GetAttributes,
        ["SetTopicAttributes"] = TopicOperations.SetAttributes,
        ["AddPermission"] = TopicPermissions.Add,
        ["RemovePermission"] = TopicPermissions.Remove,
        ["TagResource"] = TopicTags.Tag,
        ["UntagResource"] = TopicTags.Untag,
        ["ListTagsForResource"] = TopicTags.List,
        ["Subscribe"] = SubscriptionOperations.Subscribe,
        ["ConfirmSubscription"] = SubscriptionOperations.Confirm,
        ["Unsubscribe"] = SubscriptionOperations.Unsubscribe,
        ["ListSubscriptions"] = SubscriptionOperations.List,
        ["ListSubscriptionsByTopic"] = SubscriptionOperations.ListByTopic,
        ["GetSubscriptionAttributes"] = SubscriptionOperations.GetAttributes,
        ["SetSubscriptionAttributes"] = SubscriptionOperations.SetAttributes,
        ["Publish"] = PublishOperation.Publish,
        ["PublishBatch"] = PublishOperation.PublishBatch,
    };

    public AwsError BadToken => SnsErrors.Invalid("NextToken");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalError", "An internal error has occurred.");
}
