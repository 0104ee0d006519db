using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Core.Tests;

internal static class Streams
{
    /// <summary>The tests see both the product's own method and the one that .NET 10 brings; this one is nearer than either.</summary>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken) =>
        await System.Linq.AsyncEnumerable.ToListAsync(source, cancellationToken);
}
