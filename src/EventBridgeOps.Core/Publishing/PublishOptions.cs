using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>How events are sent.</summary>
public sealed record PublishOptions
{
    /// <summary>How many calls are under way at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>
    /// Send each detail as it is. Otherwise one that has no <c>ebopsId</c> gets one, so that a consumer can tell an event that comes
    /// twice: when an answer is lost on its way an entry is sent again, and EventBridge itself delivers at least once.
    /// </summary>
    public bool AsIs { get; init; }

    /// <summary>Refuses what cannot be done.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public void Check() => ThrottleLimits.Check(ThrottleLimit);
}
