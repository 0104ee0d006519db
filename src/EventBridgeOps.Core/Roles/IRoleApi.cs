using EventBridgeOps.Services;

namespace EventBridgeOps.Roles;

/// <summary>IAM roles. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IRoleApi
{
    /// <summary>GetRole.</summary>
    /// <param name="roleName">The name of the role, without its path.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The role; null if it does not exist.</returns>
    Task<IamRole?> FindAsync(string roleName, CancellationToken cancellationToken);

    /// <summary>SimulatePrincipalPolicy: whether a role may perform an action on resources. Service control policies and permissions boundaries are considered.</summary>
    /// <param name="roleArn">The ARN of the role.</param>
    /// <param name="action">The action: <c>batch:SubmitJob</c>.</param>
    /// <param name="resources">The ARNs of the resources.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One result for each resource.</returns>
    Task<IReadOnlyList<SimulatedAction>> SimulateAsync(string roleArn, string action, IReadOnlyList<string> resources, CancellationToken cancellationToken);

    /// <summary>ListRolePolicies, GetRolePolicy, ListAttachedRolePolicies, GetPolicy and GetPolicyVersion: the policies of a role by their names.</summary>
    /// <param name="roleName">The name of the role, without its path.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The policies in it and the default versions of those attached to it, as JSON text.</returns>
    Task<IReadOnlyList<KeyValuePair<string, string>>> ReadPoliciesAsync(string roleName, CancellationToken cancellationToken);
}

/// <summary>A role.</summary>
/// <param name="Arn">Its ARN, with its path.</param>
/// <param name="TrustPolicy">Its trust policy, as JSON text.</param>
/// <param name="HasBoundary">Whether it has a permissions boundary.</param>
public sealed record IamRole(string Arn, string TrustPolicy, bool HasBoundary);

/// <summary>The result of a simulated action.</summary>
/// <param name="Resource">The ARN of the resource.</param>
/// <param name="Decision"><c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>.</param>
public sealed record SimulatedAction(string Resource, string Decision)
{
    /// <summary>Whether the role may perform it.</summary>
    public bool IsAllowed => Decision == "allowed";
}
