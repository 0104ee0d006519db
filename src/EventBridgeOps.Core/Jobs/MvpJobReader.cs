using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Reads jobs, each with its Batch job, and waits until they finish. It never writes.</summary>
/// <param name="store">The job store.</param>
/// <param name="batch">The Batch jobs of the account.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobReader(IMvpJobStore store, IBatchJobApi batch, ItemRetry retry, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>Lists jobs.</summary>
    /// <param name="query">Which jobs.</param>
    /// <param name="observer">Receives a warning when Batch cannot be read; jobs are then returned without it.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public async IAsyncEnumerable<MvpJob> ListAsync(MvpJobQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Batch may know better where a job is, so the state is looked at after it was asked.
        MvpJobQuery wide = query with { State = [] };
        List<MvpJob> some = [];
        await foreach (MvpJob job in store.ListAsync(wide, cancellationToken))
        {
            if (query.State.Count > 0 && job.BatchJobId is null && !query.Includes(job))
                continue;
            some.Add(job);
            if (some.Count < BatchSize)
                continue;
            foreach (MvpJob joined in (await JoinAsync(some, observer, cancellationToken)).Where(query.Includes))
                yield return joined;
            some.Clear();
        }

        foreach (MvpJob joined in (await JoinAsync(some, observer, cancellationToken)).Where(query.Includes))
            yield return joined;
    }

    /// <summary>Returns the jobs with the specified IDs, in their order; a missing one is reported to the observer.</summary>
    /// <param name="jobIds">The IDs.</param>
    /// <param name="observer">Receives failures; the run continues.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    public async Task<IReadOnlyList<MvpJob>> FindAsync(IReadOnlyList<string> jobIds, IRunObserver observer, CancellationToken cancellationToken)
    {
        JobMover finder = new(store, retry);
        List<MvpJob> found = [];
        foreach (string id in jobIds.Distinct(StringComparer.Ordinal))
        {
            try
            {
                found.Add(await finder.FindAsync(id, cancellationToken));
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                observer.Failed(new ItemFailure(e, id));
            }
        }

        return await JoinAsync(found, observer, cancellationToken);
    }

    /// <summary>Waits until jobs finish and returns each when it has; a job that does not finish in time is returned in its current state, with an error.</summary>
    /// <param name="jobIds">The IDs.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="interval">How often to check.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public async IAsyncEnumerable<MvpJob> WaitAsync(
        IReadOnlyList<string> jobIds, TimeSpan timeout, TimeSpan interval, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        List<string> open = [.. jobIds.Distinct(StringComparer.Ordinal)];
        int all = open.Count;
        while (open.Count > 0)
        {
            IReadOnlyList<MvpJob> jobs = await FindAsync(open, observer, cancellationToken);
            foreach (MvpJob ended in jobs.Where(job => job.State.IsEnd()))
                yield return ended;
            MvpJob[] going = [.. jobs.Where(job => !job.State.IsEnd())];
            open = [.. going.Select(job => job.JobId)];
            if (open.Count == 0)
                yield break;
            observer.Progress(new RunProgress(JobMessages.WaitingForJobs(), all - open.Count, all, $"{going[0].JobId}: {going[0].State}{(going[0].BatchStatus is { } status ? $" ({status})" : "")}"));
            if (time.GetElapsedTime(start) + interval > timeout)
            {
                foreach (MvpJob late in going)
                {
                    observer.Failed(new ItemFailure(new OpsException(ErrorIds.WaitTimeout, JobMessages.NotFinished(late.JobId, late.State, timeout)), late));
                    yield return late;
                }

                yield break;
            }

            await time.Delay(interval, cancellationToken);
        }
    }

    /// <summary>The jobs, each with what Batch says of it.</summary>
    internal async Task<IReadOnlyList<MvpJob>> JoinAsync(IReadOnlyList<MvpJob> jobs, IRunObserver observer, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonObject> known = new(StringComparer.Ordinal);
        string[] ids = [.. jobs.Select(job => job.BatchJobId).OfType<string>().Distinct(StringComparer.Ordinal)];
        for (int i = 0; i < ids.Length; i += BatchSize)
        {
            string[] some = [.. ids.Skip(i).Take(BatchSize)];
            try
            {
                foreach (JsonObject found in await retry.RunAsync(() => batch.DescribeJobsAsync(some, cancellationToken), cancellationToken))
                    known[found.String("jobId") ?? ""] = found;
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
                observer.Warning(JobMessages.BatchNotRead(e));
                break;
            }
        }

        return [.. jobs.Select(job => job.BatchJobId is { } id && known.TryGetValue(id, out JsonObject? found) ? With(job, found) : job)];
    }

    private static MvpJob With(MvpJob job, JsonObject found)
    {
        string? status = found.String("status");
        MvpJob joined = job with { BatchStatus = status, LogStreamName = (found["container"] as JsonObject)?.String("logStreamName") };
        return MvpJobStates.OfBatch(status) is { } state && job.State.MayMoveTo(state)
            ? joined with { State = state, Reason = found.String("statusReason") ?? joined.Reason }
            : joined;
    }
}
