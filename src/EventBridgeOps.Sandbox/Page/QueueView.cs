using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>The SQS queues with the number of their messages.</summary>
internal static class QueueView
{
    private const int MostQueues = 200;
    private const int MostCounted = 10_000;

    public static Some<QueueShown> Of(Operation operation)
    {
        HashSet<string> deadLetterQueues = new(DeadLetterQueues(operation), StringComparer.Ordinal);
        return Some<QueueShown>.Of(Queue.Every(operation).ToList(), MostQueues, queue => Show(operation, queue, deadLetterQueues.Contains(queue.Arn)));
    }

    private static QueueShown Show(Operation operation, Queue queue, bool isDeadLetterQueue)
    {
        queue.Expire(); // In the copy.
        (int visible, int inFlight, int delayed) = queue.Count(operation.Now, MostCounted);
        return new(queue.Name, queue.Arn, visible, inFlight, delayed, queue.Messages.Count > MostCounted, queue.IsFifo, isDeadLetterQueue);
    }

    /// <summary>The queues to which another queue or the target of a rule gives what cannot be processed or delivered.</summary>
    private static IEnumerable<string> DeadLetterQueues(Operation operation) =>
        Queue.Every(operation).Select(queue => queue.Redrive?.Text("deadLetterTargetArn"))
            .Concat(operation.State["targets"].Values.SelectMany(targets => targets.Members)
                .Select(target => RawDocument.From(target.Value).Object("DeadLetterConfig")?.Text("Arn")))
            .OfType<string>();
}

/// <summary>An SQS queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Visible">The number of messages that can be received.</param>
/// <param name="InFlight">The number of messages that were received and are hidden until their visibility timeout.</param>
/// <param name="Delayed">The number of messages that cannot be received yet.</param>
/// <param name="HasMore">Whether there are more messages, which were not counted.</param>
/// <param name="IsFifo">Whether it is a FIFO queue.</param>
/// <param name="IsDeadLetterQueue">Whether a queue or a target of a rule names it as its dead-letter queue.</param>
internal sealed record QueueShown(
    string Name, string Arn, int Visible, int InFlight, int Delayed, bool HasMore, bool IsFifo, bool IsDeadLetterQueue);
