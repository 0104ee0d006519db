using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Does the work of all Regions when it is due: by the clock, before each call, and at once when the clock is advanced.</summary>
internal sealed class DueRunner : IDisposable
{
    /// <summary>The longest that a timer of .NET waits is 49 days; the runner looks again each hour.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly World world;
    private readonly Account account;
    private readonly int mostAtOnce;
    private readonly Dictionary<string, IDueHandler> handlers;
    private readonly ITimer timer;
    private bool disposed;

    public DueRunner(World world, Account account, int mostAtOnce, IEnumerable<IDueHandler> handlers)
    {
        this.world = world;
        this.account = account;
        this.mostAtOnce = mostAtOnce;
        this.handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        timer = account.Time.Real.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        world.Changed += Arm;
        Arm();
    }

    /// <summary>Does what is due by now.</summary>
    public void RunDue()
    {
        if (RunUntil(account.Time.GetUtcNow()).Done > 0)
            world.SayChanged(); // It arms the timer too, which does the rest if there was too much.
    }

    /// <summary>Moves the clock on, doing on the way what becomes due, each at its moment.</summary>
    /// <returns>Where it stopped on the way, because too much became due; null if it did not.</returns>
    public DueStop? Advance(TimeSpan span)
    {
        DateTimeOffset begin = account.Time.GetUtcNow();
        (int done, DateTimeOffset? at) = RunUntil(begin + span);
        MoveOn(begin, at ?? begin + span);
        return at is null ? null : new(done, at.Value);
    }

    /// <summary>Moves the clock on as <see cref="Advance"/> does, and lets it stand while what was begun runs outside, so that what this causes has its moment too.</summary>
    /// <returns>Where it stopped on the way, because too much became due; null if it did not.</returns>
    public async Task<DueStop?> AdvanceAsync(TimeSpan span, RunningWork running, CancellationToken cancellationToken)
    {
        int all = 0;
        DateTimeOffset? at;
        do
        {
            await running.EndAsync(cancellationToken);
            DateTimeOffset begin = account.Time.GetUtcNow();
            (int done, at) = RunUntil(begin + span, mostAtOnce - all, running);
            span -= MoveOn(begin, at ?? (begin + span));
            all += done;
        }
        while (all < mostAtOnce && (at is not null || running.IsAny));
        return at is null ? null : new(all, at.Value);
    }

    public void Dispose()
    {
        disposed = true;
        world.Changed -= Arm;
        timer.Dispose();
    }

    private void OnTimer()
    {
        RunDue();
        Arm(); // Where the wait was cut to the longest one, nothing ran.
    }

    // What was due before the clock was to move does not turn it back.
    private TimeSpan MoveOn(DateTimeOffset begin, DateTimeOffset end)
    {
        TimeSpan moved = end > begin ? end - begin : TimeSpan.Zero;
        world.Ahead += moved;
        world.SayChanged();
        return moved;
    }

    private (int Done, DateTimeOffset? StoppedAt) RunUntil(DateTimeOffset end) => RunUntil(end, mostAtOnce, null);

    /// <summary>Does what is due until a moment, but not more than so much, and nothing after a moment at which something began to run outside.</summary>
    /// <returns>How much was done, and the moment of the last if more is due.</returns>
    private (int Done, DateTimeOffset? StoppedAt) RunUntil(DateTimeOffset end, int most, RunningWork? running)
    {
        DateTimeOffset last = end;
        for (int done = 0; done < most; done++)
        {
            bool stands = running?.IsAny == true;
            if (!world.UseNext(DueWork.Next, stands ? last : end, RunNoted))
                return (done, stands ? last : null);
        }

        return (most, world.Earliest(DueWork.Next) <= end ? last : null);

        void RunNoted(string place, Region state, DateTimeOffset at)
        {
            last = at;
            Run(place, state, at);
        }
    }

    private void Run(string place, Region state, DateTimeOffset at) => account.Time.At(at, () =>
    {
        (string kind, RawDocument work) = DueWork.Take(state);
        if (!handlers.TryGetValue(kind, out IDueHandler? handler))
            return;
        try
        {
            (Account owner, string region) = account.All.At(place);
            handler.Run(Operation.OfService(region, state, owner), work);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Work out of an edited state file that cannot be read. It is dropped: on a timer, it would end the process, which may be a shell.
        }
    });

    private void Arm()
    {
        if (disposed)
            return;
        account.Time.Ahead = world.Ahead;
        DateTimeOffset? next = world.Earliest(DueWork.Next);
        TimeSpan wait = next is null ? Timeout.InfiniteTimeSpan : Clamp(next.Value - account.Time.GetUtcNow());
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
}

/// <summary>Where the clock stopped, because too much became due on the way.</summary>
/// <param name="Done">How much was done.</param>
/// <param name="At">The moment of the last that was done.</param>
internal sealed record DueStop(int Done, DateTimeOffset At);
