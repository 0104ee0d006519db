using EventBridgeOps.Installation;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Core.Tests.Installation;

/// <summary>The log of the function, as <c>ebops automation logs</c> and <c>Get-EbAutomationLog</c> read it.</summary>
public sealed class AutomationLogTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new() { Origin = new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero).AddTicks(3) };
    private readonly FakeLog _log = new();
    private readonly AutomationLogReader _reader;

    public AutomationLogTests() => _reader = new AutomationLogReader(new OneStack(), _log, new ItemRetry(_time, () => 0.5), _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_of_the_last_hour_is_read_once_and_to_its_end()
    {
        Write("old", -61);
        Write("first", -59);
        Write("""{"level":"Error","event":"item.failed","message":"Rule r could not be updated.","requestId":"q"}""", -1);
        List<AutomationLogLine> lines = await _reader.ReadAsync(new AutomationLogQuery(), Token).ToListAsync(Token);
        Assert.Equal(["first", "Rule r could not be updated."], lines.Select(line => line.Message));
        Assert.Equal((AutomationLogLevel.Error, "item.failed", "q"), (lines[1].Level, lines[1].Event, lines[1].RequestId));
    }

    [Fact]
    public async Task Lines_that_come_while_it_follows_are_shown_each_once_until_it_is_cancelled()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Write("before", -5);
        await using IAsyncEnumerator<AutomationLogLine> lines = _reader.ReadAsync(new AutomationLogQuery { Follow = true }, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.Equal("before", await NextAsync(lines));

        Task<string> next = NextAsync(lines);
        await _time.SomebodyWaitsAsync(Token, 1, s_interval);
        Assert.False(next.IsCompleted);
        Write("one", 0);
        Write("two", 0);
        _time.Advance(s_interval);
        Assert.Equal(("one", "two"), (await next, await NextAsync(lines)));

        // A line that CloudWatch Logs shows later than others that were written after it.
        next = NextAsync(lines);
        await _time.SomebodyWaitsAsync(Token, 1, s_interval);
        Write("late", -0.5);
        _time.Advance(s_interval);
        Assert.Equal("late", await next);

        next = NextAsync(lines);
        await _time.SomebodyWaitsAsync(Token, 1, s_interval);
        await stop.CancelAsync(); // Ctrl+C
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_line_of_the_very_first_millisecond_is_not_shown_again()
    {
        Write("edge", -60);
        await using IAsyncEnumerator<AutomationLogLine> lines = _reader.ReadAsync(new AutomationLogQuery { Follow = true }, Token).GetAsyncEnumerator(Token);
        Assert.Equal("edge", await NextAsync(lines));
        Write("next", 0);
        _time.AutoAdvance = true;
        Assert.Equal("next", await NextAsync(lines));
        Write("last", 0);
        Assert.Equal("last", await NextAsync(lines));
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<AutomationLogLine> lines) => await lines.MoveNextAsync() ? lines.Current.Message : throw new InvalidOperationException("The log has ended.");

    private void Write(string text, double minutes) => _log.Events.Add(new LogEvent($"{_log.Events.Count}", DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().AddMinutes(minutes).ToUnixTimeMilliseconds()), text + "\n"));

    /// <summary>A log group whose events have milliseconds, as those of CloudWatch Logs have.</summary>
    private sealed class FakeLog : IMonitoringApi
    {
        public List<LogEvent> Events { get; } = [];

        public IAsyncEnumerable<LogEvent> FilterAsync(string logGroup, DateTimeOffset since, string? pattern, CancellationToken cancellationToken)
        {
            Assert.Equal("ebops-log", logGroup);
            return Events.Where(happened => happened.Time.ToUnixTimeMilliseconds() >= since.ToUnixTimeMilliseconds()).OrderBy(happened => happened.Time).ToList().ToAsyncEnumerable();
        }

        public Task<IReadOnlyDictionary<string, string>> DescribeAlarmsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>A stack with the log group alone.</summary>
    private sealed class OneStack : IStackApi
    {
        public Task<Stack?> DescribeAsync(string stack, CancellationToken cancellationToken) => Task.FromResult<Stack?>(new Stack("id", stack, "CREATE_COMPLETE", null));

        public IAsyncEnumerable<StackResource> ListResourcesAsync(string stack, CancellationToken cancellationToken) =>
            new List<StackResource> { new("Logs", "ebops-log", "AWS::Logs::LogGroup", "CREATE_COMPLETE") }.ToAsyncEnumerable();

        public Task<string> GetTemplateAsync(string stack, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> CreateChangeSetAsync(ChangeSetRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ChangeSet> DescribeChangeSetAsync(string changeSet, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ExecuteChangeSetAsync(string changeSet, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteChangeSetAsync(string changeSet, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StackEvent> ListEventsAsync(string stack, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string stack, IReadOnlyList<string> retained, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<PendingChangeSet> ListChangeSetsAsync(string stack, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ContinueRollbackAsync(string stack, IReadOnlyList<string> skipped, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
