using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>How a sync or an undo writes.</summary>
public record WriteOptions
{
    /// <summary>Write even where the target is no longer what was seen; only what was meant to change is replaced in what is there now.</summary>
    public bool Force { get; init; }

    /// <summary>How many rules are worked on at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>How long a write may take to show when it is read back.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told the change's id as soon as it is in the journal, before the first write: an interrupted run is found by it.</summary>
    public Action<string>? ChangeStarted { get; init; }

    /// <summary>Refuses what cannot be done or contradicts itself.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public virtual void Check() => ThrottleLimits.Check(ThrottleLimit);
}
