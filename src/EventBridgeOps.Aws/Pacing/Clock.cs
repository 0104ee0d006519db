namespace EventBridgeOps.Aws.Pacing;

/// <summary>Waiting by the injected clock, on both target frameworks.</summary>
internal static class Clock
{
    public static Task Pause(this TimeProvider time, TimeSpan length, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(length, time, cancellationToken);
#else
        time.Delay(length, cancellationToken);
#endif

    /// <summary>A source that cancels itself when the time is up.</summary>
    public static CancellationTokenSource Expiry(this TimeProvider time, TimeSpan length) =>
#if NET8_0_OR_GREATER
        new(length, time);
#else
        time.CreateCancellationTokenSource(length);
#endif
}
