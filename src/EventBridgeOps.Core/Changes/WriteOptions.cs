using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>The options of all changes.</summary>
[Request]
public partial record WriteOptions
{
    /// <summary>Write even if a target or job definition was modified in the meantime. Only the intended values are replaced in the current document.</summary>
    [Option]
    public bool Force { get; init; }

    /// <summary>If any item of the run fails, roll back the items that were updated.</summary>
    public virtual bool RevertOnFailure { get; init; }

    /// <summary>Save the planned updates in this file instead of making them.</summary>
    public virtual string? PlanPath { get; init; }

    /// <summary>
    /// Whether the user asked only what would be updated. What was planned earlier, such as an undo, is then compared with the account before approval is asked.
    /// </summary>
    public bool WhatIf { get; init; }

    /// <summary>What runs with these options would have written so far, with <see cref="WhatIf"/>.</summary>
    internal PreviewedWrites Previewed { get; } = new();

    /// <summary>The maximum number of items to process at the same time.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>How long to wait until a write is visible when it is read back.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called with the ID of the change before the first write, so that an interrupted run can be found.</summary>
    public Action<string>? ChangeStarted { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public virtual void Check() => RequestLimits.Check(this, Request);
}
