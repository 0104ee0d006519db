using System.Runtime.CompilerServices;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The counts of queues in the namespace AWS/SQS, minute by minute; they are kept in memory until they are asked for, or the minute ends. How many messages a queue has is measured by the alarms.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html</remarks>
internal sealed class QueueMetrics
{
    public const string Namespace = "AWS/SQS";
    public const string Dimension = "QueueName";

    private static readonly ConditionalWeakTable<Region, QueueMetrics> Regions = new();

    private readonly Region state;
    private readonly Dictionary<(string Queue, string Name, string Unit), MetricSample> counts = [];
    private DateTimeOffset minute;

    private QueueMetrics(Region state)
    {
        this.state = state;
        state.Settling += Write;
    }

    public static void Sent(Operation operation, Queue queue, int bytes)
    {
        Add(operation, queue, "NumberOfMessagesSent", 1);
        Add(operation, queue, "SentMessageSize", bytes, "Bytes");
    }

    public static void Received(Operation operation, Queue queue, int messages)
    {
        if (messages == 0)
            Add(operation, queue, "NumberOfEmptyReceives", 1);
        for (int i = 0; i < messages; i++)
            Add(operation, queue, "NumberOfMessagesReceived", 1);
    }

    public static void Deleted(Operation operation, Queue queue) => Add(operation, queue, "NumberOfMessagesDeleted", 1);

    private static void Add(Operation operation, Queue queue, string name, double value, string unit = "Count")
    {
        QueueMetrics metrics = Regions.GetValue(operation.State, state => new(state));
        DateTimeOffset now = MetricTime.Minute(operation.Now);
        if (now != metrics.minute)
            metrics.Write();
        metrics.minute = now;
        if (!metrics.counts.TryGetValue((queue.Name, name, unit), out MetricSample? sample))
            metrics.counts[(queue.Name, name, unit)] = sample = new();
        sample.Add(value);
        AlarmClock.Touch(operation.State, operation.Now);
    }

    private void Write()
    {
        if (counts.Count == 0)
            return;
        MetricStore store = new(state);
        store.Expire(minute);
        foreach (KeyValuePair<(string Queue, string Name, string Unit), MetricSample> count in counts.ToList())
            store.Add(MetricName.Of(Namespace, count.Key.Name, (Dimension, count.Key.Queue)), count.Key.Unit, minute, count.Value);
        counts.Clear();
    }
}
