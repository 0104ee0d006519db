using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Stops jobs: cancels or terminates the Batch job, records it, and says what it did.</summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="batch">The account's Batch jobs.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobStopper(IMvpJobStore store, IBatchJobApi batch, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Stops jobs, one after the other.</summary>
    /// <param name="jobIds">Which.</param>
    /// <param name="reason">Why, for the jobs' logs and histories.</param>
    /// <param name="approve">Asks whether a job is to be stopped.</param>
    /// <param name="observer">Hears of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>The jobs that were stopped, as they are now; their reason says what was done.</returns>
    public async IAsyncEnumerable<MvpJob> StopAsync(
        IAsyncEnumerable<string> jobIds, string reason, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string id in jobIds.WithCancellation(cancellationToken))
        {
            MvpJob? stopped = null;
            try
            {
                stopped = await StopAsync(id, reason, approve, observer, cancellationToken);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                observer.Failed(new ItemFailure(e, id));
            }

            if (stopped is not null)
                yield return stopped;
        }
    }

    private async Task<MvpJob?> StopAsync(string id, string reason, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        MvpJob job = await _mover.FindAsync(id, cancellationToken);
        if (job.State.IsEnd())
            throw new OpsException(ErrorIds.JobStateConflict, $"Job {id} has ended already: it is {job.State}.");
        string? status = job.BatchJobId is { } batchId ? await StatusAsync(batchId, cancellationToken) : null;
        if (MvpJobStates.OfBatch(status) is { } known && known.IsEnd())
            throw new OpsException(ErrorIds.JobStateConflict, $"The Batch job {job.BatchJobId} of job {id} has ended already: it is {status}. Update-MvpJob brings the record up to date.");

        bool hasStarted = status is "STARTING" or "RUNNING";
        string action = status is null ? "mark as cancelled" : $"{(hasStarted ? "terminate" : "cancel")} Batch job {job.BatchJobId} ({status})";
        if (await approve(new PlannedChange(id, action), cancellationToken) != Approval.Write)
            return null;

        string done = "no Batch job was known";
        if (status is not null)
        {
            await retry.RunAsync(
                async () =>
                {
                    await (hasStarted ? batch.TerminateJobAsync(job.BatchJobId!, reason, cancellationToken) : batch.CancelJobAsync(job.BatchJobId!, reason, cancellationToken));
                    return true;
                },
                cancellationToken);

            // Between the look and the cancelling it may have started, and CancelJob says nothing then.
            if (!hasStarted && await StatusAsync(job.BatchJobId!, cancellationToken) is "STARTING" or "RUNNING")
            {
                hasStarted = true;
                await batch.TerminateJobAsync(job.BatchJobId!, reason, cancellationToken);
            }

            done = $"Batch job {(hasStarted ? "terminated" : "cancelled")}";
        }
        else if (job.State != MvpJobState.Pending)
        {
            observer.Warning($"Job {id} is marked as cancelled, but its event was sent and no Batch job is known of it: a consumer may still start one. Update-MvpJob would have told which.");
        }

        MvpJob stopped = await _mover.ChangeAsync(id, now => now.MoveTo(MvpJobState.Cancelled, time.GetUtcNow(), $"{reason} ({done})"), seen: null, cancellationToken);
        return stopped.State == MvpJobState.Cancelled
            ? stopped
            : throw new OpsException(ErrorIds.JobStateConflict, $"Job {id} came to its end while it was being stopped: it is {stopped.State}.");
    }

    private async Task<string?> StatusAsync(string batchJobId, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> found = await retry.RunAsync(() => batch.DescribeJobsAsync([batchJobId], cancellationToken), cancellationToken);
        return found.Count == 0 ? null : found[0].String("status");
    }
}
