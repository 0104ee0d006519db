namespace EventBridgeOps;

/// <summary>The tests see both the product's own method and the one that .NET 10 has. This one is nearer than either, since their namespaces are inside this one.</summary>
public static class TestStreams
{
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken) =>
        await System.Linq.AsyncEnumerable.ToListAsync(source, cancellationToken);
}
