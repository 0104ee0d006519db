using System.Globalization;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>A queue: its attributes, and its messages in a table of their own, in the order in which they came.</summary>
internal sealed class Queue
{
    public const string FifoSuffix = ".fifo";

    /// <summary>The kind of planned work that looks for messages of a queue.</summary>
    public const string PollKind = "queuePoll";

    /// <summary>The table with the queues that something polls, by their names.</summary>
    public const string ConsumersTable = "queueConsumers";

    private readonly Operation operation;

    private Queue(Operation operation, string name, RawDocument document)
    {
        this.operation = operation;
        Name = name;
        Document = document;
    }

    public string Name { get; }

    public RawDocument Document { get; private set; }

    public string Arn => ArnOf(operation, Name);

    public bool IsFifo => Name.EndsWith(FifoSuffix, StringComparison.Ordinal);

    public RawDocument Attributes => Document.Object("Attributes") ?? RawDocument.Empty;

    public string? Policy => Attributes.Text("Policy") is { Length: > 0 } policy ? policy : null;

    public Table Messages => operation.State["queue/" + Name];

    /// <summary>Puts a message into the queue, or changes it; what polls the queue looks again when the message can be received.</summary>
    public void Put(string key, RawDocument message)
    {
        Messages[key] = message;
        if (!operation.State[ConsumersTable].ContainsKey(Name))
            return;
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(message.Number("visibleAt") ?? 0);
        DueWork.Plan(operation, at > operation.Now ? at : operation.Now, PollKind, RawDocument.Empty.With("queue", Name));
    }

    /// <summary>The deduplication IDs of the last five minutes.</summary>
    public Table Seen => operation.State["queueSeen/" + Name];

    public TimeSpan VisibilityTimeout => Seconds("VisibilityTimeout");

    public TimeSpan Delay => Seconds("DelaySeconds");

    public TimeSpan Retention => Seconds("MessageRetentionPeriod");

    public int LargestMessage => Number("MaximumMessageSize");

    public RawDocument? Redrive => Attributes.Text("RedrivePolicy") is { Length: > 0 } policy ? RawDocument.Parse(policy) : null;

    public static string ArnOf(Operation operation, string name) => operation.Arn("sqs", name);

    /// <summary>The queue with this URL, of which the last part is the name.</summary>
    public static Queue AtUrl(Operation operation)
    {
        string url = operation.Input.Text("QueueUrl") ?? throw SqsErrors.Missing("QueueUrl");
        return Named(operation, url.Substring(url.LastIndexOf('/') + 1)) ?? throw SqsErrors.NoQueue();
    }

    /// <summary>The queue with this ARN, if it is one of this account and Region.</summary>
    public static Queue? AtArn(Operation operation, string? text) =>
        Events.Names.Arn.TryParse(text, out Arn? arn) && arn.Service == "sqs" && operation.IsHere(arn.Partition, arn.Region, arn.AccountId)
            ? Named(operation, arn.Resource)
            : null;

    public static Queue? Named(Operation operation, string name) => All(operation).Find(name) is { } document ? new(operation, name, document) : null;

    public static IEnumerable<Queue> Every(Operation operation) => All(operation).ToList().Select(row => new Queue(operation, row.Key, row.Value));

    public static string Url(Operation operation, string name) => $"http://{operation.Call.Host}/{operation.Account.Id}/{name}";

    /// <summary>Whether the messages that were given up in another queue come here.</summary>
    public bool IsDeadLetterQueue() => Every(operation).Any(other => other.Redrive?.Text("deadLetterTargetArn") == Arn);

    public void Keep(RawDocument document)
    {
        Document = document;
        All(operation)[Name] = document;
    }

    /// <summary>How many of its messages can be received, are with a consumer, and are delayed.</summary>
    /// <param name="moment">The moment at which they are counted.</param>
    /// <param name="most">How many messages are looked at.</param>
    public (int Visible, int InFlight, int Delayed) Count(DateTimeOffset moment, int most = int.MaxValue)
    {
        long now = moment.ToUnixTimeMilliseconds();
        int visible = 0, inFlight = 0, delayed = 0;
        foreach (RawDocument message in Messages.Values.Take(most))
        {
            if (message.Number("visibleAt") <= now)
                visible++;
            else if (message.Number("receives") > 0)
                inFlight++;
            else
                delayed++;
        }

        return (visible, inFlight, delayed);
    }

    /// <summary>Removes the messages that are older than the queue keeps them.</summary>
    public void Expire()
    {
        long oldest = (operation.Now - Retention).ToUnixTimeMilliseconds();
        List<string> expired = [];
        foreach (KeyValuePair<string, RawDocument> message in Messages)
        {
            if (message.Value.Number("sent") >= oldest)
                break; // The rest is younger, but for what a redrive brought, which keeps its time: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
            expired.Add(message.Key);
        }

        expired.ForEach(key => Messages.Remove(key));
    }

    public void Remove()
    {
        All(operation).Remove(Name);
        operation.State.Drop("queue/" + Name);
        operation.State.Drop("queueSeen/" + Name);
    }

    private static Table All(Operation operation) => operation.State["queues"];

    private int Number(string attribute) => int.Parse(Attributes.Text(attribute) ?? "0", CultureInfo.InvariantCulture);

    private TimeSpan Seconds(string attribute) => TimeSpan.FromSeconds(Number(attribute));
}
