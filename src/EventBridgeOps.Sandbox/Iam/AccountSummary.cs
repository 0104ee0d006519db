using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>How many roles, users and policies there are, and may be. The quotas that the sandbox applies are those that AWS gives an account.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</remarks>
internal static class AccountSummary
{
    /// <summary>Characters of a managed policy, without whitespace.</summary>
    public const int PolicySize = 6144;

    /// <summary>Managed policies of a role or user.</summary>
    public const int AttachedPolicies = 10;

    /// <summary>Versions of a managed policy.</summary>
    public const int PolicyVersions = 5;

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("SummaryMap", RawDocument.Empty
        .With("Users", User.All(operation).Keys.Append(User.Caller).Distinct().Count())
        .With("UsersQuota", 5000)
        .With("Roles", Role.All(operation).Keys.Count)
        .With("RolesQuota", 1000)
        .With("Policies", ManagedPolicy.Count(operation))
        .With("PoliciesQuota", 1500)
        .With("PolicySizeQuota", PolicySize)
        .With("VersionsPerPolicyQuota", PolicyVersions)
        .With("AttachedPoliciesPerRoleQuota", AttachedPolicies)
        .With("AttachedPoliciesPerUserQuota", AttachedPolicies));
}
