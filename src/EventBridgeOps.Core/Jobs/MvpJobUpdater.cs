using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Moves jobs by what Batch tells of them. Events may come late, twice or out of order: a job only ever moves forward.</summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobUpdater(IMvpJobStore store, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);

    /// <summary>Takes events.</summary>
    /// <param name="events">The events, as they come.</param>
    /// <param name="approve">Asks whether a job is to be moved.</param>
    /// <param name="observer">Hears of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>The jobs that moved, as they are now.</returns>
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
            observer.Verbose($"{one.JobId} is {job.State} already; {one.Status} of Batch job {one.BatchJobId} changes nothing.");
            return null;
        }

        if (await approve(new PlannedChange(one.JobId, $"{job.State} -> {Moved(job).State} (Batch job {one.BatchJobId} is {one.Status})"), cancellationToken) != Approval.Write)
            return null;
        return await _mover.ChangeAsync(one.JobId, Moved, job, cancellationToken);

        MvpJob Moved(MvpJob now)
        {
            MvpJob moved = now.MoveTo(one.State, one.Time ?? time.GetUtcNow(), one.Reason);
            // A job that was stopped before anybody knew of its Batch job learns of it all the same.
            return moved.BatchJobId is null ? moved with { BatchJobId = one.BatchJobId } : moved;
        }
    }
}
