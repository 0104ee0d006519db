using System.Management.Automation;
using EventBridgeOps.Applying;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Plans;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.PowerShell.Plans;

/// <summary>Makes the updates of plans that were saved with <c>-PlanPath</c>.</summary>
[Performs("plan apply")]
[Requires("events:ListTargetsByRule", "events:PutTargets", On = "arn:aws:events:*:123456789012:rule/*")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/start-batch-jobs", PassedTo = ["events.amazonaws.com"])]
[Requires("batch:DescribeJobDefinitions", With = "With a plan of an image update")]
[Requires("batch:RegisterJobDefinition", "batch:TagResource", "batch:DeregisterJobDefinition", On = "arn:aws:batch:*:123456789012:job-definition/*", With = "With a plan of an image update")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/batch-*", PassedTo = ["ecs-tasks.amazonaws.com", "batch.amazonaws.com"], With = "With a plan of an image update")]
[Cmdlet(VerbsLifecycle.Invoke, "EbPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TargetSyncResult))]
public sealed class InvokeEbPlanCommand : SessionCmdlet
{
    private readonly List<(string Path, SessionOptions Session)> _wanted = [];
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public InvokeEbPlanCommand() => _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());

    /// <summary>The files of the plans. Plans are applied one after the other.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <inheritdoc cref="WriteOptions.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the result of each target and job definition.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc cref="WriteOptions.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    /// <summary>Collects the files.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions session = SessionFor(null)!;
        _wanted.AddRange(Path!.Select(path => (FullPath(path)!, session)));
    }

    /// <summary>Applies the plans, one after the other.</summary>
    protected override void EndProcessing()
    {
        WriteOptions options = new() { Force = Force, ThrottleLimit = ThrottleLimit };
        Start(async () =>
        {
            foreach ((string path, SessionOptions place) in _wanted)
            {
                await ForItemAsync(path, async () =>
                {
                    ChangePlan plan = PlanFile.Load(path);
                    OpsSession session = await OpenAsync(place with { Region = place.Region ?? plan.Region });
                    await WriteAllAsync(session.Get<PlanRun>().ApplyAsync(plan, options, ApproveAsync, Observer, StopToken), PassThru, result => _summary.Add(result.Status, result.ChangeId));
                });
            }
        });
        base.EndProcessing();
        _summary.Write();
    }
}
