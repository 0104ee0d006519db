using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Finishes what a crash, or a service that would not take an event, has left pending: sends it again, with the same ids.</summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="sender">Sends.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobRepair(IMvpJobStore store, MvpSender sender, ItemRetry retry, TimeProvider time)
{
    /// <summary>How old a pending job must be unless it is named: a younger one may be on its way at this moment.</summary>
    public static readonly TimeSpan DefaultMinimumAge = TimeSpan.FromMinutes(2);

    /// <summary>Sends pending jobs again.</summary>
    /// <param name="jobIds">Which; empty for all that are old enough.</param>
    /// <param name="minimumAge">How old those must be.</param>
    /// <param name="databaseUrl">The database's plain URL, for those that had one.</param>
    /// <param name="throttleLimit">How many calls are under way at a time.</param>
    /// <param name="approve">Asks whether a job is to be sent.</param>
    /// <param name="observer">Hears of progress and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    public IAsyncEnumerable<MvpSendResult> RunAsync(
        IReadOnlyList<string> jobIds, TimeSpan minimumAge, string? databaseUrl, int throttleLimit, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken) =>
        sender.ResendAsync(jobIds.Count > 0 ? NamedAsync(jobIds, observer, cancellationToken) : OldAsync(minimumAge, cancellationToken), databaseUrl, throttleLimit, approve, observer, cancellationToken);

    private async IAsyncEnumerable<MvpJob> NamedAsync(IReadOnlyList<string> jobIds, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobMover finder = new(store, retry);
        foreach (string id in jobIds.Distinct(StringComparer.Ordinal))
        {
            MvpJob? job = null;
            try
            {
                job = await finder.FindAsync(id, cancellationToken);
                if (job.State != MvpJobState.Pending)
                    throw new OpsException(ErrorIds.JobStateConflict, $"Job {id} is {job.State}, not Pending: its event was sent.");
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                observer.Failed(new ItemFailure(e, id));
                job = null;
            }

            if (job is not null)
                yield return job;
        }
    }

    private async IAsyncEnumerable<MvpJob> OldAsync(TimeSpan minimumAge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DateTimeOffset youngest = time.GetUtcNow() - minimumAge;
        await foreach (MvpJob job in store.ListAsync(new MvpJobQuery { State = [MvpJobState.Pending] }, cancellationToken))
        {
            if (job.CreatedAt <= youngest)
                yield return job;
        }
    }
}
