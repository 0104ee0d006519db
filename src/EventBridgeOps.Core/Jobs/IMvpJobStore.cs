using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>Where jobs are kept. All methods throw <see cref="OpsException"/>: <see cref="ErrorIds.JobStoreUnavailable"/> or a <see cref="ServiceCallException"/>.</summary>
public interface IMvpJobStore : IDisposable
{
    /// <summary>The store in a message: <c>table mvp-development-jobs</c>.</summary>
    string Name { get; }

    /// <summary>Adds a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JobExists"/>: there is one of that id; it is left as it is.</exception>
    Task CreateAsync(MvpJob job, CancellationToken cancellationToken);

    /// <summary>A job; null when there is none of that id.</summary>
    /// <param name="jobId">The id.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<MvpJob?> FindAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Jobs, of one user newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<MvpJob> ListAsync(MvpJobQuery query, CancellationToken cancellationToken);

    /// <summary>Puts a job in the place of the one of its id, if that has the version before.</summary>
    /// <param name="job">The job, its <see cref="MvpJob.Version"/> one more than that of the one it replaces.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>False when somebody else has written it meanwhile; nothing was written then.</returns>
    Task<bool> ReplaceAsync(MvpJob job, CancellationToken cancellationToken);

    /// <summary>Looks whether the store is there and can be used.</summary>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>What there is of it, for people.</returns>
    Task<string> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>Which jobs.</summary>
public sealed record MvpJobQuery
{
    /// <summary>The jobs of one user; null for all users'.</summary>
    public string? UserId { get; init; }

    /// <summary>Only jobs in these states; empty for all.</summary>
    public IReadOnlyList<MvpJobState> State { get; init; } = [];

    /// <summary>Whether a job is one of them.</summary>
    /// <param name="job">The job.</param>
    public bool Includes(MvpJob job) => (UserId is null || job.UserId == UserId) && (State.Count == 0 || State.Contains(job.State));
}
