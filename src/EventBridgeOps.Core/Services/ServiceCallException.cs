using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

/// <summary>An AWS service rejected a call, or could not be reached.</summary>
public sealed class ServiceCallException : OpsException
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What failed, on what, why, and what to do.</param>
    /// <param name="call">The call and the error of the service.</param>
    /// <param name="innerException">The exception of the SDK.</param>
    public ServiceCallException(string errorId, Message message, FailedCall call, Exception? innerException = null)
        : base(errorId, message, innerException) => Call = call;

    /// <summary>The call and the error of the service.</summary>
    public FailedCall Call { get; }

    /// <summary>True if the same call can succeed later: throttling, a fault inside the service, a broken connection, a concurrent change.</summary>
    public bool MayPass => ErrorId is ErrorIds.Throttled or ErrorIds.ServiceUnavailable or ErrorIds.Unreachable
        or ErrorIds.MalformedAnswer or ErrorIds.ConcurrentModification;

    /// <summary>True if the call may have taken effect although it was answered with this error, or with none.</summary>
    public bool MayHaveArrived => MayPass && ErrorId is not (ErrorIds.Throttled or ErrorIds.ConcurrentModification);
}

/// <summary>A call that failed.</summary>
/// <param name="Service">The service's signing name: <c>events</c>, <c>batch</c>, <c>sts</c>.</param>
/// <param name="Operation">The API operation, for example <c>PutTargets</c>.</param>
/// <param name="Code">The service's error code, for example <c>ThrottlingException</c>; null if no response was received.</param>
/// <param name="Status">The HTTP status; 0 if no response was received.</param>
/// <param name="RequestId">The request ID, for AWS Support; null if no response was received.</param>
public sealed record FailedCall(string Service, string Operation, string? Code, int Status, string? RequestId);

/// <summary>The error codes of entries in a response with HTTP 200.</summary>
internal static class ServiceErrors
{
    /// <summary>The error ID of a single entry that was rejected. Transient errors have the same IDs as for whole calls.</summary>
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
