using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Does the work of all Regions when it is due: by the clock, before each call, and at once when the clock is advanced.</summary>
internal sealed class DueRunner : IDisposable
{
    /// <summary>The longest that a timer of .NET waits is 49 days; the runner looks again each hour.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly World world;
    private readonly Account account;
    private readonly Dictionary<string, IDueHandler> handlers;
    private readonly ITimer timer;
    private bool disposed;

    public DueRunner(World world, Account account, IEnumerable<IDueHandler> handlers)
    {
        this.world = world;
        this.account = account;
        this.handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        timer = account.Time.Real.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        world.Changed += Arm;
        Arm();
    }

    /// <summary>Does what is due by now.</summary>
    public void RunDue()
    {
        if (RunUntil(account.Time.GetUtcNow()))
            world.SayChanged(); // It arms the timer too.
    }

    /// <summary>Moves the clock on, doing on the way what becomes due, each at its moment.</summary>
    public void Advance(TimeSpan span)
    {
        DateTimeOffset end = account.Time.GetUtcNow() + span;
        RunUntil(end);
        world.Ahead += span;
        world.SayChanged();
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

    private bool RunUntil(DateTimeOffset end)
    {
        bool any = false;
        while (world.UseNext(DueWork.Next, end, Run))
            any = true;
        return any;
    }

    private void Run(string region, Region state, DateTimeOffset at) => account.Time.At(at, () =>
    {
        (string kind, RawDocument work) = DueWork.Take(state);
        if (!handlers.TryGetValue(kind, out IDueHandler? handler))
            return;
        try
        {
            handler.Run(Operation.OfService(region, state, account), work);
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
