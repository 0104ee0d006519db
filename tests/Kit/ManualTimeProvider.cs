using System.Threading.Channels;

namespace EventBridgeOps.Tests;

/// <summary>A clock that moves when the test moves it; with <see cref="AutoAdvance"/>, whoever waits is let through at once, and time moves on to when the wait would have ended.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly object _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _now;
    private bool _autoAdvance;

    /// <summary>The time at which it begins.</summary>
    public DateTimeOffset Origin { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether nobody waits. When it is switched on, those who wait already are let through too.</summary>
    public bool AutoAdvance
    {
        get
        {
            lock (_lock)
                return _autoAdvance;
        }

        set
        {
            lock (_lock)
            {
                _autoAdvance = value;
                if (value)
                    _timers.ForEach(LetThrough);
            }
        }
    }

    public TimeSpan Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>Whether anyone waits on this clock, or has a limit by it.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
                return _timers.Count > 0;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Origin + Now;

    /// <summary>Ends when so many have begun to wait on this clock; each wait counts once. With a length, only waits as long as that count.</summary>
    public async Task SomebodyWaitsAsync(CancellationToken cancellationToken, int times = 1, TimeSpan? length = null)
    {
        while (times > 0)
        {
            TimeSpan wait = await _waits.Reader.ReadAsync(cancellationToken);
            if (wait == (length ?? wait))
                times--;
        }
    }

    public void Advance(TimeSpan by) => AdvanceTo(() => _now + by, _ => true);

    private void AdvanceTo(Func<TimeSpan> then, Func<ManualTimer, bool> mayFire)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            TimeSpan now = then();
            _now = now > _now ? now : _now;
            due = [.. _timers.Where(timer => timer.Due <= _now && mayFire(timer))];
            due.ForEach(timer => _timers.Remove(timer));
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    // Limits (of 25 s and more) only stand by, however much others wait; waiting is what goes on at once. Who is due first is let
    // through first, or one long wait would use up the time of all.
    private void LetThrough(ManualTimer timer)
    {
        if (IsWait(timer))
            ThreadPool.QueueUserWorkItem(_ => AdvanceTo(() => _timers.Where(IsWait).Select(wait => wait.Due).DefaultIfEmpty(_now).Min(), IsWait));
    }

    private static bool IsWait(ManualTimer timer) => timer.Wait < TimeSpan.FromSeconds(25);

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public TimeSpan Wait { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Wait = dueTime;
                Due = clock._now + dueTime;
                clock._timers.Add(this);
                clock._waits.Writer.TryWrite(dueTime);
                if (clock._autoAdvance)
                    clock.LetThrough(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
