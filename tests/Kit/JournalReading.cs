using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Tests;

/// <summary>Reads a journal as a list, which is what tests look at.</summary>
public static class JournalReading
{
    /// <summary>All changes, oldest first.</summary>
    public static IReadOnlyList<Change> Read(this ChangeJournal journal, IRunObserver? observer = null) => [.. journal.ReadAsync(observer ?? SilentObserver.Instance, CancellationToken.None).ToBlockingEnumerable()];

    /// <summary>One change.</summary>
    public static Change Find(this ChangeJournal journal, string id, IRunObserver? observer = null) => journal.FindAsync(id, observer ?? SilentObserver.Instance, CancellationToken.None).GetAwaiter().GetResult();
}
