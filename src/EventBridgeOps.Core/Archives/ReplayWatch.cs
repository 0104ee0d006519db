using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Waits for the end of a replay.</summary>
/// <param name="replays">Reads replays.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Receives progress, and the failure of a replay that ended otherwise than completed.</param>
internal sealed class ReplayWatch(ReplayReader replays, TimeProvider time, IRunObserver observer)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>Waits, and returns the replay as it is then.</summary>
    /// <param name="started">The replay as it was started.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Replay> WaitAsync(Replay started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        for (TimeSpan delay = FirstLook; ; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks)))
        {
            Replay replay = await LookAsync(started, cancellationToken);
            if (replay.State == ReplayState.Completed)
                return replay;
            if (replay.HasEnded)
                return Fail(replay, new OpsException(ErrorIds.ReplayFailed, replay.State == ReplayState.Cancelled ? ReplayMessages.WasCancelled(replay.ReplayName, replay.Reason) : ReplayMessages.HasFailed(replay.ReplayName, replay.Reason)));
            observer.Progress(new RunProgress(ReplayMessages.Replaying(replay.ReplayName), replay.Percent ?? 0, 100, replay.LastReplayedAt is { } last ? EventTime.Of(last) : null));
            if (time.GetElapsedTime(start) + delay > timeout)
                return Fail(replay, new OpsException(ErrorIds.WaitTimeout, ReplayMessages.StillRunning(replay.ReplayName, timeout.TotalSeconds)));
            await time.Delay(delay, cancellationToken);
        }
    }

    /// <summary>The replay as it is now, with what was known when it was started.</summary>
    private async Task<Replay> LookAsync(Replay started, CancellationToken cancellationToken)
    {
        Replay now = await replays.FindAsync(started.ReplayName, cancellationToken);
        return now with { Rules = started.Rules, ArchivedEvents = started.ArchivedEvents };
    }

    private Replay Fail(Replay replay, OpsException error)
    {
        Replay failed = replay with { Reason = observer.Text(error), ErrorId = error.ErrorId };
        observer.Failed(new ItemFailure(error, failed));
        return failed;
    }
}
