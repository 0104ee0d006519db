using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Keeps one bad item from stopping the rest.</summary>
internal static class ItemGuard
{
    /// <summary>Runs one item's work; what fails is told to the observer with the item, except what ends the whole run.</summary>
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
