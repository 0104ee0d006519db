using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>The outcome for one target or job definition.</summary>
public enum SyncStatus
{
    /// <summary>Updated, and verified by reading it back.</summary>
    Updated,

    /// <summary>It was already up to date; nothing was written.</summary>
    AlreadyCurrent,

    /// <summary>Skipped on purpose; the reason says why.</summary>
    Skipped,

    /// <summary>It would be updated without what-if.</summary>
    WouldUpdate,

    /// <summary>It was not updated, or the update could not be verified; the reason says why.</summary>
    Failed,

    /// <summary>Reverted to the state before the change.</summary>
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
