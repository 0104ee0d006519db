using EventBridgeOps.Rules;

namespace EventBridgeOps.Sync;

/// <summary>How a sync or an undo writes.</summary>
public record WriteOptions
{
    /// <summary>Write even where the target is no longer what was seen; only what was meant to change is replaced in what is there now.</summary>
    public bool Force { get; init; }

    /// <summary>How many rules are worked on at a time.</summary>
    public int ThrottleLimit { get; init; } = RuleQuery.DefaultThrottleLimit;

    /// <summary>How long a write may take to show when it is read back.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told the change's id as soon as it is in the journal, before the first write: an interrupted run is found by it.</summary>
    public Action<string>? ChangeStarted { get; init; }

    /// <summary>Refuses what cannot be done or contradicts itself.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public virtual void Check() => RuleQuery.CheckThrottleLimit(ThrottleLimit);
}

/// <summary>What a sync does with the targets that it is given.</summary>
public sealed record SyncOptions : WriteOptions
{
    /// <summary>Pin to this revision, which must be ACTIVE; null for the latest.</summary>
    public int? ToRevision { get; init; }

    /// <summary>Drop the revision, so that Batch takes the newest ACTIVE one at submit time.</summary>
    public bool Float { get; init; }

    /// <summary>Repair targets of disabled rules too.</summary>
    public bool IncludeDisabledRule { get; init; }

    /// <summary>When any target of the run fails, put back those that were written.</summary>
    public bool RevertOnFailure { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (Float && ToRevision is not null)
            throw new OpsException(ErrorIds.InvalidArgument, "Float and ToRevision contradict each other: a floating reference has no revision. Give one of them.");
        if (ToRevision is < 1)
            throw new OpsException(ErrorIds.InvalidArgument, $"ToRevision {ToRevision} is no revision: revisions count from 1.");
    }
}
