using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>The outcome for one target or job definition.</summary>
public enum SyncStatus : long
{
    /// <summary>Updated, and verified by reading it back.</summary>
    [State(Tone.Good)]
    Updated,

    /// <summary>It was already up to date; nothing was written.</summary>
    [State(Tone.Faint)]
    AlreadyCurrent,

    /// <summary>Skipped on purpose; the reason says why.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Skipped,

    /// <summary>It would be updated without what-if.</summary>
    [State(Tone.Planned, Verdict.Planned, Drift = true)]
    WouldUpdate,

    /// <summary>It was not updated, or the update could not be verified; the reason says why.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>Reverted to the state before the change.</summary>
    [State(Tone.Good, Verdict.PassedWithWarning)]
    Reverted,
}

/// <summary>Counts what became of targets and job definitions.</summary>
public static class ChangeTally
{
    /// <summary>A new count.</summary>
    /// <param name="isUndo">Whether changes are undone.</param>
    public static Tally<SyncStatus> Start(bool isUndo = false) => new(
        (SyncStatus.Updated, ChangeMessages.Updated()),
        (SyncStatus.Reverted, ChangeMessages.Reverted()),
        (SyncStatus.WouldUpdate, ChangeMessages.WouldUpdate()),
        (SyncStatus.AlreadyCurrent, isUndo ? ChangeMessages.UndoneBefore() : ChangeMessages.AlreadyCurrent()),
        (SyncStatus.Skipped, ChangeMessages.Skipped()));
}
