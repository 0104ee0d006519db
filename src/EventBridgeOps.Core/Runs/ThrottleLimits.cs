using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>The number of items that a run processes at a time.</summary>
public static class ThrottleLimits
{
    /// <summary>The default limit.</summary>
    public const int Default = 16;

    /// <summary>The highest limit that is accepted.</summary>
    public const int Max = 256;

    /// <summary>Returns the limit if it is valid.</summary>
    /// <param name="limit">The limit to check.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not from 1 to <see cref="Max"/>.</exception>
    public static int Check(int limit) => limit is >= 1 and <= Max
        ? limit
        : throw new OpsException(ErrorIds.InvalidArgument, RunMessages.OutOfRange("ThrottleLimit", limit, 1, Max));
}
