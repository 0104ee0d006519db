using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.Checks;

/// <summary>The dead-letter queues in Amazon SQS.</summary>
public interface IQueueApi
{
    /// <summary>GetQueueAttributes: the approximate number of messages in a queue.</summary>
    /// <param name="queue">The ARN of the queue.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The service rejected the call or could not be reached; <see cref="ErrorIds.ResourceNotFound"/> when the queue does not exist.</exception>
    Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken);
}
