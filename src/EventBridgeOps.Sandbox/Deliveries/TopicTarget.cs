using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>SNS topics. A FIFO topic refuses the message, because EventBridge sends no message group.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html: EventBridge does not support FIFO topics.</remarks>
internal sealed class TopicTarget : ITarget
{
    public string Service => "sns";

    public Message? Deliver(Attempt attempt)
    {
        Operation operation = attempt.Operation;
        string arn = attempt.Target.Arn.ToString();
        if (attempt.Target.Arn.AccountId != operation.Account.Id)
            return DeliveryMessages.OtherAccount(attempt.Target.Arn.AccountId);
        if (Topic.AtArn(operation, arn) is not { } topic)
            throw DeliveryRefusal.NoResource("Topic does not exist");

        PolicyRequest request = PolicyRequest.OfEventBridge("sns:Publish", topic.Arn, attempt.RuleArn, operation.Account.Id);
        if (attempt.Doubt(PolicyEvaluation.OfResource(topic.Policy, request), request.Action) is { } doubt)
            return doubt;
        PublishOperation.Publish(operation, topic, RawDocument.Empty.With("Message", attempt.Input));
        return null;
    }
}
