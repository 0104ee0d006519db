using System.Runtime.CompilerServices;

namespace EventBridgeOps.Events.Runs;

/// <summary>The few things that streams need here.</summary>
public static class Streams
{
    /// <summary>All items, once the source has ended.</summary>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        List<T> items = [];
        await foreach (T item in source.WithCancellation(cancellationToken))
            items.Add(item);
        return items;
    }

    /// <summary>The items of all lists, in order.</summary>
    public static async IAsyncEnumerable<T> FlattenAsync<T>(this IAsyncEnumerable<IEnumerable<T>> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (IEnumerable<T> items in source.WithCancellation(cancellationToken))
        {
            foreach (T item in items)
                yield return item;
        }
    }

    /// <summary>The items as an asynchronous sequence.</summary>
    public static async IAsyncEnumerable<T> From<T>(IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }

#if NETSTANDARD2_0
    /// <summary>Reads into memory, as .NET does.</summary>
    public static async ValueTask<int> ReadAsync(this System.IO.Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? await stream.ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken)
            : throw new NotSupportedException();
#endif
}
