using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.Changes;

/// <summary>The operations of AWS STS that the product uses.</summary>
public interface IIdentityApi
{
    /// <summary>GetCallerIdentity: who is calling. It needs no permission.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ServiceCallException">The service rejected the call or could not be reached.</exception>
    Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken);
}

/// <summary>The caller as STS names it.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Arn">The user's or assumed role's ARN.</param>
/// <param name="UserId">The unique id of the user or role session.</param>
public sealed record CallerIdentity(string AccountId, string Arn, string UserId);
