using EventBridgeOps.Jobs;

namespace EventBridgeOps.Completion;

/// <summary>Suggests the IDs of jobs.</summary>
public static class JobNames
{
    /// <summary>More than anybody reads through.</summary>
    private const int Most = 500;

    /// <summary>The jobs' ids, newest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<Suggestion>> FindAsync(IMvpJobStore store, CancellationToken cancellationToken)
    {
        List<MvpJob> jobs = [];
        await foreach (MvpJob job in store.ListAsync(new MvpJobQuery(), cancellationToken))
        {
            jobs.Add(job);
            if (jobs.Count == Most)
                break;
        }

        return [.. jobs.OrderByDescending(job => job.CreatedAt).Select(job => new Suggestion(job.JobId, CompletionMessages.Job(job.State, job.UserId, $"{job.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}").ToString()))];
    }
}
