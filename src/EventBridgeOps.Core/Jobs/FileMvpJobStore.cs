using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>
/// Stores jobs in a file of JSON lines: each write appends the whole job as one line, and the last line of a job is the current one. A crash can
/// truncate only the last line, which is then ignored. Many processes can read, one at a time can write. Within a process, all stores of one file share it.
/// </summary>
/// <param name="path">The full path of the file; it is created with the first job.</param>
public sealed class FileMvpJobStore(string path) : IMvpJobStore
{
    private readonly JobFile _file = JobFile.Open(path);
    private int _closed;

    /// <inheritdoc/>
    public string Name => $"file {path}";

    /// <inheritdoc/>
    public string? StorePath => path;

    /// <inheritdoc/>
    public string? TableName => null;

    /// <inheritdoc/>
    public async Task CreateAsync(MvpJob job, CancellationToken cancellationToken)
    {
        if (!await _file.WriteAsync(job, isNew: true, cancellationToken))
            throw new OpsException(ErrorIds.JobExists, JobMessages.JobExists(job.JobId, Name));
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(MvpJob job, CancellationToken cancellationToken) => _file.WriteAsync(job, isNew: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<MvpJob?> FindAsync(string jobId, CancellationToken cancellationToken) =>
        await _file.ReadAsync(jobs => jobs.TryGetValue(jobId, out MvpJob? job) ? job with { StorePath = path } : null, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<MvpJob> ListAsync(MvpJobQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MvpJob[] found = await _file.ReadAsync(jobs => jobs.Values.Where(query.Includes).OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.JobId, StringComparer.Ordinal).ToArray(), cancellationToken);
        foreach (MvpJob job in found)
            yield return job with { StorePath = path };
    }

    /// <inheritdoc/>
    public async Task<Message> CheckAsync(CancellationToken cancellationToken)
    {
        int count = await _file.ReadAsync(jobs => jobs.Count, cancellationToken);
        return JobMessages.StoreHas(Name, count);
    }

    /// <summary>Closes the file, if no other store of this process uses it, so that other processes can write.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            _file.Dispose();
    }
}
