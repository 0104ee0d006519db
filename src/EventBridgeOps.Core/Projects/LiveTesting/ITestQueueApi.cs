using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The queues of a live test in Amazon SQS. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface ITestQueueApi
{
    /// <summary>CreateQueue: a standard queue from which each message is received once, because it stays hidden for longer than a test takes.</summary>
    /// <param name="name">The name of the queue.</param>
    /// <param name="policy">Its policy as JSON text.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The URL of the queue.</returns>
    Task<string> CreateAsync(string name, string policy, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>ListQueues. It can take a minute until a new queue is listed.</summary>
    /// <param name="namePrefix">What the names start with.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The URLs of the queues.</returns>
    IAsyncEnumerable<string> ListAsync(string namePrefix, CancellationToken cancellationToken);

    /// <summary>ListQueueTags.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string queueUrl, CancellationToken cancellationToken);

    /// <summary>ReceiveMessage: waits for messages, at most ten.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="wait">How long to wait for the first message, at most 20 seconds.</param>
    /// <param name="cancellationToken">Cancels the call; messages may be hidden all the same.</param>
    /// <returns>The messages; empty if none arrived.</returns>
    Task<IReadOnlyList<TestMessage>> ReceiveAsync(string queueUrl, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>DeleteQueue. A queue that does not exist is deleted already.</summary>
    /// <param name="queueUrl">The URL of the queue.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteAsync(string queueUrl, CancellationToken cancellationToken);
}

/// <summary>A message of the queue of a live test.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Group">The message group, which says from which target it is; null if it has none.</param>
/// <param name="Body">Its text: the input of the target.</param>
public sealed record TestMessage(string Id, string? Group, string Body);
