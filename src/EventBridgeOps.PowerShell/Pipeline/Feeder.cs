using System.Threading.Channels;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Passes objects from the pipeline to the runs that process them, one run for each session.</summary>
/// <typeparam name="TKey">The key of a session.</typeparam>
/// <typeparam name="T">The type of the objects.</typeparam>
internal sealed class Feeder<TKey, T>(CancellationToken stop)
    where TKey : notnull
{
    private const int Waiting = 64;

    private readonly Dictionary<TKey, ChannelWriter<T>> _runs = [];

    /// <summary>The run of a session; it is started when it is first needed.</summary>
    public ChannelWriter<T> RunOf(TKey session, Action<IAsyncEnumerable<T>> start)
    {
        if (_runs.TryGetValue(session, out ChannelWriter<T>? run))
            return run;
        Channel<T> channel = Channel.CreateBounded<T>(Waiting);
        _runs.Add(session, channel.Writer);
        start(ReadAsync(channel.Reader));
        return channel.Writer;
    }

    /// <summary>Marks the end of the input.</summary>
    public void Complete()
    {
        foreach (ChannelWriter<T> run in _runs.Values)
            run.TryComplete();
    }

    private async IAsyncEnumerable<T> ReadAsync(ChannelReader<T> items)
    {
        while (await items.WaitToReadAsync(stop))
        {
            while (items.TryRead(out T? item))
                yield return item;
        }
    }
}
