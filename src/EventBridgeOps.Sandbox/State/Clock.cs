namespace EventBridgeOps.Sandbox;

/// <summary>Waiting on an injected clock, spelled the same on every runtime.</summary>
internal static class Clock
{
    public static Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NETSTANDARD2_0
        time.Delay(delay, cancellationToken);
#else
        Task.Delay(delay, time, cancellationToken);
#endif
}
