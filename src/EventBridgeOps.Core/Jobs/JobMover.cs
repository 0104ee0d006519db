using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Changes a job safely under concurrent updates.</summary>
internal sealed class JobMover(IMvpJobStore store, ItemRetry retry)
{
    /// <summary>Changes the job that is in the store.</summary>
    /// <param name="jobId">The job ID.</param>
    /// <param name="change">Returns the changed job, or its argument if nothing changes. It may be called several times.</param>
    /// <param name="seen">The job as it was seen just now, to save reading it; null to read it.</param>
    /// <param name="cancellationToken">Cancels it immediately.</param>
    /// <returns>The job as it is in the store now.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.JobNotFound"/>, <see cref="ErrorIds.JobStateConflict"/>.</exception>
    public async Task<MvpJob> ChangeAsync(string jobId, Func<MvpJob, MvpJob> change, MvpJob? seen, CancellationToken cancellationToken)
    {
        RetryBudget budget = retry.Start();
        do
        {
            MvpJob now = seen ?? await FindAsync(jobId, cancellationToken);
            MvpJob changed = change(now);
            if (ReferenceEquals(changed, now))
                return now;
            changed = changed with { Version = now.Version + 1 };
            if (await retry.RunAsync(() => store.ReplaceAsync(changed, cancellationToken), cancellationToken))
                return changed;
            seen = null;
        }
        while (await budget.WaitAsync(cancellationToken));

        throw new OpsException(ErrorIds.JobStateConflict, JobMessages.NotSaved(jobId, store.Name));
    }

    /// <summary>A job that must be there.</summary>
    public async Task<MvpJob> FindAsync(string jobId, CancellationToken cancellationToken) =>
        await retry.RunAsync(() => store.FindAsync(jobId, cancellationToken), cancellationToken)
        ?? throw new OpsException(ErrorIds.JobNotFound, JobMessages.JobNotFound(jobId, store.Name));
}
