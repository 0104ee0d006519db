namespace EventBridgeOps.Runs;

/// <summary>Lets a call that has begun end, although the run was cancelled, so that its outcome is known.</summary>
internal static class GracePeriod
{
    /// <summary>How long a call may go on.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>Runs the call.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="call">The call. Its token is cancelled when the period is over.</param>
    /// <param name="cancellationToken">Begins the period; a call that has not begun is not made.</param>
    /// <exception cref="OperationCanceledException">The call did not end in time, or was not made.</exception>
    public static async Task<T> RunAsync<T>(TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource over = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => _ = EndAsync());
        return await call(over.Token);

        async Task EndAsync()
        {
            await time.Delay(Length, CancellationToken.None);
            try
            {
                over.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The call ended in time.
            }
        }
    }
}
