using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests;

public class JobDefinitionCatalogTests
{
    private readonly FakeAccount _account = new();

    [Fact]
    public async Task A_name_is_looked_up_once_however_many_ask()
    {
        _account.Define("job", [3, 12, 4]);
        await using JobDefinitionCatalog catalog = new(_account);

        JobDefinitionRevisions[] found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => catalog.FindAsync("job", Run.Token)));

        Assert.All(found, revisions => Assert.Equal(12, revisions.Latest));
        Assert.Equal(["Sweep 0"], _account.Calls);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 10)]
    [InlineData(5, 10)]
    [InlineData(10, 10)]
    [InlineData(30, 10)]
    [InlineData(50, 1)]
    public async Task The_calls_are_at_most_twice_those_of_the_better_way(int names, int pages)
    {
        _account.DefinitionsPerPage = 7;
        for (int i = 0; i < Math.Max(names, pages * 7); i++)
            _account.Define($"job{i:000}", [1]);
        _account.DefinitionsPerPage = (Math.Max(names, pages * 7) + pages - 1) / pages;
        await using JobDefinitionCatalog catalog = new(_account);

        await Task.WhenAll(Enumerable.Range(0, names).Select(async i => Assert.Equal(1, (await catalog.FindAsync($"job{i:000}", Run.Token)).Latest)));

        Assert.InRange(_account.Calls.Count, 1, (2 * Math.Min(names, pages)) + 1);
    }

    [Fact]
    public async Task The_highest_revision_is_found_over_many_pages_in_any_order()
    {
        _account.Define("a", [9, 2, 10]).Define("job", [7, 101, 99]).Define("z", [1]);
        _account.DefinitionsPerPage = 1;
        await using JobDefinitionCatalog catalog = new(_account);

        foreach ((string name, int latest) in (IEnumerable<(string, int)>)[("job", 101), ("a", 10), ("z", 1)])
            Assert.Equal(latest, (await catalog.FindAsync(name, Run.Token)).Latest);
    }

    [Fact]
    public async Task Deregistered_is_told_from_never_there()
    {
        _account.Define("old", [], [1, 2]);
        await using JobDefinitionCatalog catalog = new(_account);

        JobDefinitionRevisions old = await catalog.FindAsync("old", Run.Token);
        JobDefinitionRevisions absent = await catalog.FindAsync("absent", Run.Token);

        Assert.Equal((null, 2), (old.Latest, old.Inactive.Count));
        Assert.Equal((null, 0), (absent.Latest, absent.Inactive.Count));
        Assert.Equal(["Sweep 0", "DescribeJobDefinitions old INACTIVE", "DescribeJobDefinitions absent INACTIVE"], _account.Calls);
    }

    [Fact]
    public async Task A_failed_lookup_is_asked_again()
    {
        _account.Define("job", [2]);
        bool broken = true;
        _account.Before = (_, _) => broken ? throw FakeAccount.Error(ErrorIds.ServiceUnavailable) : Task.CompletedTask;
        await using JobDefinitionCatalog catalog = new(_account);

        await Assert.ThrowsAsync<ServiceCallException>(() => catalog.FindAsync("job", Run.Token));
        broken = false;

        Assert.Equal(2, (await catalog.FindAsync("job", Run.Token)).Latest);
    }

    [Theory]
    [InlineData(ErrorIds.AccessDenied, true)]
    [InlineData(ErrorIds.RepeatedPageToken, false)]
    public async Task A_sweep_that_breaks_off_is_never_taken_for_complete(string errorId, bool ofCall)
    {
        for (int i = 0; i < 6; i++)
            _account.Define($"job{i}", [1]);
        _account.Define("zzz", [41, 42]);
        _account.DefinitionsPerPage = 2;
        _account.Before = (call, _) => call == "Sweep 1" ? throw (ofCall ? FakeAccount.Error(errorId) : new OpsException(errorId, Message.Verbatim("by script"))) : Task.CompletedTask;
        await using JobDefinitionCatalog catalog = new(_account);

        foreach (string name in (string[])["job0", "job5", "zzz", "job3", "job4"])
            Assert.Equal(name == "zzz" ? 42 : 1, (await catalog.FindAsync(name, Run.Token)).Latest);

        Assert.Equal(2, _account.Count("Sweep"));
        Assert.Equal(5, _account.Count("DescribeJobDefinitions"));
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_disturb_the_others()
    {
        _account.Define("job", [5]);
        TaskCompletionSource gate = new();
        _account.Before = async (_, token) => await gate.Task.WaitAsync(token);
        await using JobDefinitionCatalog catalog = new(_account);
        using CancellationTokenSource impatient = new();

        Task<JobDefinitionRevisions> first = catalog.FindAsync("job", impatient.Token);
        Task<JobDefinitionRevisions> second = catalog.FindAsync("job", Run.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal(5, (await second).Latest);
        Assert.Equal(["Sweep 0"], _account.Calls);
    }

    [Fact]
    public async Task Disposing_ends_what_is_still_asked()
    {
        int running = 0;
        _account.Before = async (_, token) =>
        {
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };
        JobDefinitionCatalog catalog = new(_account);
        Task<JobDefinitionRevisions> asked = catalog.FindAsync("job", Run.Token);
        while (_account.Calls.Count == 0)
            await Task.Yield();

        await catalog.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(0, running);
    }
}
