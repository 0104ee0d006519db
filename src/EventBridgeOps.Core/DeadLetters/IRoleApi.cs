using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>IAM roles. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IRoleApi
{
    /// <summary>GetRole: the trust policy, as JSON text.</summary>
    /// <param name="roleName">The name of the role, without its path.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<string> GetTrustPolicyAsync(string roleName, CancellationToken cancellationToken);

    /// <summary>SimulatePrincipalPolicy: whether a role may perform an action on resources. Service control policies and permissions boundaries are considered.</summary>
    /// <param name="roleArn">The ARN of the role.</param>
    /// <param name="action">The action: <c>batch:SubmitJob</c>.</param>
    /// <param name="resources">The ARNs of the resources.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One result for each resource.</returns>
    Task<IReadOnlyList<SimulatedAction>> SimulateAsync(string roleArn, string action, IReadOnlyList<string> resources, CancellationToken cancellationToken);
}

/// <summary>The result of a simulated action.</summary>
/// <param name="Resource">The ARN of the resource.</param>
/// <param name="Decision"><c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>.</param>
public sealed record SimulatedAction(string Resource, string Decision)
{
    /// <summary>Whether the role may perform it.</summary>
    public bool IsAllowed => Decision == "allowed";
}
