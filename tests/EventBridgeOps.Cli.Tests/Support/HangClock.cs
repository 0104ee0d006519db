using System.Threading.Channels;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>A clock at which whoever wants to wait for hours waits for ever, and is counted.</summary>
internal sealed class HangClock : TimeProvider
{
    public static readonly TimeSpan Hang = TimeSpan.FromHours(1);

    private readonly Channel<bool> _hanging = Channel.CreateUnbounded<bool>();

    /// <summary>Waits until so many more hang.</summary>
    public async Task HangsAsync(int count, CancellationToken cancellationToken)
    {
        for (; count > 0; count--)
            await _hanging.Reader.ReadAsync(cancellationToken);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Hang)
            _hanging.Writer.TryWrite(true);
        return System.CreateTimer(callback, state, dueTime, period);
    }
}
