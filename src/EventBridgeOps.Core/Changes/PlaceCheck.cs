using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>Checks that a session works where an earlier one did.</summary>
internal static class PlaceCheck
{
    /// <summary>Checks the Region, and the account if it is known.</summary>
    /// <param name="there">Region and account of the earlier session.</param>
    /// <param name="here">The Region of this session.</param>
    /// <param name="identity">Who is calling.</param>
    /// <param name="retry">How long an item is retried.</param>
    /// <param name="otherRegion">The message about another Region.</param>
    /// <param name="otherAccount">The message about another account, which it is given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Who is calling, if it was asked.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.WrongAccountOrRegion"/>.</exception>
    public static async Task<CallerIdentity?> RunAsync(
        (string Region, string? AccountId) there, string here, IIdentityApi identity, ItemRetry retry, Func<Message> otherRegion, Func<string, Message> otherAccount, CancellationToken cancellationToken)
    {
        if (there.Region != here)
            throw new OpsException(ErrorIds.WrongAccountOrRegion, otherRegion());
        if (there.AccountId is null)
            return null;
        CallerIdentity caller = await retry.RunAsync(() => identity.GetCallerIdentityAsync(cancellationToken), cancellationToken);
        return caller.AccountId == there.AccountId ? caller : throw new OpsException(ErrorIds.WrongAccountOrRegion, otherAccount(caller.AccountId));
    }
}
