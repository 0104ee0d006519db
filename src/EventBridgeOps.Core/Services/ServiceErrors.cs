using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

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
