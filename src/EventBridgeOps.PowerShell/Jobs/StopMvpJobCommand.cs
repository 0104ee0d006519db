using System.Management.Automation;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Stops MVP jobs: cancels or terminates the Batch job, and records it.</summary>
[Performs("mvp cancel")]
[Requires("dynamodb:GetItem", "dynamodb:PutItem", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Requires("batch:DescribeJobs")]
[Requires("batch:CancelJob", "batch:TerminateJob")]
[Cmdlet(VerbsLifecycle.Stop, "MvpJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MvpJob))]
public sealed class StopMvpJobCommand : JobCmdlet
{
    private readonly Feeder<JobPlace, string> _runs;

    /// <summary>Makes the cmdlet.</summary>
    public StopMvpJobCommand() => _runs = new Feeder<JobPlace, string>(StopToken);

    /// <summary>The IDs of the jobs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobCompleter))]
    public string[] JobId { get; set; } = [];

    /// <summary>The reason, for the logs and histories of the jobs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = ShellJobMessages.StoppedBy().In(ShellVoice.Instance);

    /// <summary>Passes the IDs to the run of the session.</summary>
    protected override void ProcessRecord()
    {
        JobPlace place = Place();
        foreach (string id in JobId)
        {
            Feed(_runs.RunOf(place, ids => Start(async () =>
            {
                MvpJobs jobs = await OpenJobsAsync(place);
                await WriteAllAsync(jobs.Stopper.StopAsync(ids, Reason, ApproveAsync, Observer, StopToken));
            })), id);
        }
    }

    /// <summary>Waits until all are stopped.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        base.EndProcessing();
    }
}
