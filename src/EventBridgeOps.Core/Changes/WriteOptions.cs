using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>The options of all changes.</summary>
public record WriteOptions
{
    /// <summary>Write even if the target was modified in the meantime. Only the intended fields are replaced in the current document.</summary>
    public bool Force { get; init; }

    /// <summary>If any item of the run fails, roll back those that were updated.</summary>
    public bool RevertOnFailure { get; init; }

    /// <summary>The number of rules that are processed at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>How long to wait until a write is visible when it is read back.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with the ID of the change before the first write, so that an interrupted run can be found.</summary>
    public Action<string>? ChangeStarted { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public virtual void Check() => ThrottleLimits.Check(ThrottleLimit);
}
