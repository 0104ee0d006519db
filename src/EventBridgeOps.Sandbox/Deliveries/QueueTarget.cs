using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>SQS queues, standard and FIFO.</summary>
internal sealed class QueueTarget : ITarget
{
    public string Service => "sqs";

    public Message? Deliver(Attempt attempt)
    {
        Operation operation = attempt.Operation;
        string arn = attempt.Target.Arn.ToString();
        if (attempt.Target.Arn.AccountId != operation.Account.Id)
            return DeliveryMessages.OtherAccount(attempt.Target.Arn.AccountId);
        if (Queue.AtArn(operation, arn) is not { } queue)
            throw DeliveryRefusal.NoResource("The specified queue does not exist.");
        if (attempt.Doubt(MaySend(operation, queue, attempt.RuleArn), "sqs:SendMessage") is { } doubt)
            return doubt;

        RawDocument message = RawDocument.Empty
            .With("MessageBody", attempt.Input)
            .With("MessageGroupId", attempt.Target.Document.Object("SqsParameters")?.Text("MessageGroupId"));
        // EventBridge sends no deduplication ID, so SQS refuses it for a FIFO queue without content-based deduplication: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
        MessageOperations.Send(operation, queue, message);
        return null;
    }

    /// <summary>Whether the policy of a queue lets EventBridge send for a rule.</summary>
    public static PolicyDecision MaySend(Operation operation, Queue queue, string ruleArn) =>
        PolicyEvaluation.OfResource(queue.Policy, PolicyRequest.OfEventBridge("sqs:SendMessage", queue.Arn, ruleArn, operation.Account.Id));
}
