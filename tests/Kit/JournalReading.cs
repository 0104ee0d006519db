using EventBridgeOps.Changes;

namespace EventBridgeOps.Tests;

/// <summary>Reads a journal as a list, which is what tests look at.</summary>
public static class JournalReading
{
    /// <summary>All changes, oldest first.</summary>
    public static IReadOnlyList<Change> Read(this ChangeJournal journal) => [.. journal.ReadAsync(CancellationToken.None).ToBlockingEnumerable()];

    /// <summary>One change.</summary>
    public static Change Find(this ChangeJournal journal, string id) => journal.FindAsync(id, CancellationToken.None).GetAwaiter().GetResult();
}
