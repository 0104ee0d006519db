using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Options for sending events.</summary>
public sealed record PublishOptions
{
    /// <summary>The maximum number of concurrent calls.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>
    /// Send each detail unchanged. Otherwise, an <c>ebopsId</c> is added to a detail that has none, so that a consumer can recognize an event that is
    /// delivered twice: an entry is sent again when a response is lost, and EventBridge itself delivers at least once.
    /// </summary>
    public bool AsIs { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public void Check() => ThrottleLimits.Check(ThrottleLimit);
}
