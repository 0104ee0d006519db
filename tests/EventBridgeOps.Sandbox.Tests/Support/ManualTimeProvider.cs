namespace EventBridgeOps.Sandbox.Tests;

/// <summary>A clock that moves when a test says so.</summary>
internal sealed class ManualTimeProvider : TimeProvider, IDisposable
{
    private readonly object gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly SemaphoreSlim timerAdded = new(0);
    private DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Dispose() => timerAdded.Dispose();

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    /// <summary>Ends when somebody has begun to wait on this clock, once for each wait.</summary>
    public Task SomebodyWaitsAsync(CancellationToken cancellationToken) => timerAdded.WaitAsync(cancellationToken);

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (gate)
        {
            now += by;
            due = timers.FindAll(timer => timer.At <= now);
            timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state)) { At = now + dueTime };
        lock (gate)
            timers.Add(timer);
        timerAdded.Release();
        return timer;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public DateTimeOffset At { get; init; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
