using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Reads replays.</summary>
/// <param name="api">The replays of the account.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class ReplayReader(IArchiveApi api, ItemRetry retry)
{
    /// <summary>The replays that match a query, ordered by name. Each takes a call, since a listing does not contain everything.</summary>
    /// <param name="query">Which replays.</param>
    /// <param name="observer">Receives progress and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<Replay> ReadAsync(ReplayQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        IReadOnlyList<NamePattern> archives = NamePattern.ParseAll(query.ArchiveName.Select(ArchiveReader.NameOf));
        // ListReplays takes one filter only, so what is listed is selected here.
        IAsyncEnumerable<Replay?> replays = Named.ReadAsync(
            new Named(query.ReplayName, "ReplayName", query.ThrottleLimit, ReplayMessages.Reading()),
            (prefix, token) => api.ListReplaysAsync(prefix, token),
            listed => query.HasState(listed.String("State")) && IsOf(ArchiveReader.NameOf(listed.String("EventSourceArn"))),
            FindAsync, retry, observer, cancellationToken);
        await foreach (Replay? replay in replays)
        {
            if (replay is not null && query.HasState(replay.State.ToString()) && IsOf(replay.ArchiveName))
                yield return replay;
        }

        bool IsOf(string archive) => archives.Any(pattern => pattern.IsMatch(archive));
    }

    /// <summary>A replay.</summary>
    /// <param name="name">Its name or ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Services.ServiceCallException">The replay does not exist, or the call failed.</exception>
    internal async Task<Replay> FindAsync(string name, CancellationToken cancellationToken) =>
        Replay.Read(await retry.RunAsync(() => api.DescribeReplayAsync(ArchiveReader.NameOf(name), cancellationToken), cancellationToken));
}
