using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>What works on a fake account, with a clock whose waiting takes no time and a journal of its own.</summary>
internal sealed class Run : RecordingObserver, IDisposable
{
    public static readonly ApproveChange Yes = (_, _) => Task.FromResult(Approval.Write);

    private int _ids;

    public Run(FakeAccount account)
    {
        Account = account;
        Retry = new ItemRetry(Time, () => 0.5);
        Journal = NewJournal();
        Scanner = new TargetScanner(account, account, FakeAccount.Region, Retry);
        Rules = new RuleReader(account, Retry);
        Sync = new TargetSync(account, account, account, FakeAccount.Region, Journal, Retry, Time);
        Undo = new ChangeUndo(account, account, Ecs, account, FakeAccount.Region, Journal, Retry, Time);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public FakeAccount Account { get; }

    public FakeEcs Ecs { get; } = new();

    public ManualTimeProvider Time { get; } = new() { AutoAdvance = true };

    public ItemRetry Retry { get; }

    public string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("ebops-core-").FullName, "journal");

    public ChangeJournal Journal { get; }

    public TargetScanner Scanner { get; }

    public RuleReader Rules { get; }

    public TargetSync Sync { get; }

    public ChangeUndo Undo { get; }

    public string JournalText => Directory.Exists(Folder) ? string.Concat(Directory.GetFiles(Folder, "*.jsonl").Order().Select(File.ReadAllText)) : "";

    public ChangeJournal NewJournal() => ChangeJournal.In(Folder, Time, () => Interlocked.Increment(ref _ids) / 100_000.0);

    public static TargetQuery Query(string bus = "bus", string rule = "*", bool thorough = false, int limit = 4) =>
        new() { Rules = new RuleQuery { EventBusName = [bus], RuleName = [rule], ThrottleLimit = limit }, Thorough = thorough };

    public Task<List<TargetRevision>> ScanAsync(string bus = "bus", string rule = "*", bool thorough = false) =>
        Scanner.ScanAsync(Query(bus, rule, thorough), this, Token).ToListAsync(Token);

    public async Task<List<TargetSyncResult>> SyncAsync(SyncOptions? options = null, ApproveChange? approve = null, IEnumerable<TargetSelection>? selections = null) =>
        await Sync.RunAsync(Streams.From(selections ?? (await ScanAsync()).Select(TargetSelection.From)), options ?? new SyncOptions(), approve ?? Yes, this, Token).ToListAsync(Token);

    public async Task<List<TargetSyncResult>> UndoAsync(string? id = null, bool force = false, ApproveChange? approve = null, bool whatIf = false) =>
        await Undo.RunAsync(id is null ? Journal.Read()[^1] : Journal.Find(id), new WriteOptions { Force = force, WhatIf = whatIf }, approve ?? Yes, this, Token).ToListAsync(Token);

    /// <summary>What an undo would do, as it is shown: the operations, and then the results.</summary>
    public async Task<(List<string> Operations, List<TargetSyncResult> Results)> PreviewUndoAsync(bool force = false)
    {
        List<string> operations = [];
        List<TargetSyncResult> results = await UndoAsync(force: force, whatIf: true, approve: (change, _) =>
        {
            operations.Add(change.Action.ToString());
            return Task.FromResult(Approval.WhatIf);
        });
        return (operations, results);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
