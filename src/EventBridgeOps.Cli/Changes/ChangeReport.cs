using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Cli.Changes;

/// <summary>Shows the results of a sync, an image update or an undo, and how to undo the change, even if the run is interrupted.</summary>
/// <param name="screen">Shows the results.</param>
/// <param name="format">The output format.</param>
/// <param name="journalPath">The journal folder that the user specified; null for the default.</param>
internal sealed class ChangeReport(Screen screen, OutputFormat format, string? journalPath = null)
{
    private readonly Tally<SyncStatus> _count = ChangeTally.Start();
    private readonly Dictionary<string, int> _skipped = [];

    public Screen Screen => screen;

    /// <summary>The ID of the change in the journal; null if nothing has been written.</summary>
    public string? ChangeId { get; private set; }

    /// <summary>What would be updated without what-if.</summary>
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
        ChangeCommandMessages.NoTargets(),
        cancellationToken);

    /// <summary>Shows the results of an image update.</summary>
    public Task ShowAsync(IAsyncEnumerable<BatchImageUpdate> results, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<BatchImageUpdate>.For(format, screen, Shapes.BatchImageUpdate, Layouts.BatchImageUpdate)
            .WriteAllAsync(results, update => count(update.Status, update.Reason)),
        () => screen.Terminal.Host.OpenJournal(journalPath),
        ChangeCommandMessages.NoJobDefinitions(),
        cancellationToken);

    private async Task ShowAsync(Func<Action<SyncStatus, string?>, Task<int>> write, Func<ChangeJournal> journal, Message nothing, CancellationToken cancellationToken)
    {
        try
        {
            await write(Count);
        }
        catch when (ChangeId is not null)
        {
            SayInFlight(await journal().FindAsync(ChangeId, screen, CancellationToken.None), cancellationToken.IsCancellationRequested);
            throw;
        }

        foreach ((string reason, int count) in _skipped)
            screen.Say(ChangeCommandMessages.Skipped(count, reason));
        string counts = screen.Text(_count.Describe(screen.Failures));
        Message summary = counts.Length > 0 ? ChangeCommandMessages.Summary(counts) : nothing;
        screen.Say(ChangeId is null ? summary : ChangeCommandMessages.Recorded(summary, ChangeId, Undo(ChangeId)));
    }

    private void Count(SyncStatus status, string? why)
    {
        _count.Add(status);
        if (status == SyncStatus.Skipped && why is { } reason)
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
    }

    private Message Undo(string changeId) => journalPath is null
        ? ChangeCommandMessages.Undo(changeId)
        : ChangeCommandMessages.UndoIn(changeId, journalPath.Contains(' ') ? $"\"{journalPath}\"" : journalPath);

    private void SayInFlight(Change change, bool cancelled)
    {
        ChangeItem[] open = [.. change.Items.Where(item => item.Status == ChangeItemStatus.InFlight)];
        int written = change.Items.Count(item => item.Status == ChangeItemStatus.Written);
        screen.Say(cancelled ? ChangeCommandMessages.Cancelled(written, open.Length) : ChangeCommandMessages.Interrupted(written, open.Length));
        if (open.Length > 0)
            screen.Say(ChangeCommandMessages.MightBeUpdated());
        foreach (ChangeItem item in open)
            screen.Say(ChangeCommandMessages.Item(item.ToString(), JobDefinitionText.Step(item.From, item.To)));
        if (change.Items.Count > 0)
            screen.Say(ChangeCommandMessages.RollBack(change.Id, Undo(change.Id)));
    }
}
