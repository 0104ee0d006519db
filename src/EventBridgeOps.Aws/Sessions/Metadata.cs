namespace EventBridgeOps.Aws.Sessions;

/// <summary>Limits calls to the instance metadata service, which can take long outside of EC2.</summary>
internal static class Metadata
{
    /// <summary>The answer; null if there is none within the time limit.</summary>
    public static T? Ask<T>(Func<T?> ask, TimeSpan limit) where T : class
    {
        Task<T?> asking = Task.Run(ask);
        return ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(limit) ? asking.GetAwaiter().GetResult() : null;
    }
}
