using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Cli.Changes;

/// <summary>Shows what a sync or an undo does, and at the end, also an early one, how to put it back.</summary>
/// <param name="screen">Where it is shown.</param>
/// <param name="format">The form of the data.</param>
/// <param name="journalPath">The journal that the user named; null for none.</param>
internal sealed class ChangeReport(Screen screen, OutputFormat format, string? journalPath = null)
{
    private readonly Tally<SyncStatus> _count = ChangeTally.Start();
    private readonly Dictionary<string, int> _skipped = [];

    public Screen Screen => screen;

    /// <summary>The change's id in the journal; null while nothing was written.</summary>
    public string? ChangeId { get; private set; }

    /// <summary>What would be written, if this were not a what-if.</summary>
    public DriftCount Drift { get; } = new();

    public int Updated => _count[SyncStatus.Updated];

    public void Started(string changeId) => ChangeId = changeId;

    public Task ShowAsync(IAsyncEnumerable<TargetSyncResult> results, ChangeJournal journal, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<TargetSyncResult>.For(format, screen, Shapes.TargetSyncResult, Layouts.TargetSyncResult)
            .WriteAllAsync(results, result =>
            {
                count(result.Status, result.Reason);
                Drift.Add(result);
            }),
        () => journal,
        "No Batch target was found",
        cancellationToken);

    /// <summary>Shows what an image update does.</summary>
    public Task ShowAsync(IAsyncEnumerable<BatchImageUpdate> results, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<BatchImageUpdate>.For(format, screen, Shapes.BatchImageUpdate, Layouts.BatchImageUpdate)
            .WriteAllAsync(results, update => count(update.Status, update.Reason)),
        () => OpsSession.OpenJournal(journalPath),
        "No job definition was updated",
        cancellationToken);

    private async Task ShowAsync(Func<Action<SyncStatus, string?>, Task<int>> write, Func<ChangeJournal> journal, string nothing, CancellationToken cancellationToken)
    {
        try
        {
            await write(Count);
        }
        catch when (ChangeId is not null)
        {
            SayInFlight(journal().Find(ChangeId), cancellationToken.IsCancellationRequested);
            throw;
        }

        foreach ((string reason, int count) in _skipped)
            screen.Say($"{count} skipped: {reason}");
        string told = _count.Describe(screen.Failures).In(screen.Voice);
        screen.Say((told.Length > 0 ? told : nothing) + "." + (ChangeId is null ? "" : $" Change {ChangeId}; undo with: {Undo}"));
    }

    private void Count(SyncStatus status, string? why)
    {
        _count.Add(status);
        if (status == SyncStatus.Skipped && why is { } reason)
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
    }

    private string Undo => $"ebops change undo {ChangeId}" + (journalPath is null ? "" : $" --journal-path {(journalPath.Contains(' ') ? $"\"{journalPath}\"" : journalPath)}");

    private void SayInFlight(Change change, bool cancelled)
    {
        ChangeItem[] open = [.. change.Items.Where(item => item.Status == ChangeItemStatus.InFlight)];
        int written = change.Items.Count(item => item.Status == ChangeItemStatus.Written);
        screen.Say($"{(cancelled ? "Cancelled" : "Broken off")}: {written} written, {open.Length} in flight, which may or may not have been written{(open.Length > 0 ? ":" : ".")}");
        foreach (ChangeItem item in open)
            screen.Say($"  {item}: {JobDefinitionText.Step(item.From, item.To)}");
        if (change.Items.Count > 0)
            screen.Say($"Change {ChangeId}; put back what was written with: {Undo}");
    }
}
