using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Finds the latest ACTIVE revision of job definitions, with their documents.</summary>
internal sealed class JobDefinitionFinder(IBatchApi batch, ItemRetry retry, TimeProvider time, int throttleLimit)
{
    /// <summary>How long a sweep serves searches that follow it: events come in bursts, but may also trickle in for days.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, JobDefinitionDocument> _noted = new(StringComparer.Ordinal);

    private List<JobDefinitionDocument>? _all;
    private long _swept;

    /// <summary>Those that the names fit, ordered by name.</summary>
    /// <param name="names">Names, with or without wildcards; none means all.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<FoundJobDefinitions> FindAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> patterns = NamePattern.ParseAll(names);
        List<string> plain = [.. patterns.Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Prefix).Distinct(StringComparer.Ordinal)];
        List<JobDefinitionDocument> found;
        if (plain.Count == patterns.Count)
        {
            found = [.. (await OrderedParallel.SelectAsync(
                Streams.From(plain), throttleLimit,
                (name, token) => retry.RunAsync(() => JobDefinitionDocument.LatestAsync(batch, name, token), token),
                cancellationToken).ToListAsync(cancellationToken)).OfType<JobDefinitionDocument>()];
        }
        else
        {
            if (_all is null || time.GetElapsedTime(_swept) > Lasting)
                (_all, _swept) = (await retry.RunAsync(() => SweepAsync(cancellationToken), cancellationToken), time.GetTimestamp());
            found = [.. _all.Where(definition => patterns.Any(pattern => pattern.IsMatch(definition.Name)))];
        }

        found = [.. found.Select(Newest)];
        return new FoundJobDefinitions(
            [.. found.OrderBy(definition => definition.Name, StringComparer.Ordinal)],
            [.. plain.Where(name => !found.Exists(definition => definition.Name == name))],
            new HashSet<string>(plain, StringComparer.Ordinal));
    }

    /// <summary>Notes what a job definition is like now, or would be after what is planned: a listing is older, and the service may be slow to show it.</summary>
    public void Note(JobDefinitionDocument definition) => _noted[definition.Name] = definition;

    /// <summary>Has everything read again, because a write ended with an outcome that is not known.</summary>
    public void Forget(string name)
    {
        _noted.Remove(name);
        _all = null;
    }

    private JobDefinitionDocument Newest(JobDefinitionDocument found) =>
        _noted.TryGetValue(found.Name, out JobDefinitionDocument? noted) && noted.Revision >= found.Revision ? noted : found;

    private async Task<List<JobDefinitionDocument>> SweepAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, JobDefinitionDocument> latest = new(StringComparer.Ordinal);
        await foreach (DocumentPage page in batch.DescribeJobDefinitionPagesAsync("ACTIVE", cancellationToken))
        {
            foreach (JobDefinitionDocument definition in page.Documents.Select(JobDefinitionDocument.From).OfType<JobDefinitionDocument>())
            {
                if (!latest.TryGetValue(definition.Name, out JobDefinitionDocument? known) || known.Revision < definition.Revision)
                    latest[definition.Name] = definition;
            }
        }

        return [.. latest.Values];
    }
}

/// <summary>The result of a search.</summary>
/// <param name="Latest">The latest ACTIVE revisions.</param>
/// <param name="Missing">Names given without wildcards that have none.</param>
/// <param name="Named">Names given without wildcards.</param>
internal sealed record FoundJobDefinitions(IReadOnlyList<JobDefinitionDocument> Latest, IReadOnlyList<string> Missing, ISet<string> Named);
