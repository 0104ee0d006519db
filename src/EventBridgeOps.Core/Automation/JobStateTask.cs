using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Automation;

/// <summary>The state of a Batch job has changed: the record of its MVP job follows.</summary>
/// <remarks>It needs no lease: a job only moves forward, by conditional writes, whatever arrives and how often. Children of an array do not move it.</remarks>
/// <param name="updater">Updates jobs.</param>
public sealed class JobStateTask(MvpJobUpdater updater)
{
    /// <summary>Reads the event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives why it is skipped.</param>
    /// <returns>The event; null if it is not of an MVP job.</returns>
    public static BatchJobEvent? Read(EventDocument happened, IRunObserver observer)
    {
        try
        {
            return BatchJobEvent.Read(happened);
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.InvalidEntry)
        {
            observer.Verbose(AutomationMessages.NotAnMvpJob(e));
            return null;
        }
    }

    /// <summary>Follows the event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="OpsException">A failure that may pass: the event should be delivered again.</exception>
    public async Task<AutomationOutcome> RunAsync(BatchJobEvent happened, IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureList failures = new(observer);
        List<MvpJob> moved = await updater.UpdateAsync(Streams.From([happened]), TargetFollower.Always, failures, cancellationToken).ToListAsync(cancellationToken);
        failures.ThrowIfMayPass();
        Message said = moved.FirstOrDefault() is { } job ? AutomationMessages.JobMoved(job.JobId, job.State, happened.BatchJobId, happened.Status) : AutomationMessages.JobStays(happened.JobId, happened.BatchJobId, happened.Status);
        return new AutomationOutcome
        {
            Task = AutomationTask.JobState,
            Status = failures.Errors.Count > 0 ? AutomationStatus.Failed : moved.Count == 0 ? AutomationStatus.Nothing : AutomationStatus.Done,
            Message = observer.Text(failures.Errors.Count == 0 ? said : AutomationMessages.WithFailures(said, failures.Errors.Count, failures.Errors[0])),
            Items = [.. moved.Select(one => new AutomationItem("job", one.JobId, null, one.State.ToString(), "Updated", happened.Reason))],
            Facts = new Dictionary<string, string> { ["jobId"] = happened.JobId, ["batchJobId"] = happened.BatchJobId, ["batchStatus"] = happened.Status },
        };
    }
}
