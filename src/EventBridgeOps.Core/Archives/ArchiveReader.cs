using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Reads archives.</summary>
/// <param name="api">The archives of the account.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class ArchiveReader(IArchiveApi api, ItemRetry retry)
{
    /// <summary>The archives that match a query, ordered by name. Each takes a call, since a listing does not contain everything.</summary>
    /// <param name="query">Which archives.</param>
    /// <param name="observer">Receives progress and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<EventArchive> ReadAsync(ArchiveQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        IReadOnlyList<NamePattern> buses = NamePattern.ParseAll(query.EventBusName.Select(BusName.Of));
        IAsyncEnumerable<EventArchive?> archives = Named.ReadAsync(
            new Named(query.ArchiveName, "ArchiveName", query.ThrottleLimit, ArchiveMessages.Reading()),
            (prefix, token) => api.ListArchivesAsync(prefix, token),
            listed => buses.Any(bus => bus.IsMatch(BusName.Of(listed.String("EventSourceArn")))),
            FindAsync, retry, observer, cancellationToken);
        await foreach (EventArchive? archive in archives)
        {
            if (archive is not null && buses.Any(bus => bus.IsMatch(archive.EventBusName)))
                yield return archive;
        }
    }

    /// <summary>An archive.</summary>
    /// <param name="name">Its name or ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Services.ServiceCallException">The archive does not exist, or the call failed.</exception>
    internal async Task<EventArchive> FindAsync(string name, CancellationToken cancellationToken) =>
        EventArchive.From(await retry.RunAsync(() => api.DescribeArchiveAsync(NameOf(name), cancellationToken), cancellationToken));

    /// <summary>The name of an archive in its ARN; any other text unchanged.</summary>
    internal static string NameOf(string? archive) => Arn.TryParse(archive, out Arn? arn) ? arn.Resource.Substring(arn.Resource.IndexOf('/') + 1) : archive ?? "";
}

/// <summary>What is read by names: those with wildcards are looked for in a listing, and each one that was found is described.</summary>
/// <param name="Names">The names, with or without wildcards.</param>
/// <param name="Field">The field of a listing with the name.</param>
/// <param name="ThrottleLimit">The maximum number of concurrent calls.</param>
/// <param name="Activity">What the run does, for people.</param>
internal sealed record Named(IReadOnlyList<string> Names, string Field, int ThrottleLimit, Message Activity)
{
    /// <summary>Reads what was asked for, ordered by name; null for what failed.</summary>
    public static async IAsyncEnumerable<T?> ReadAsync<T>(
        Named asked, Func<string?, CancellationToken, IAsyncEnumerable<JsonObject>> list, Func<JsonObject, bool> isMeant, Func<string, CancellationToken, Task<T>> find,
        ItemRetry retry, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        IReadOnlyList<NamePattern> patterns = NamePattern.ParseAll(asked.Names.Select(ArchiveReader.NameOf));
        ProgressCount progress = new(observer, asked.Activity);
        List<string> names = [.. patterns.Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Prefix)];
        if (patterns.Any(pattern => pattern.HasWildcard))
        {
            string? prefix = patterns.Count == 1 && patterns[0].Prefix.Length > 0 ? patterns[0].Prefix : null;
            List<JsonObject> listed = await retry.RunAsync(() => list(prefix, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
            names.AddRange(listed.Where(isMeant).Select(each => each.String(asked.Field)).OfType<string>().Where(name => patterns.Any(pattern => pattern.IsMatch(name))));
        }

        names = [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        progress.Expect(names.Count);
        IAsyncEnumerable<T?> found = OrderedParallel.SelectAsync(
            Streams.From(names),
            asked.ThrottleLimit,
            async (name, token) =>
            {
                T? one = await ItemGuard.RunAsync<T>(async () => await find(name, token), name, observer, token);
                progress.Finish(name);
                return one;
            },
            cancellationToken);
        await foreach (T? one in found)
            yield return one;
    }
}
