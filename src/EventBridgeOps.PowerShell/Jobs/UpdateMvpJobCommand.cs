using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Moves MVP jobs by the <c>Batch Job State Change</c> events of the pipeline.</summary>
[Cmdlet(VerbsData.Update, "MvpJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpJob))]
public sealed class UpdateMvpJobCommand : JobCmdlet
{
    private readonly Feeder<SessionOptions, BatchJobEvent> _runs;

    /// <summary>Makes the cmdlet.</summary>
    public UpdateMvpJobCommand() => _runs = new Feeder<SessionOptions, BatchJobEvent>(StopToken);

    /// <summary>An event: its JSON text, or the object that <c>ConvertFrom-Json</c> makes of it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Write the jobs that moved.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Hands the event to the session's run.</summary>
    protected override void ProcessRecord()
    {
        if (OrSkip(() => BatchJobEvent.Parse(ShellDocument.Text(InputObject) ?? ""), InputObject) is not { } one)
            return;
        SessionOptions session = SessionFor(null)!;
        Feed(_runs.RunOf(session, events => Start(async () =>
        {
            MvpJobs jobs = await OpenJobsAsync(session);
            await WriteAllAsync(jobs.Updater.UpdateAsync(events, ApproveAsync, Observer, StopToken), PassThru);
        })), one);
    }

    /// <summary>Waits until all are moved.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        base.EndProcessing();
    }
}
