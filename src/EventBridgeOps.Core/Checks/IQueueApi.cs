using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.Checks;

/// <summary>What the domain asks of Amazon SQS about dead-letter queues.</summary>
public interface IQueueApi
{
    /// <summary>GetQueueAttributes: about how many messages wait in a queue.</summary>
    /// <param name="queue">The queue's ARN.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The service refused, or could not be reached; <see cref="ErrorIds.ResourceNotFound"/> when there is no such queue.</exception>
    Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken);
}
