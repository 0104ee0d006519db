using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>How many items a run works on at a time.</summary>
public static class ThrottleLimits
{
    /// <summary>The limit when none is given.</summary>
    public const int Default = 16;

    /// <summary>The highest limit that is accepted.</summary>
    public const int Max = 256;

    /// <summary>The limit as given, if it can be used.</summary>
    /// <param name="limit">What the user gave.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not from 1 to <see cref="Max"/>.</exception>
    public static int Check(int limit) => limit is >= 1 and <= Max
        ? limit
        : throw new OpsException(ErrorIds.InvalidArgument, $"ThrottleLimit is {limit}; it must be from 1 to {Max}.");
}
