using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sync;

/// <summary>The options of a sync.</summary>
public sealed record SyncOptions : WriteOptions
{
    /// <summary>Pin to this revision, which must be ACTIVE; null for the latest.</summary>
    public int? ToRevision { get; init; }

    /// <summary>Remove the revision, so that AWS Batch uses the latest ACTIVE one when a job is submitted.</summary>
    public bool Float { get; init; }

    /// <summary>Repair targets of disabled rules as well.</summary>
    public bool IncludeDisabledRule { get; init; }

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
