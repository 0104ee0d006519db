using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sync;

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
            throw new OpsException(ErrorIds.InvalidArgument, SyncMessages.FloatAndRevision());
        if (ToRevision is < 1)
            throw new OpsException(ErrorIds.InvalidArgument, SyncMessages.RevisionTooLow());
    }
}
