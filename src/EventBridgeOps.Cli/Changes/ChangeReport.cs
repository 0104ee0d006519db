using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Cli.Changes;

/// <summary>Shows the results of a sync, an image update, a deployment of services or an undo, and how to undo the change, even if the run is interrupted.</summary>
/// <param name="screen">Shows the results.</param>
/// <param name="format">The output format.</param>
/// <param name="journalPath">The journal folder that the user specified; null for the default.</param>
/// <param name="planPath">Where a plan is saved instead of making changes; null if changes are made.</param>
/// <param name="isUndo">Whether a change is undone.</param>
/// <param name="journalTable">The table of the journal; null for a folder.</param>
internal sealed class ChangeReport(Screen screen, OutputFormat format, string? journalPath = null, string? planPath = null, bool isUndo = false, string? journalTable = null)
{
    private readonly Tally<SyncStatus> _count = ChangeTally.Start(isUndo);
    private readonly Dictionary<string, int> _skipped = [];

    public Screen Screen => screen;

    /// <summary>The ID of the change in the journal; null if nothing has been written.</summary>
    public string? ChangeId { get; private set; }

    /// <summary>What would be updated without what-if.</summary>
    public DriftCount Drift { get; } = new();

    /// <summary>The rules whose events can be delivered now.</summary>
    public RepairedRules Repaired { get; } = new();

    public int Updated => _count[SyncStatus.Updated];

    public void Started(string changeId) => ChangeId = changeId;

    public Task ShowAsync(IAsyncEnumerable<TargetSyncResult> results, ChangeJournal journal, Func<Task<Message>> nothing, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<TargetSyncResult>.For(format, screen, TargetSyncResult.Shape)
            .WriteAllAsync(results, result =>
            {
                count(result.Status, result.Reason);
                Drift.Add(result);
                Repaired.Add(result);
            }),
        () => journal,
        nothing,
        cancellationToken);

    /// <summary>Shows the results of an image update.</summary>
    public Task ShowAsync(IAsyncEnumerable<BatchImageUpdate> results, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<BatchImageUpdate>.For(format, screen, BatchImageUpdate.Shape)
            .WriteAllAsync(results, update => count(update.Status, update.Reason)),
        () => screen.Terminal.Host.OpenJournal(journalPath),
        () => Task.FromResult(ChangeCommandMessages.NoJobDefinitions()),
        cancellationToken);

    /// <summary>Shows the results of a deployment of services.</summary>
    public Task ShowAsync(IAsyncEnumerable<ServiceUpdateResult> results, CancellationToken cancellationToken) => ShowAsync(
        count => RecordWriter<ServiceUpdateResult>.For(format, screen, ServiceUpdateResult.Shape)
            .WriteAllAsync(results, result => count(result.Status, result.Reason)),
        () => screen.Terminal.Host.OpenJournal(journalPath),
        () => Task.FromResult(ChangeCommandMessages.NoServices()),
        cancellationToken);

    private async Task ShowAsync(Func<Action<SyncStatus, string?>, Task<int>> write, Func<ChangeJournal> journal, Func<Task<Message>> nothing, CancellationToken cancellationToken)
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
        Message summary = counts.Length > 0 ? ChangeCommandMessages.Summary(counts) : await nothing();
        if (planPath is not null)
            summary = ChangeCommandMessages.Planned(summary, planPath);
        screen.Say(ChangeId is null ? summary : ChangeCommandMessages.Recorded(summary, ChangeId, Undo(ChangeId)));
    }

    private void Count(SyncStatus status, string? why)
    {
        _count.Add(status);
        if (status == SyncStatus.Skipped && why is { } reason)
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
    }

    private Message Undo(string changeId) =>
        journalTable is not null ? ChangeCommandMessages.UndoInTable(changeId, journalTable)
        : journalPath is null ? ChangeCommandMessages.Undo(changeId)
        : ChangeCommandMessages.UndoIn(changeId, journalPath.Contains(' ') ? $"\"{journalPath}\"" : journalPath);

    private void SayInFlight(Change change, bool cancelled)
    {
        InterruptedChange account = InterruptedChange.Of(change);
        screen.Say(cancelled ? ChangeCommandMessages.Cancelled(account.Written, account.InFlight.Count) : ChangeCommandMessages.Interrupted(account.Written, account.InFlight.Count));
        if (account.InFlight.Count > 0)
            screen.Say(ChangeCommandMessages.MightBeUpdated());
        foreach (ChangeItem item in account.InFlight)
            screen.Say(ChangeCommandMessages.Item(item.ToString(), JobDefinitionText.Step(item.From, item.To)));
        if (account.CanUndo)
            screen.Say(ChangeCommandMessages.RollBack(change.Id, Undo(change.Id)));
    }
}
