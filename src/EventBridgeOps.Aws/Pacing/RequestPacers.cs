using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace EventBridgeOps.Aws.Pacing;

/// <summary>The pacers of this process: sessions of one account and Region share the quotas of AWS, so they share the pacers on purpose.</summary>
internal static class RequestPacers
{
    // By clock, since a pacer lives by one; with the clock of a host, its pacers go.
    private static readonly ConditionalWeakTable<TimeProvider, ConcurrentDictionary<PacerKey, RequestPacer>> OfClock = new();

    /// <summary>The pacer of a quota; without an account, one that is not shared.</summary>
    public static RequestPacer Of(TimeProvider time, PacerKey key) => key.Account is null
        ? new RequestPacer(key.Quota.RequestsPerSecond, time, key.Quota.Burst)
        : OfClock.GetValue(time, _ => new()).GetOrAdd(key, _ => new RequestPacer(key.Quota.RequestsPerSecond, time, key.Quota.Burst));
}

/// <summary>Whose quota it is.</summary>
/// <param name="Account">The account; null if it is not known without a call.</param>
/// <param name="Region">The Region.</param>
/// <param name="Quota">The quota.</param>
/// <param name="Endpoint">The endpoint: a local one knows nothing of the quotas of AWS.</param>
internal sealed record PacerKey(string? Account, string Region, Quota Quota, Uri Endpoint);

/// <summary>A quota of requests per account and Region.</summary>
/// <param name="Name">The service, or a group of its operations.</param>
/// <param name="RequestsPerSecond">The rate.</param>
internal sealed record Quota(string Name, double RequestsPerSecond)
{
    /// <summary>The requests that may be sent at once after a pause.</summary>
    public int Burst { get; init; } = RequestPacer.DefaultBurst;
}
