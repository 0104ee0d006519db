using System.Runtime.CompilerServices;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Core.Tests;

public class OrderedParallelTests
{
    private readonly object _lock = new();
    private int _running;
    private int _most;
    private int _started;

    [Fact]
    public async Task Results_come_in_order_whoever_is_first()
    {
        TaskCompletionSource last = new();
        List<int> results = await OrderedParallel.SelectAsync(Numbers(4), 4, async (i, token) =>
        {
            if (i == 3)
                last.SetResult();
            await last.Task.WaitAsync(token);
            return i;
        }, Run.Token).ToListAsync(Run.Token);

        Assert.Equal([0, 1, 2, 3], results);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task No_more_work_at_a_time_than_the_limit(int limit)
    {
        List<int> results = await OrderedParallel.SelectAsync(Numbers(200), limit, WorkAsync, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(Enumerable.Range(0, 200), results);
        Assert.InRange(_most, 1, limit);
        Assert.Equal(0, _running);
    }

    [Fact]
    public async Task Work_waits_for_whoever_listens()
    {
        IAsyncEnumerator<int> results = OrderedParallel.SelectAsync(Numbers(1000), 2, WorkAsync, Run.Token).GetAsyncEnumerator(Run.Token);
        await results.MoveNextAsync();
        for (int i = 0; i < 2000; i++)
            await Task.Yield();

        Assert.InRange(_started, 1, 20);
        await results.DisposeAsync();
    }

    [Fact]
    public async Task Stopping_early_stops_the_work_and_the_source()
    {
        bool sourceEnded = false;
        async IAsyncEnumerable<int> Source([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return 0;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                sourceEnded = true;
            }
        }

        await foreach (int _ in OrderedParallel.SelectAsync(Source(Run.Token), 2, WorkAsync, Run.Token))
            break;

        Assert.True(sourceEnded);
        Assert.Equal(0, _running);
    }

    [Fact]
    public async Task An_error_of_the_work_comes_in_its_place_and_ends_the_rest()
    {
        List<int> seen = [];
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int i in OrderedParallel.SelectAsync(Numbers(100), 4, (i, token) => i == 5 ? throw new InvalidOperationException("five") : WorkAsync(i, token), Run.Token))
                seen.Add(i);
        });

        Assert.Equal("five", error.Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
        Assert.Equal(0, _running);
    }

    [Fact]
    public async Task An_error_of_the_source_comes_after_the_results_before_it()
    {
        static async IAsyncEnumerable<int> Source()
        {
            await Task.Yield();
            yield return 0;
            throw new InvalidOperationException("source");
        }

        List<int> seen = [];
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int i in OrderedParallel.SelectAsync(Source(), 4, WorkAsync, Run.Token))
                seen.Add(i);
        });

        Assert.Equal(("source", 0), (error.Message, Assert.Single(seen)));
    }

    [Fact]
    public async Task Cancelling_ends_all_at_once()
    {
        using CancellationTokenSource cancel = new();
        Task<List<int>> all = OrderedParallel.SelectAsync(Numbers(100), 4, async (i, token) =>
        {
            Interlocked.Increment(ref _running);
            try
            {
                if (i == 3)
                    await cancel.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return i;
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }, cancel.Token).ToListAsync(Run.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        Assert.Equal(0, _running);
    }

    private async Task<int> WorkAsync(int i, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        int running = Interlocked.Increment(ref _running);
        lock (_lock)
            _most = Math.Max(_most, running);
        for (int turn = 0; turn < 5; turn++)
            await Task.Yield();
        Interlocked.Decrement(ref _running);
        return i;
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
