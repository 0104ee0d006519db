namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Waits that end by an event or by the clock.</summary>
internal static class Waiting
{
    /// <summary>Waits for the first of some events, but no longer than so.</summary>
    /// <returns>Whether one of them came.</returns>
    public static async Task<bool> ForAnyAsync(TimeProvider time, TimeSpan longest, CancellationToken cancellationToken, params Task[] events)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task late = time.Delay(longest, waiting.Token);
        Task first = await Task.WhenAny([.. events, late]);
        waiting.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return first != late;
    }
}
