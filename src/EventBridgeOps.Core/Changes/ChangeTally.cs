using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>Counts the outcomes of targets and job definitions.</summary>
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
