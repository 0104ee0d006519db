using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Sends the events of pending jobs again, with the same IDs. A crash or a rejected event leaves a job pending.</summary>
/// <param name="store">The job store.</param>
/// <param name="sender">Sends the events.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobRepair(IMvpJobStore store, MvpSender sender, ItemRetry retry, TimeProvider time)
{
    /// <summary>The minimum age of a pending job, unless it is named: a newer one may be in progress.</summary>
    public static readonly TimeSpan DefaultMinimumAge = TimeSpan.FromMinutes(2);

    /// <summary>Sends pending jobs again.</summary>
    /// <param name="jobIds">The jobs; empty for all that are old enough.</param>
    /// <param name="minimumAge">The minimum age of those.</param>
    /// <param name="databaseUrl">The plain database URL, for jobs that had one.</param>
    /// <param name="throttleLimit">The maximum number of concurrent calls.</param>
    /// <param name="approve">Asks whether to send a job.</param>
    /// <param name="observer">Receives progress and failures; the run continues.</param>
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
                    throw new OpsException(ErrorIds.JobStateConflict, JobMessages.NotPending(id, job.State));
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
