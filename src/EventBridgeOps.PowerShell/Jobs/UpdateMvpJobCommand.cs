using System.Management.Automation;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Updates the state of MVP jobs from <c>Batch Job State Change</c> events in the pipeline.</summary>
[Performs("mvp update")]
[Requires("dynamodb:GetItem", "dynamodb:PutItem", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Cmdlet(VerbsData.Update, "MvpJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpJob))]
public sealed class UpdateMvpJobCommand : JobCmdlet
{
    private readonly Feeder<JobPlace, BatchJobEvent> _runs;
    private readonly EventInput _events = new();

    /// <summary>Makes the cmdlet.</summary>
    public UpdateMvpJobCommand() => _runs = new Feeder<JobPlace, BatchJobEvent>(StopToken);

    /// <summary>An event: its JSON text, also line by line, an object, or a file of events.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Write the jobs that were updated.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Passes complete events to the run of the session.</summary>
    protected override void ProcessRecord() => Take(_events.Add(InputObject));

    /// <summary>Waits until all are updated.</summary>
    protected override void EndProcessing()
    {
        Take(_events.Complete());
        _runs.Complete();
        base.EndProcessing();
    }

    private void Take(IEnumerable<EventInputPart> parts)
    {
        foreach (EventDocument happened in parts.SelectMany(part => Await(EventInput.ReadAllAsync(part, Observer, StopToken))))
        {
            if (OrSkip(() => BatchJobEvent.Read(happened), happened.Origin) is not { } one)
                continue;
            JobPlace place = Place();
            Feed(_runs.RunOf(place, events => Start(async () =>
            {
                MvpJobs jobs = await OpenJobsAsync(place);
                await WriteAllAsync(jobs.Updater.UpdateAsync(events, ApproveAsync, Observer, StopToken), PassThru);
            })), one);
        }
    }
}
