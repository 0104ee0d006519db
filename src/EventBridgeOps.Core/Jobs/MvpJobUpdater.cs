using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Updates jobs from the events of Batch. Events may arrive late, twice or out of order: a job only moves forward.</summary>
/// <param name="store">The job store.</param>
/// <param name="identity">The caller, whose account the events must be from.</param>
/// <param name="region">The Region that the events must be from.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobUpdater(IMvpJobStore store, IIdentityApi identity, string region, ItemRetry retry, TimeProvider time)
{
    private readonly JobMover _mover = new(store, retry);
    private readonly CallerAccount _account = new(identity, retry);

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
        if (one.ParentId is { } parent)
        {
            observer.Verbose(JobMessages.ChildOfArray(one.BatchJobId, parent, one.JobId));
            return null;
        }

        await RequireOwnAsync(one, cancellationToken);
        MvpJob job = await _mover.FindAsync(one.JobId, cancellationToken);
        MvpJob moved = Moved(job);
        if (Doubt(job, one) is { } doubt)
            observer.Warning(doubt);
        if (ReferenceEquals(moved, job))
        {
            observer.Verbose(Relation(job, one) == BatchJobRelation.Former
                ? JobMessages.FormerBatchJob(one.BatchJobId, one.JobId, job.BatchJobId!)
                : JobMessages.StateUnchanged(one.JobId, job.State, one.Status, one.BatchJobId));
            return null;
        }

        if (await approve(new PlannedChange(one.JobId, JobMessages.Move(job.State, moved.State, one.BatchJobId, one.Status)), cancellationToken) != Approval.Write)
            return null;
        return await _mover.ChangeAsync(one.JobId, Moved, job, cancellationToken);

        MvpJob Moved(MvpJob now)
        {
            DateTimeOffset at = one.Time ?? time.GetUtcNow();
            switch (Relation(now, one))
            {
                case BatchJobRelation.Own:
                    MvpJob moved = now.MoveTo(one.State, at, one.Reason);
                    // A job that was stopped before its Batch job was known is still told which one it was.
                    return moved.BatchJobId is null ? moved with { BatchJobId = one.BatchJobId, BatchSubmittedAt = Submitted(one) } : moved;
                case BatchJobRelation.Later:
                    return now.Follow(one, at, Submitted(one));
                default:
                    return now;
            }
        }
    }

    /// <summary>How the Batch job of an event is related to that of the job. What has succeeded or was stopped does not begin again.</summary>
    private static BatchJobRelation Relation(MvpJob job, BatchJobEvent one)
    {
        if (job.BatchJobId is null || job.BatchJobId == one.BatchJobId)
            return BatchJobRelation.Own;
        if (job.FormerBatchJobIds.Contains(one.BatchJobId) || (Submitted(one), job.BatchSubmittedAt) is ({ } submitted, { } known) && submitted < known)
            return BatchJobRelation.Former;
        return job.State is MvpJobState.Succeeded or MvpJobState.Cancelled || Submitted(one) is null || job.BatchSubmittedAt is null || Submitted(one) == job.BatchSubmittedAt
            ? BatchJobRelation.Unclear
            : BatchJobRelation.Later;
    }

    private static Message? Doubt(MvpJob job, BatchJobEvent one) => Relation(job, one) switch
    {
        BatchJobRelation.Unclear => JobMessages.SecondBatchJob(one.JobId, one.BatchJobId, one.Status, job.BatchJobId!, job.State),
        BatchJobRelation.Later => JobMessages.Followed(one.JobId, one.BatchJobId, job.BatchJobId!),
        _ => null,
    };

    /// <summary>An event without the time of submission is not older than what it tells.</summary>
    private static DateTimeOffset? Submitted(BatchJobEvent one) => one.SubmittedAt ?? one.Time;

    private async Task RequireOwnAsync(BatchJobEvent one, CancellationToken cancellationToken)
    {
        if (one.Region is { } at && at != region)
            throw new OpsException(ErrorIds.WrongAccountOrRegion, JobMessages.OtherRegion(one.BatchJobId, at, region));
        if (one.AccountId is { } account && await _account.IdAsync(cancellationToken) is { } own && own != account)
            throw new OpsException(ErrorIds.WrongAccountOrRegion, JobMessages.OtherAccount(one.BatchJobId, account, own));
    }

    private enum BatchJobRelation
    {
        /// <summary>It is the Batch job of the job, or the first one.</summary>
        Own,

        /// <summary>The job had it before.</summary>
        Former,

        /// <summary>It was submitted later, so the job follows it.</summary>
        Later,

        /// <summary>Which of both counts is not known.</summary>
        Unclear,
    }
}
