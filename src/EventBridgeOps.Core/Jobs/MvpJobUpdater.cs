using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Updates jobs from the events of Batch. Events may arrive late, twice or out of order: a job only moves forward.</summary>
/// <param name="store">The job store.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobUpdater(IMvpJobStore store, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Applies events.</summary>
    /// <param name="events">The events, in order of arrival.</param>
    /// <param name="approve">Asks whether to update a job.</param>
    /// <param name="observer">Receives failures; the run continues.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>The updated jobs.</returns>
    public async IAsyncEnumerable<MvpJob> UpdateAsync(IAsyncEnumerable<BatchJobEvent> events, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BatchJobEvent one in events.WithCancellation(cancellationToken))
        {
            MvpJob? moved = null;
            try
            {
                moved = await UpdateAsync(one, approve, observer, cancellationToken);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                observer.Failed(new ItemFailure(e, one.JobId));
            }

            if (moved is not null)
                yield return moved;
        }
    }

    private async Task<MvpJob?> UpdateAsync(BatchJobEvent one, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        MvpJob job = await _mover.FindAsync(one.JobId, cancellationToken);
        if (ReferenceEquals(Moved(job), job))
        {
            observer.Verbose(JobMessages.StateUnchanged(one.JobId, job.State, one.Status, one.BatchJobId));
            return null;
        }

        if (await approve(new PlannedChange(one.JobId, JobMessages.Move(job.State, Moved(job).State, one.BatchJobId, one.Status)), cancellationToken) != Approval.Write)
            return null;
        return await _mover.ChangeAsync(one.JobId, Moved, job, cancellationToken);

        MvpJob Moved(MvpJob now)
        {
            MvpJob moved = now.MoveTo(one.State, one.Time ?? time.GetUtcNow(), one.Reason);
            // A job that was stopped before its Batch job was known is still told which one it was.
            return moved.BatchJobId is null ? moved with { BatchJobId = one.BatchJobId } : moved;
        }
    }
}
