using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects;

/// <summary>The session in which a command works for an environment.</summary>
internal static class EnvironmentSession
{
    /// <summary>Checks that the session is in the account and the Region of the environment. Each run asks: credentials change between two of them.</summary>
    /// <param name="there">The environment.</param>
    /// <param name="region">The Region of the session.</param>
    /// <param name="identity">Who is calling.</param>
    /// <param name="retry">Retries the call when its own retries are used up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WrongAccountOrRegion"/>: it is not.</exception>
    /// <returns>Who is calling.</returns>
    public static async Task<CallerIdentity> RequireAsync(ProjectEnvironment there, string region, IIdentityApi identity, ItemRetry retry, CancellationToken cancellationToken) => (await PlaceCheck.RunAsync(
        (there.Region, there.AccountId), region, identity, retry,
        () => ProjectMessages.OtherRegion(there.Name, there.Region, region), account => ProjectMessages.OtherAccount(there.Name, there.AccountId, account), cancellationToken))!;
}
