namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>
/// The time in the sandbox: that of another clock, plus what it was advanced by. While work that is due runs, it stands still at
/// the moment for which the work was planned, so that a day of retries bears the times of that day.
/// </summary>
internal sealed class SandboxClock(TimeProvider real)
{
    private readonly object gate = new();
    private TimeSpan ahead;
    private DateTimeOffset? standing;

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
            return standing ?? (real.GetUtcNow() + ahead);
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
            return before;
        }
    }
}
