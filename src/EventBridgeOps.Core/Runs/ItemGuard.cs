using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Keeps one bad item from stopping the rest.</summary>
internal static class ItemGuard
{
    /// <summary>Runs the work of one item. A failure is reported to the observer with the item, unless it ends the whole run.</summary>
    internal static async Task<T?> RunAsync<T>(Func<Task<T?>> work, object item, IRunObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await work();
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Failed(new ItemFailure(e, item));
            return null;
        }
    }
}
