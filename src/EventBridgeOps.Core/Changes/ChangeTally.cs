using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>Counts what became of targets and job definitions.</summary>
public static class ChangeTally
{
    /// <summary>A new count.</summary>
    public static Tally<SyncStatus> Start() => new(
        (SyncStatus.Updated, "updated"), (SyncStatus.Reverted, "put back"), (SyncStatus.WouldUpdate, "would be updated"), (SyncStatus.AlreadyCurrent, "already current"), (SyncStatus.Skipped, "skipped"));
}
