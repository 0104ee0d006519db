using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>What the domain asks of AWS STS.</summary>
public interface IIdentityApi
{
    /// <summary>GetCallerIdentity: who is calling. It needs no permission.</summary>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The service refused or could not be reached.</exception>
    Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken);
}

/// <summary>The caller as STS names it.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Arn">The user's or assumed role's ARN.</param>
/// <param name="UserId">The unique id of the user or role session.</param>
public sealed record CallerIdentity(string AccountId, string Arn, string UserId);
