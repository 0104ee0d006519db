using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Completion;

/// <summary>Suggests the IDs of changes.</summary>
public static class ChangeNames
{
    /// <summary>How many are suggested; more would not be read.</summary>
    private const int Most = 100;

    /// <summary>The changes' ids, newest first, with when, what, how far and how many.</summary>
    /// <param name="journal">The journal.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlyList<Suggestion>> FindAsync(ChangeJournal journal, CancellationToken cancellationToken) =>
    [
        .. (await journal.ReadLastAsync(Most, SilentObserver.Instance, cancellationToken)).Reverse().Select(change => new Suggestion(
            change.Id,
            CompletionMessages.Change($"{change.Time.UtcDateTime:yyyy-MM-dd HH:mm}", change.Kind, change.Status, change.TargetCount).ToString())),
    ];
}
