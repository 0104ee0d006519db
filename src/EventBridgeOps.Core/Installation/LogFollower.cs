using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Installation;

/// <summary>Reads logs, and what is written to them.</summary>
/// <param name="monitoring">Amazon CloudWatch Logs.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class LogFollower(IMonitoringApi monitoring, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Lines can arrive later than others that were written after them.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>The events, by time as far as they have arrived.</summary>
    /// <param name="groups">The names of the log groups.</param>
    /// <param name="back">How far to go back.</param>
    /// <param name="pattern">The filter pattern; null for all.</param>
    /// <param name="follow">Whether to wait for more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<(string Group, LogEvent Event)> ReadAsync(IReadOnlyList<string> groups, TimeSpan back, string? pattern, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // CloudWatch Logs has milliseconds; with a part of one, a line of the first would be shown every time.
        DateTimeOffset since = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() - back).ToUnixTimeMilliseconds());
        Dictionary<(string Group, string Id), DateTimeOffset> seen = [];
        while (true)
        {
            List<(string Group, LogEvent Event)> found = [];
            foreach (string group in groups)
                found.AddRange((await retry.RunAsync(() => monitoring.FilterAsync(group, since, pattern, cancellationToken).ToListAsync(cancellationToken), cancellationToken)).Select(happened => (group, happened)));
            foreach ((string group, LogEvent happened) in groups.Count == 1 ? found : [.. found.OrderBy(each => each.Event.Time)])
            {
                if (seen.ContainsKey((group, happened.Id)))
                    continue;
                seen.Add((group, happened.Id), happened.Time);
                yield return (group, happened);
            }

            if (!follow)
                yield break;
            DateTimeOffset from = seen.Count == 0 ? since : seen.Values.Max() - Late;
            since = from > since ? from : since;
            foreach ((string, string) old in seen.Where(one => one.Value < since).Select(one => one.Key).ToList())
                seen.Remove(old);
            await time.Delay(Interval, cancellationToken);
        }
    }
}
