using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Publishing;

/// <summary>Something on its way through the publisher, and the entry to send for it; null when there is nothing to send, and it only keeps its place.</summary>
internal readonly record struct Outgoing<T>(T Item, EventEntry? Entry);

/// <summary>Packs a stream into calls as full as they may be.</summary>
internal static class EntryPacker
{
    /// <summary>How long an entry waits for others to share its call, when they come slowly.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    public static async IAsyncEnumerable<List<Outgoing<T>>> PackAsync<T>(this IAsyncEnumerable<Outgoing<T>> source, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Outgoing<T>> pack = [];
        int entries = 0, bytes = 0;
        await using IAsyncEnumerator<Outgoing<T>> items = source.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            Task<bool> coming = items.MoveNextAsync().AsTask();
            if (!coming.IsCompleted && pack.Count > 0)
            {
                using CancellationTokenSource came = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(coming, time.Delay(Linger, came.Token));
                came.Cancel();
                if (!coming.IsCompleted)
                {
                    yield return pack;
                    (pack, entries, bytes) = ([], 0, 0);
                }
            }

            if (!await coming)
                break;
            int size = items.Current.Entry is { } entry ? EntryLimits.SizeOf(entry) : 0;
            if (items.Current.Entry is not null && (entries == EntryLimits.Entries || (entries > 0 && bytes + size > EntryLimits.Bytes)))
            {
                yield return pack;
                (pack, entries, bytes) = ([], 0, 0);
            }

            pack.Add(items.Current);
            entries += items.Current.Entry is null ? 0 : 1;
            bytes += size;
        }

        if (pack.Count > 0)
            yield return pack;
    }
}
