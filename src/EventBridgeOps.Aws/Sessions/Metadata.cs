namespace EventBridgeOps.Aws.Sessions;

/// <summary>Asks what may ask the instance metadata service, which off EC2 can keep one waiting for long.</summary>
internal static class Metadata
{
    /// <summary>The answer; null when there is none within the limit.</summary>
    public static T? Ask<T>(Func<T?> ask, TimeSpan limit) where T : class
    {
        Task<T?> asking = Task.Run(ask);
        return ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(limit) ? asking.GetAwaiter().GetResult() : null;
    }
}
