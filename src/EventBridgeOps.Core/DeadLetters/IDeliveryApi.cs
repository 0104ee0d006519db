using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Publishing;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>The calls that deliver to a target, as EventBridge makes them. Each is sent once, and throws <see cref="ServiceCallException"/> if the service rejects it or cannot be reached.</summary>
public interface IDeliveryApi
{
    /// <summary>SubmitJob of AWS Batch.</summary>
    /// <param name="queue">The ARN of the job queue.</param>
    /// <param name="job">The request.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The ID of the job.</returns>
    Task<string> SubmitJobAsync(Arn queue, JsonObject job, CancellationToken cancellationToken);

    /// <summary>ListJobs and DescribeJobs: the ID of the job of a name that has a tag; null if there is none.</summary>
    /// <param name="queue">The ARN of the job queue.</param>
    /// <param name="jobName">The name of the job.</param>
    /// <param name="since">When it was submitted at the earliest.</param>
    /// <param name="tag">Name and value of the tag.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<string?> FindJobAsync(Arn queue, string jobName, DateTimeOffset since, (string Name, string Value) tag, CancellationToken cancellationToken);

    /// <summary>SendMessage of Amazon SQS.</summary>
    /// <param name="queue">The ARN of the queue.</param>
    /// <param name="body">The text.</param>
    /// <param name="group">The message group of a FIFO queue; null for a standard queue.</param>
    /// <param name="deduplicationId">What a FIFO queue takes once in five minutes; null for a standard queue.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The ID of the message.</returns>
    Task<string> SendMessageAsync(Arn queue, string body, string? group, string? deduplicationId, CancellationToken cancellationToken);

    /// <summary>Publish of Amazon SNS.</summary>
    /// <param name="topic">The ARN of the topic.</param>
    /// <param name="message">The text.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The ID of the message.</returns>
    Task<string> PublishAsync(Arn topic, string message, CancellationToken cancellationToken);

    /// <summary>Invoke of AWS Lambda, asynchronously.</summary>
    /// <param name="function">The ARN of the function, with or without a version or an alias.</param>
    /// <param name="payload">The payload, a JSON text.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task InvokeAsync(Arn function, string payload, CancellationToken cancellationToken);

    /// <summary>PutEvents of EventBridge, with one event. HTTP 200 is not success: the entry has its own result.</summary>
    /// <param name="eventBus">The ARN of the event bus.</param>
    /// <param name="happened">The event as rules see it.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The result of the entry.</returns>
    Task<PutEventAnswer> PutEventAsync(Arn eventBus, JsonObject happened, CancellationToken cancellationToken);
}
