using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>The account of the caller, which is asked for at most once.</summary>
/// <param name="identity">Tells who is calling.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
internal sealed class CallerAccount(IIdentityApi identity, ItemRetry retry)
{
    private Task<string?>? _id;

    /// <summary>The account ID; null if it cannot be found out.</summary>
    public Task<string?> IdAsync(CancellationToken cancellationToken) => _id ??= AskAsync(cancellationToken);

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await retry.RunAsync(() => identity.GetCallerIdentityAsync(cancellationToken), cancellationToken)).AccountId;
        }
        catch (ServiceCallException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
