using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Finds the revisions of many job definitions with the fewest calls. Each name is looked up once, however many targets use it.</summary>
/// <remarks>
/// A name can be looked up with its own call, or found by listing all ACTIVE definitions (100 per call), whose number is unknown in
/// advance. So each look-up first reads one more page of the listing as long as it may soon be complete: the total number of calls is
/// never more than about twice that of the better method.
/// </remarks>
public sealed class JobDefinitionCatalog : IAsyncDisposable
{
    private readonly IBatchApi _batch;
    private readonly SemaphoreSlim _sweeping = new(1, 1);
    private readonly ConcurrentDictionary<string, Lazy<Task<JobDefinitionRevisions>>> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _swept = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();
    private IAsyncEnumerator<DocumentPage>? _sweep;
    private bool _sweepIsComplete;
    private bool _sweepFailed;
    private int _sweptPages;
    private int _ownCalls;

    /// <summary>Makes an empty catalog; use one for each run, since it never asks twice.</summary>
    /// <param name="batch">The account's AWS Batch.</param>
    public JobDefinitionCatalog(IBatchApi batch) => _batch = batch;

    /// <summary>The revisions of a job definition.</summary>
    /// <param name="name">The name without a revision.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ServiceCallException">AWS Batch refused or could not be reached. The name is looked up again when asked for again.</exception>
    public async Task<JobDefinitionRevisions> FindAsync(string name, CancellationToken cancellationToken)
    {
        // The look-up is shared, so it ends with the catalog and not with the first of those who wait for it.
        Lazy<Task<JobDefinitionRevisions>> lookup = _found.GetOrAdd(name, n => new Lazy<Task<JobDefinitionRevisions>>(() => Task.Run(() => LookUpAsync(n, _ended.Token))));
        try
        {
            return await lookup.Value.WaitAsync(cancellationToken);
        }
        catch when (lookup.Value.IsFaulted || lookup.Value.IsCanceled)
        {
            ((ICollection<KeyValuePair<string, Lazy<Task<JobDefinitionRevisions>>>>)_found).Remove(new(name, lookup));
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ended.Cancel();
        await _sweeping.WaitAsync(CancellationToken.None);
        if (_sweep is not null)
            await _sweep.DisposeAsync();
        foreach (Lazy<Task<JobDefinitionRevisions>> lookup in _found.Values.Where(lookup => lookup.IsValueCreated))
            await Task.WhenAny(lookup.Value);
        _ended.Dispose();
    }

    private async Task<JobDefinitionRevisions> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        HashSet<int> active = await SweepAsync(name, cancellationToken)
            ?? await ReadRevisionsAsync(name, "ACTIVE", cancellationToken);
        // Only where nothing is ACTIVE is it worth a call to tell "all deregistered" from "never there".
        HashSet<int> inactive = active.Count > 0 ? [] : await ReadRevisionsAsync(name, "INACTIVE", cancellationToken);
        return new JobDefinitionRevisions(name, active, inactive);
    }

    /// <summary>The name's ACTIVE revisions by the sweep, or null when the name is better looked up by itself.</summary>
    private async Task<HashSet<int>?> SweepAsync(string name, CancellationToken cancellationToken)
    {
        await _sweeping.WaitAsync(cancellationToken);
        try
        {
            if (!_sweepIsComplete && !_sweepFailed && _sweptPages <= _ownCalls)
                await SweepOnePageAsync();
            if (_sweepIsComplete)
                return _swept.TryGetValue(name, out HashSet<int>? revisions) ? revisions : [];
            _ownCalls++;
            return null;
        }
        finally
        {
            _sweeping.Release();
        }
    }

    private async Task SweepOnePageAsync()
    {
        try
        {
            _sweep ??= _batch.DescribeJobDefinitionPagesAsync("ACTIVE", _ended.Token).GetAsyncEnumerator(CancellationToken.None);
            _sweepIsComplete = !await _sweep.MoveNextAsync();
        }
        catch (OpsException)
        {
            _sweepFailed = true; // a broken listing cannot go on; the names' own calls will say what is wrong, if it still is
            return;
        }

        if (_sweepIsComplete)
            return;
        _sweptPages++;
        _sweepIsComplete = _sweep.Current.IsLast;
        foreach (JsonObject definition in _sweep.Current.Documents)
        {
            if (Read(definition) is not var (name, revision))
                continue;
            if (!_swept.TryGetValue(name, out HashSet<int>? revisions))
                _swept.Add(name, revisions = []);
            revisions.Add(revision);
        }
    }

    private async Task<HashSet<int>> ReadRevisionsAsync(string name, string status, CancellationToken cancellationToken)
    {
        HashSet<int> revisions = [];
        await foreach (JsonObject definition in _batch.DescribeJobDefinitionsAsync(name, status, cancellationToken))
        {
            if (Read(definition) is var (found, revision) && found == name)
                revisions.Add(revision);
        }

        return revisions;
    }

    private static (string Name, int Revision)? Read(JsonObject definition) =>
        definition.String("jobDefinitionName") is { } name && definition["revision"] is JsonValue value && value.TryGetValue(out int revision)
            ? (name, revision)
            : null;
}

/// <summary>The revisions of one job definition name, as far as AWS Batch still knows them.</summary>
/// <param name="Name">The name without a revision.</param>
/// <param name="Active">The revisions that a job can be submitted with.</param>
/// <param name="Inactive">Deregistered revisions; asked for only where <see cref="Active"/> does not answer the question. Batch keeps them for about 180 days.</param>
public sealed record JobDefinitionRevisions(string Name, IReadOnlyCollection<int> Active, IReadOnlyCollection<int> Inactive)
{
    /// <summary>The highest ACTIVE revision, by number, because the order of the service is not reliable. Null if none is ACTIVE.</summary>
    public int? Latest => Active.Count == 0 ? null : Active.Max();
}
