namespace EventBridgeOps.Runs;

internal static class Clock
{
#if NET8_0_OR_GREATER
    /// <summary>Waits by this clock; .NET Standard has the same method in a package.</summary>
    public static Task Delay(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);
#endif
}
