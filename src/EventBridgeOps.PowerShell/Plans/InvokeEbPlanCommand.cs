using System.Management.Automation;
using EventBridgeOps.Applying;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Plans;
using EventBridgeOps.PowerShell.Changes;
using EventBridgeOps.PowerShell.Pipeline;
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
public sealed class InvokeEbPlanCommand() : ChangeCmdlet(isUndo: false)
{
    private readonly List<(string Path, SessionOptions Session)> _wanted = [];

    /// <summary>The files of the plans. Plans are applied one after the other.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Collects the files.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions session = SessionFor(null)!;
        _wanted.AddRange(Path!.Select(path => (FullPath(path)!, session)));
    }

    /// <summary>Applies the plans, one after the other.</summary>
    protected override void EndProcessing()
    {
        WriteOptions options = WriteOptions;
        Start(async () =>
        {
            foreach ((string path, SessionOptions place) in _wanted)
            {
                await ForItemAsync(path, async () =>
                {
                    ChangePlan plan = PlanFile.Load(path);
                    OpsSession session = await OpenAsync(place with { Region = place.Region ?? plan.Region });
                    await WriteAllAsync(session.Get<PlanRun>().ApplyAsync(plan, options, ApproveAsync, Observer, StopToken));
                });
            }
        });
        base.EndProcessing();
    }
}
