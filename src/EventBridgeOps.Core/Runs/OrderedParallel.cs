using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Runs a body for each item of a stream, several at a time, and gives the results in the items' order.</summary>
internal static class OrderedParallel
{
    /// <summary>How many finished results may wait for a slow one before them, for each one at work.</summary>
    private const int LookAhead = 4;

    /// <summary>One result for each item.</summary>
    /// <param name="source">The items.</param>
    /// <param name="limit">How many bodies run at a time.</param>
    /// <param name="body">Called with each item.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> source,
        int limit,
        Func<TItem, CancellationToken, Task<TResult>> body,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<TResult>> results = Channel.CreateBounded<Task<TResult>>(limit * LookAhead);
        Task feeding = Task.Run(() => FeedAsync(source, limit, body, results.Writer, ended.Token), CancellationToken.None);
        try
        {
            while (await results.Reader.WaitToReadAsync(cancellationToken))
            {
                while (results.Reader.TryRead(out Task<TResult>? result))
                    yield return await result;
            }
        }
        finally
        {
            // Whoever stops listening (an error, Ctrl+C, Select-Object -First) stops the work too, and nothing runs on behind.
            ended.Cancel();
            await feeding;
        }
    }

    private static async Task FeedAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> source,
        int limit,
        Func<TItem, CancellationToken, Task<TResult>> body,
        ChannelWriter<Task<TResult>> results,
        CancellationToken cancellationToken)
    {
        using SemaphoreSlim places = new(limit, limit);
        List<Task> running = [];
        try
        {
            await foreach (TItem item in source.WithCancellation(cancellationToken))
            {
                await places.WaitAsync(cancellationToken);
                Task<TResult> task = RunAsync(item);
                running.RemoveAll(done => done.IsCompleted);
                running.Add(task);
                await results.WriteAsync(task, cancellationToken);
            }

            results.Complete();
        }
        catch (Exception e)
        {
            results.Complete(e);
        }
        finally
        {
            // Each outcome is observed by the reader of the results, or is no longer needed.
            foreach (Task task in running)
                await Task.WhenAny(task);
        }

        async Task<TResult> RunAsync(TItem item)
        {
            try
            {
                await Task.Yield();
                return await body(item, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }
    }
}

/// <summary>Counts expected and finished items, from any thread, and reports progress to the observer.</summary>
internal sealed class ProgressCount(IRunObserver observer, Message activity)
{
    private int _done;
    private int _total;

    public void Expect(int more) => Interlocked.Add(ref _total, more);

    public void Finish(string item) => observer.Progress(new RunProgress(activity, Interlocked.Increment(ref _done), Volatile.Read(ref _total), item));
}
