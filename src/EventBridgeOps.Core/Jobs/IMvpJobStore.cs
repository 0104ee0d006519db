using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>Stores jobs. All methods throw <see cref="OpsException"/>: <see cref="ErrorIds.JobStoreUnavailable"/> or a <see cref="ServiceCallException"/>.</summary>
public interface IMvpJobStore : IDisposable
{
    /// <summary>The store in a message: <c>table mvp-development-jobs</c>.</summary>
    string Name { get; }

    /// <summary>The file; null for a table.</summary>
    string? StorePath { get; }

    /// <summary>The table; null for a file.</summary>
    string? TableName { get; }

    /// <summary>Adds a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JobExists"/>: a job with that ID exists; it was not changed.</exception>
    Task CreateAsync(MvpJob job, CancellationToken cancellationToken);

    /// <summary>Returns a job; null when it does not exist.</summary>
    /// <param name="jobId">The id.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<MvpJob?> FindAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Lists jobs; those of one user newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<MvpJob> ListAsync(MvpJobQuery query, CancellationToken cancellationToken);

    /// <summary>Replaces the job with the same ID, if that has the previous version.</summary>
    /// <param name="job">The job, its <see cref="MvpJob.Version"/> one more than that of the one it replaces.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>False when it was changed concurrently; then nothing was written.</returns>
    Task<bool> ReplaceAsync(MvpJob job, CancellationToken cancellationToken);

    /// <summary>Checks whether the store exists and can be used.</summary>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>What was found, as a clause.</returns>
    Task<Message> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>Selects jobs.</summary>
public sealed record MvpJobQuery
{
    /// <summary>The jobs of one user; null for all users.</summary>
    public string? UserId { get; init; }

    /// <summary>Only jobs in these states; empty for all.</summary>
    public IReadOnlyList<MvpJobState> State { get; init; } = [];

    /// <summary>Says that no job was found, and what was looked at.</summary>
    /// <param name="store">The name of the store.</param>
    public Message NothingFound(string store) => JobMessages.NothingFound(store, UserId, [.. State.Select(state => state.ToString().ToLowerInvariant())]);

    /// <summary>Whether a job is selected.</summary>
    /// <param name="job">The job.</param>
    public bool Includes(MvpJob job) => (UserId is null || job.UserId == UserId) && (State.Count == 0 || State.Contains(job.State));
}
