using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>SNS topics. A FIFO topic refuses the message, because EventBridge sends no message group.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html: EventBridge does not support FIFO topics.</remarks>
internal sealed class TopicTarget : ITarget
{
    private static readonly IReadOnlyDictionary<string, string> NoContext = new Dictionary<string, string>();

    public string Service => "sns";

    public Message? Deliver(Attempt attempt)
    {
        Operation operation = attempt.Operation;
        string arn = attempt.Target.Arn.ToString();
        if (attempt.Target.Arn.AccountId != operation.Account.Id)
            return DeliveryMessages.OtherAccount(attempt.Target.Arn.AccountId);
        if (Topic.AtArn(operation, arn) is not { } topic)
            throw DeliveryRefusal.NoResource("Topic does not exist");

        // "You can't use Condition blocks in Amazon SNS topic policies for EventBridge": https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
        PolicyRequest request = new("events.amazonaws.com", "sns:Publish", topic.Arn, NoContext);
        if (!ResourcePolicy.Allows(topic.Policy, request))
            throw DeliveryRefusal.NoPermission($"Access to the resource {arn} is denied.");
        PublishOperation.Publish(operation, topic, RawDocument.Empty.With("Message", attempt.Input));
        return null;
    }
}
