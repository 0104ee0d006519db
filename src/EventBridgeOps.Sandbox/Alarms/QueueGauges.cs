using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>
/// Measures how many messages queues have, and how old the oldest is: when metrics are asked for, and when alarms are evaluated. SQS measures each
/// minute, while a queue is in use.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html</remarks>
internal static class QueueGauges
{
    /// <summary>Measures the queues that have messages, or had some when they were measured last, once for each minute.</summary>
    /// <returns>Whether a queue has messages.</returns>
    public static bool Measure(Operation operation, DateTimeOffset at)
    {
        bool any = false;
        foreach (Queue queue in Queue.Every(operation))
        {
            queue.Expire();
            any |= queue.Messages.Count > 0;
            Worlds.Table measured = operation.State["queueGauges"];
            long minute = MetricTime.Minute(at).ToUnixTimeSeconds();
            if (measured.Find(queue.Name) is { } last ? last.Number("minute") == minute || (last.Flag("isEmpty") && queue.Messages.Count == 0) : queue.Messages.Count == 0)
                continue;
            measured[queue.Name] = Wire.RawDocument.Empty.With("minute", minute).With("isEmpty", queue.Messages.Count == 0);
            (int visible, int inFlight, int delayed) = queue.Count(operation.Now);
            Add(operation, queue, "ApproximateNumberOfMessagesVisible", "Count", at, visible);
            Add(operation, queue, "ApproximateNumberOfMessagesNotVisible", "Count", at, inFlight);
            Add(operation, queue, "ApproximateNumberOfMessagesDelayed", "Count", at, delayed);
            long oldest = queue.Messages.Count == 0 ? operation.Now.ToUnixTimeMilliseconds() : queue.Messages.Values.Min(message => message.Number("sent") ?? 0);
            Add(operation, queue, "ApproximateAgeOfOldestMessage", "Seconds", at, Math.Floor((operation.Now.ToUnixTimeMilliseconds() - oldest) / 1000d));
        }

        return any;
    }

    private static void Add(Operation operation, Queue queue, string name, string unit, DateTimeOffset at, double value)
    {
        MetricSample sample = new();
        sample.Add(value);
        new MetricStore(operation.State).Add(MetricName.Of(QueueMetrics.Namespace, name, (QueueMetrics.Dimension, queue.Name)), unit, MetricTime.Minute(at), sample);
    }
}
