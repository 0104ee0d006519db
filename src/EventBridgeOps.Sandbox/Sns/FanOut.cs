using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Brings a message to the subscribers of a topic: to queues at once, to HTTP endpoints as planned work.</summary>
internal static class FanOut
{
    public static void Send(Operation operation, Topic topic, Notification notification)
    {
        foreach (Subscription subscription in Subscription.Of(operation, topic.Name).Where(subscription => !subscription.IsPending))
        {
            if (FilterPolicy.Of(subscription)?.Matches(notification.Document.Text("Message")!, notification.Attributes) == false)
                continue;
            if (subscription.Protocol == "sqs")
                SendToQueue(operation, topic, subscription, notification);
            else
                HttpNotifier.Plan(operation, subscription, notification);
        }
    }

    /// <summary>Sends what could not be delivered to the dead-letter queue of the subscription; without one, or where that fails, it is lost, as in AWS.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html</remarks>
    public static void GiveUp(Operation operation, Subscription subscription, RawDocument message)
    {
        if (Queue.AtArn(operation, subscription.DeadLetterQueue) is { } letters)
            TrySend(operation, letters, subscription.TopicArn, message);
    }

    private static void SendToQueue(Operation operation, Topic topic, Subscription subscription, Notification notification)
    {
        RawDocument message = RawDocument.Empty
            .With("MessageBody", subscription.IsRaw ? notification.MessageFor("sqs") : notification.Envelope(subscription))
            .With("MessageGroupId", notification.Document.Text("MessageGroupId"));
        if (subscription.IsRaw && notification.Attributes.Members.Count > 0)
            message = message.With("MessageAttributes", notification.Attributes);
        if (subscription.Endpoint.EndsWith(Queue.FifoSuffix, StringComparison.Ordinal))
            message = message.With("MessageDeduplicationId", notification.Document.Text("MessageDeduplicationId"));

        // A missing queue, a missing permission, more than ten attributes: errors of the client, which SNS does not retry.
        if (Queue.AtArn(operation, subscription.Endpoint) is not { } queue || !TrySend(operation, queue, topic.Arn, message))
            GiveUp(operation, subscription, message);
    }

    private static bool TrySend(Operation operation, Queue queue, string topicArn, RawDocument message)
    {
        if (!PolicyEvaluation.OfResource(queue.Policy, PolicyRequest.OfService("sns.amazonaws.com", "sqs:SendMessage", queue.Arn, topicArn, operation.Account.Id)).IsAllowed)
            return false;
        try
        {
            MessageOperations.Send(operation, queue, message);
            return true;
        }
        catch (AwsError)
        {
            return false;
        }
    }
}
