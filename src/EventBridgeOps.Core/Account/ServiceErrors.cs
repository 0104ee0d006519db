namespace EventBridgeOps.Account;

/// <summary>What is known of the service's error codes where they come inside an answer of HTTP 200.</summary>
internal static class ServiceErrors
{
    /// <summary>Codes of single entries that may pass when the entry is sent again.</summary>
    public static IReadOnlyCollection<string> PassingCodes { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "ConcurrentModificationException", "InternalException", "InternalFailure", "InternalServiceError", "ServiceUnavailable",
        "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded",
    };
}
