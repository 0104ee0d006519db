using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

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
