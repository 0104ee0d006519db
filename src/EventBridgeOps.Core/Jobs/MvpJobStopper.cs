using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Stops jobs: cancels or terminates the Batch job and records what was done.</summary>
/// <param name="store">The job store.</param>
/// <param name="batch">The Batch jobs of the account.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobStopper(IMvpJobStore store, IBatchJobApi batch, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Stops jobs one by one.</summary>
    /// <param name="jobIds">The jobs.</param>
    /// <param name="reason">The reason, for the logs and histories of the jobs.</param>
    /// <param name="approve">Asks whether to stop a job.</param>
    /// <param name="observer">Receives failures; the run continues.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>The stopped jobs in their current state; the reason says what was done.</returns>
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
            throw new OpsException(ErrorIds.JobStateConflict, JobMessages.AlreadyFinished(id, job.State));
        string? status = job.BatchJobId is { } batchId ? await StatusAsync(batchId, cancellationToken) : null;
        if (MvpJobStates.OfBatch(status) is { } known && known.IsEnd())
            throw new OpsException(ErrorIds.JobStateConflict, JobMessages.BatchJobFinished(job.BatchJobId!, id, status));

        bool hasStarted = status is "STARTING" or "RUNNING";
        Message action = status is null ? JobMessages.MarkAsCancelled()
            : hasStarted ? JobMessages.TerminateBatchJob(job.BatchJobId!, status)
            : JobMessages.CancelBatchJob(job.BatchJobId!, status);
        if (await approve(new PlannedChange(id, action), cancellationToken) != Approval.Write)
            return null;

        Message done = JobMessages.NoBatchJobKnown();
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

            done = hasStarted ? JobMessages.BatchJobTerminated() : JobMessages.BatchJobCancelled();
        }
        else if (job.State != MvpJobState.Pending)
        {
            observer.Warning(JobMessages.ConsumerMayStart(id));
        }

        MvpJob stopped = await _mover.ChangeAsync(id, now => now.MoveTo(MvpJobState.Cancelled, time.GetUtcNow(), observer.Text(JobMessages.Stopped(reason, done))), seen: null, cancellationToken);
        return stopped.State == MvpJobState.Cancelled
            ? stopped
            : throw new OpsException(ErrorIds.JobStateConflict, JobMessages.FinishedFirst(id, stopped.State));
    }

    private async Task<string?> StatusAsync(string batchJobId, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> found = await retry.RunAsync(() => batch.DescribeJobsAsync([batchJobId], cancellationToken), cancellationToken);
        return found.Count == 0 ? null : found[0].String("status");
    }
}
