using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>Amazon SQS, as far as messages are read and settled. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IDeadLetterQueueApi
{
    /// <summary>GetQueueUrl and GetQueueAttributes.</summary>
    /// <param name="queue">The ARN of the queue.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<DeadLetterQueue> DescribeAsync(Arn queue, CancellationToken cancellationToken);

    /// <summary>ReceiveMessage: at most ten messages, which other consumers do not see for some time. Empty if there are no more.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="hidden">How long they are hidden.</param>
    /// <param name="cancellationToken">Cancels the call; messages may be hidden all the same.</param>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueUrl, TimeSpan hidden, CancellationToken cancellationToken);

    /// <summary>ChangeMessageVisibilityBatch: hides messages from now on, or shows them at once.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="receiptHandles">The receipt handles, at most ten.</param>
    /// <param name="hidden">How long they are hidden from now on; zero to show them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many could not be changed.</returns>
    Task<int> HideAsync(string queueUrl, IReadOnlyList<string> receiptHandles, TimeSpan hidden, CancellationToken cancellationToken);

    /// <summary>DeleteMessage.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="receiptHandle">The receipt handle.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken);
}

/// <summary>A queue.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Url">Its URL.</param>
public sealed record DeadLetterQueue(Arn Arn, string Url)
{
    /// <summary>The name.</summary>
    public string Name => Arn.Resource;

    /// <summary>How often a message is received before the queue itself moves it to another queue; null if it does not.</summary>
    public int? MaxReceiveCount { get; init; }

    /// <summary>About how many messages can be received (<c>ApproximateNumberOfMessages</c>).</summary>
    public long VisibleCount { get; init; }

    /// <summary>Whether it is a FIFO queue, which shows at most ten messages of a group at a time.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>About how many messages are hidden from this run, because a consumer has received them (<c>ApproximateNumberOfMessagesNotVisible</c>).</summary>
    public long HiddenCount { get; init; }
}

/// <summary>A message that was received.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="ReceiptHandle">What settles it.</param>
/// <param name="Body">Its text.</param>
/// <param name="Attributes">Its message attributes that are texts or numbers.</param>
public sealed record QueueMessage(string Id, string ReceiptHandle, string Body, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The message with what its system attributes say.</summary>
    /// <param name="system">The system attributes, as texts.</param>
    public QueueMessage With(JsonObject system) => this with
    {
        // The last moment that there is in .NET.
        SentAt = Number(system, "SentTimestamp") is { } sent and < 253402300799999 ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null,
        ReceiveCount = Number(system, "ApproximateReceiveCount") is { } count and <= int.MaxValue ? (int)count : null,
    };

    /// <summary>When it was sent, in UTC; null if the service did not say it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How often it was received, this time included; null if the service did not say it.</summary>
    public int? ReceiveCount { get; init; }

    private static long? Number(JsonObject system, string name) =>
        system[name] is JsonValue value && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
