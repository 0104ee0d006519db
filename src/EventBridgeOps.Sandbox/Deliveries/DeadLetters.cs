using System.Globalization;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Sends an event that was given up to the dead-letter queue of its target: the original event, and why.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html</remarks>
internal static class DeadLetters
{
    /// <summary>Sends the dead letter.</summary>
    /// <returns>Null if it is in the queue; else why the event is lost.</returns>
    public static string? Send(Attempt attempt, DeliveryRefusal refusal, string? exhausted, int retries)
    {
        if (attempt.Target.DeadLetterQueue is not { } arn)
            return DeliveryMessages.NoDeadLetterQueue().ToString();
        if (Fault(attempt, arn, out Queue? queue) is { } fault)
            return fault;

        RawDocument attributes = RawDocument.Empty
            .With("RULE_ARN", Text(attempt.RuleArn))
            .With("TARGET_ARN", Text(attempt.Target.Arn.ToString()))
            .With("ERROR_CODE", Text(refusal.Code))
            .With("ERROR_MESSAGE", Text(refusal.Message))
            .With("RETRY_ATTEMPTS", Text(retries.ToString(CultureInfo.InvariantCulture)));
        if (exhausted is not null)
            attributes = attributes.With("EXHAUSTED_RETRY_CONDITION", Text(exhausted));
        try
        {
            MessageOperations.Send(attempt.Operation, queue!, RawDocument.Empty.With("MessageBody", attempt.Event.Json).With("MessageAttributes", attributes));
            return null;
        }
        catch (AwsError e)
        {
            return DeliveryMessages.DeadLetterRefused(arn, e.Message).ToString(); // Too large for the queue, for example.
        }
    }

    private static string? Fault(Attempt attempt, string arn, out Queue? queue)
    {
        Operation operation = attempt.Operation;
        queue = Queue.AtArn(operation, arn);
        if (!Arn.TryParse(arn, out Arn? parsed) || parsed.Region != operation.Call.Region)
            return DeliveryMessages.DeadLetterElsewhere(arn).ToString();
        if (queue is null)
            return DeliveryMessages.DeadLetterMissing(arn).ToString();
        if (queue.IsFifo)
            return DeliveryMessages.DeadLetterFifo(arn).ToString();
        PolicyDecision decision = QueueTarget.MaySend(operation, queue, attempt.RuleArn);
        return decision.IsAllowed ? null : DeliveryMessages.DeadLetterForbidden(arn, decision.Reason).ToString();
    }

    private static RawDocument Text(string value) => RawDocument.Empty.With("StringValue", value).With("DataType", "String");
}
