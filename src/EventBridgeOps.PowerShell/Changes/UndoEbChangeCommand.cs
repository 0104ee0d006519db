using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.PowerShell.Changes;

/// <summary>Undoes changes from the journal. Of several changes, the latest is undone first.</summary>
[Performs("change undo")]
[Cmdlet(VerbsCommon.Undo, "EbChange", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetSyncResult))]
public sealed class UndoEbChangeCommand : SessionCmdlet
{
    private readonly List<(string Id, SessionOptions Session)> _wanted = [];
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public UndoEbChangeCommand() => _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());

    /// <summary>Change IDs, or the start of one if it is unambiguous.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ChangeId")]
    [AllowNull]
    [ArgumentCompleter(typeof(ChangeCompleter))]
    public string?[]? Id { get; set; }

    /// <summary>Restore the previous value even if the target was modified after the change, and recreate what was deleted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the result of each target.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The maximum number of rules that are processed concurrently.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions session = SessionFor(null)!;
        _wanted.AddRange(ChangeIds.Of(Id).Select(id => (id, session)));
    }

    /// <summary>Undoes the changes, one after the other.</summary>
    protected override void EndProcessing()
    {
        WriteOptions options = new() { Force = Force, ThrottleLimit = ThrottleLimit };
        string? folder = FullPath(JournalPath);
        Start(async () =>
        {
            ChangeJournal journal = Shell.OpenJournal(folder);
            Dictionary<string, (Change Change, SessionOptions Session)> changes = new(StringComparer.Ordinal);
            foreach ((string id, SessionOptions session) in _wanted)
            {
                await ForItemAsync(id, async () =>
                {
                    Change change = await journal.FindAsync(id, Observer, StopToken);
                    changes[change.Id] = (change, session with { Region = session.Region ?? change.Region });
                });
            }

            foreach ((Change change, SessionOptions place) in changes.Values.OrderByDescending(wanted => wanted.Change.Time))
            {
                await ForItemAsync(change, async () =>
                {
                    OpsSession session = await OpenAsync(place);
                    await WriteAllAsync(session.Get<ChangeUndo>().RunAsync(change, options, ApproveAsync, Observer, StopToken), PassThru, result => _summary.Add(result.Status, result.ChangeId));
                });
            }
        });
        base.EndProcessing();
        _summary.Write();
    }
}
