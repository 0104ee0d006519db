using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.PowerShell.Changes;

/// <summary>Undoes changes from the journal. Of several changes, the latest is undone first.</summary>
[Performs("change undo")]
[Requires("events:ListTargetsByRule", "events:PutTargets", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/start-batch-jobs", PassedTo = ["events.amazonaws.com"])]
[Requires("events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule", "events:ListRuleNamesByTarget", With = "With an image update to undo")]
[Requires("batch:DescribeJobDefinitions", "batch:DescribeJobQueues", With = "With an image update to undo")]
[Requires("batch:RegisterJobDefinition", "batch:TagResource", On = "arn:aws:batch:*:123456789012:job-definition/*", With = "With an image update to undo")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/batch-*", PassedTo = ["ecs-tasks.amazonaws.com", "batch.amazonaws.com"], With = "With an image update to undo")]
[Requires("ecs:DescribeServices", "ecs:UpdateService", On = "arn:aws:ecs:*:123456789012:service/*", With = "With a deployment of services to undo")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/ecs-*", PassedTo = ["ecs-tasks.amazonaws.com"], With = "With a deployment of services to undo")]
[Requires("dynamodb:Query", "dynamodb:PutItem", On = "arn:aws:dynamodb:*:123456789012:table/ebops", With = "With -JournalTable")]
[Cmdlet(VerbsCommon.Undo, "EbChange", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetSyncResult))]
public sealed class UndoEbChangeCommand() : ChangeCmdlet(isUndo: true)
{
    private readonly List<(string Id, SessionOptions Session)> _wanted = [];

    /// <summary>Change IDs, or the start of one if it is unambiguous.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ChangeId")]
    [AllowNull]
    [ArgumentCompleter(typeof(ChangeCompleter))]
    public string?[]? Id { get; set; }

    /// <summary>The DynamoDB table of the change journal, instead of a folder. The undo is recorded in it too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalTable { get; set; }

    private protected override string? TableOfJournal => JournalTable;

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions session = SessionFor(null)!;
        _wanted.AddRange(ChangeIds.Of(Id).Select(id => (id, session)));
    }

    /// <summary>Undoes the changes, one after the other.</summary>
    protected override void EndProcessing()
    {
        WriteOptions options = WriteOptions;
        string? folder = FullPath(JournalPath);
        SessionHost shell = Shell;
        Start(async () =>
        {
            Dictionary<string, (Change Change, SessionOptions Session)> changes = new(StringComparer.Ordinal);
            foreach ((string id, SessionOptions session) in _wanted)
            {
                await ForItemAsync(id, async () =>
                {
                    ChangeJournal journal = JournalTable is null ? shell.OpenJournal(folder) : (await OpenAsync(session)).Get<ChangeJournal>();
                    Change change = await journal.FindAsync(id, Observer, StopToken);
                    // An undo is recorded in the same table, so in its Region, which is that of the changes in it.
                    changes[change.Id] = (change, JournalTable is null ? session with { Region = ChangeUndo.RegionOf(change, session.Region) } : session);
                });
            }

            foreach ((Change change, SessionOptions place) in ChangeUndo.LatestFirst(changes.Values, wanted => wanted.Change))
            {
                await ForItemAsync(change, async () =>
                {
                    OpsSession session = await OpenAsync(place);
                    await WriteAllAsync(session.Get<ChangeUndo>().RunAsync(change, options, ApproveAsync, Observer, StopToken));
                });
            }
        });
        base.EndProcessing();
    }
}
