using System.Threading.Channels;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>The way of a pipeline's objects into the runs that work on them, one run for each session.</summary>
/// <typeparam name="TKey">What tells the sessions apart.</typeparam>
/// <typeparam name="T">What is handed over.</typeparam>
internal sealed class Feeder<TKey, T>(CancellationToken stop)
    where TKey : notnull
{
    private const int Waiting = 64;

    private readonly Dictionary<TKey, ChannelWriter<T>> _runs = [];

    /// <summary>The run of a session; it is started when there is none yet.</summary>
    public ChannelWriter<T> RunOf(TKey session, Action<IAsyncEnumerable<T>> start)
    {
        if (_runs.TryGetValue(session, out ChannelWriter<T>? run))
            return run;
        Channel<T> channel = Channel.CreateBounded<T>(Waiting);
        _runs.Add(session, channel.Writer);
        start(ReadAsync(channel.Reader));
        return channel.Writer;
    }

    /// <summary>Nothing more comes.</summary>
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
