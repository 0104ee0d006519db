using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>What the services say of the resources that are targets. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface ITargetResourceApi
{
    /// <summary>
    /// What is known of a target: DescribeJobQueues, GetQueueAttributes, GetTopicAttributes, GetFunctionConfiguration and GetPolicy, or DescribeEventBus.
    /// </summary>
    /// <param name="target">The ARN of the target. A target of another service is not looked at.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What is known; null if the resource does not exist.</returns>
    Task<TargetResource?> FindAsync(Arn target, CancellationToken cancellationToken);

    /// <summary>The queues to which AWS Lambda sends events of asynchronous invocations that failed: GetFunctionEventInvokeConfig and GetFunctionConfiguration.</summary>
    /// <param name="function">The ARN of the function, with or without a version or an alias.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The ARNs, which may be those of other kinds of destinations; none if the function does not exist.</returns>
    Task<IReadOnlyList<string>> FailureDestinationsAsync(Arn function, CancellationToken cancellationToken);
}

/// <summary>A resource that is a target.</summary>
/// <param name="IsKnown">False if the service was not asked, because targets of this kind are not looked at.</param>
public sealed record TargetResource(bool IsKnown = true)
{
    /// <summary>The resource policy as JSON text; null if it has none.</summary>
    public string? Policy { get; init; }

    /// <summary>The KMS key with which it is encrypted; null if it is not encrypted with a key of AWS KMS.</summary>
    public string? KeyId { get; init; }

    /// <summary>The largest input that it accepts, in bytes; null if it is not known.</summary>
    public long? MaxInputBytes { get; init; }

    /// <summary>Whether it is a job queue with a fair-share scheduling policy.</summary>
    public bool HasSchedulingPolicy { get; init; }
}
