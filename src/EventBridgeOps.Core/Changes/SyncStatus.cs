using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>What became of one target.</summary>
public enum SyncStatus
{
    /// <summary>Written, and read back as written.</summary>
    Updated,

    /// <summary>It was as it should be; nothing was written.</summary>
    AlreadyCurrent,

    /// <summary>Left alone on purpose; the reason says why.</summary>
    Skipped,

    /// <summary>It would be written, if this were not a what-if.</summary>
    WouldUpdate,

    /// <summary>Not repaired, or not seen to be; the reason says why.</summary>
    Failed,

    /// <summary>Put back as it was before the change.</summary>
    Reverted,
}

/// <summary>Counts what became of targets and job definitions.</summary>
public static class ChangeTally
{
    /// <summary>A new count.</summary>
    public static Tally<SyncStatus> Start() => new(
        (SyncStatus.Updated, ChangeMessages.Updated()),
        (SyncStatus.Reverted, ChangeMessages.Reverted()),
        (SyncStatus.WouldUpdate, ChangeMessages.WouldUpdate()),
        (SyncStatus.AlreadyCurrent, ChangeMessages.AlreadyCurrent()),
        (SyncStatus.Skipped, ChangeMessages.Skipped()));
}
