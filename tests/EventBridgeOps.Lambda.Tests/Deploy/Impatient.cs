namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The time by which the process of the function, or moto, runs too; only who would wait a little looks again soon.</summary>
internal sealed class Impatient : TimeProvider
{
    private static readonly TimeSpan s_little = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > s_soon && dueTime <= s_little ? s_soon : dueTime, period);
}
