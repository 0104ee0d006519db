using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

/// <summary>An AWS service refused a call, or could not be reached.</summary>
public sealed class ServiceCallException : OpsException
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What failed, on what, why, and what to do.</param>
    /// <param name="call">Which call it was and what the service said.</param>
    /// <param name="innerException">The SDK's own exception.</param>
    public ServiceCallException(string errorId, Message message, FailedCall call, Exception? innerException = null)
        : base(errorId, message, innerException) => Call = call;

    /// <summary>Which call it was and what the service said.</summary>
    public FailedCall Call { get; }

    /// <summary>True when the same call may succeed later: throttling, a fault inside the service, a broken connection, a concurrent change.</summary>
    public bool MayPass => ErrorId is ErrorIds.Throttled or ErrorIds.ServiceUnavailable or ErrorIds.Unreachable
        or ErrorIds.MalformedAnswer or ErrorIds.ConcurrentModification;
}

/// <summary>A call that failed.</summary>
/// <param name="Service">The service's signing name: <c>events</c>, <c>batch</c>, <c>sts</c>.</param>
/// <param name="Operation">The API operation, for example <c>PutTargets</c>.</param>
/// <param name="Code">The service's error code, for example <c>ThrottlingException</c>; null when there was no answer.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="RequestId">The service's request id, for AWS support; null when there was no answer.</param>
public sealed record FailedCall(string Service, string Operation, string? Code, int Status, string? RequestId);

/// <summary>What is known of the service's error codes where they come inside an answer of HTTP 200.</summary>
internal static class ServiceErrors
{
    /// <summary>The error id of a single entry that was not taken; those that may pass are the ones that whole calls have for it.</summary>
    /// <param name="code">The entry's error code.</param>
    public static string EntryErrorId(string code) => code switch
    {
        "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" => ErrorIds.Throttled,
        "InternalException" or "InternalFailure" or "InternalServiceError" or "ServiceUnavailable" => ErrorIds.ServiceUnavailable,
        "ConcurrentModificationException" => ErrorIds.ConcurrentModification,
        "ManagedRuleException" => ErrorIds.ManagedRule,
        _ => ErrorIds.WriteFailed,
    };
}
