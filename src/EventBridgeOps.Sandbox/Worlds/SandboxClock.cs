namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>
/// The time in the sandbox: that of another clock, plus what it was advanced by. While work that is due runs, it stands still at
/// the moment for which the work was planned, so that a day of retries bears the times of that day. It stands for the thread that does the
/// work alone: a call that comes in at that time must find done what is due by now.
/// </summary>
internal sealed class SandboxClock(TimeProvider real)
{
    private readonly object gate = new();
    private TimeSpan ahead;
    private DateTimeOffset? standing;
    private int standingThread;

    /// <summary>The clock by which the sandbox itself waits.</summary>
    public TimeProvider Real => real;

    /// <summary>How far the sandbox is ahead of the other clock.</summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (gate)
                return ahead;
        }

        set
        {
            lock (gate)
                ahead = value;
        }
    }

    public DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return standing is { } moment && standingThread == Environment.CurrentManagedThreadId ? moment : real.GetUtcNow() + ahead;
    }

    /// <summary>Runs something at a moment at which the clock stands still.</summary>
    public void At(DateTimeOffset moment, Action run)
    {
        DateTimeOffset? before = Stand(moment);
        try
        {
            run();
        }
        finally
        {
            Stand(before);
        }
    }

    private DateTimeOffset? Stand(DateTimeOffset? moment)
    {
        lock (gate)
        {
            DateTimeOffset? before = standing;
            standing = moment;
            standingThread = Environment.CurrentManagedThreadId;
            return before;
        }
    }
}
