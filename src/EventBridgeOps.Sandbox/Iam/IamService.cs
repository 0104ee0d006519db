using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>IAM as far as the roles go that services assume. What callers may do, iam:PassRole too, is not looked at.</summary>
internal sealed class IamService : IService
{
    public string Name => "iam";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateRole"] = RoleOperations.Create,
        ["GetRole"] = RoleOperations.Get,
        ["DeleteRole"] = RoleOperations.Delete,
        ["ListRoles"] = RoleOperations.List,
        ["UpdateRole"] = RoleOperations.Update,
        ["ListInstanceProfilesForRole"] = RoleOperations.ListInstanceProfiles,
        ["UpdateAssumeRolePolicy"] = RoleOperations.UpdateTrust,
        ["PutRolePolicy"] = RolePolicyOperations.Put,
        ["GetRolePolicy"] = RolePolicyOperations.Get,
        ["DeleteRolePolicy"] = RolePolicyOperations.Delete,
        ["ListRolePolicies"] = RolePolicyOperations.List,
        ["AttachRolePolicy"] = RolePolicyOperations.Attach,
        ["DetachRolePolicy"] = RolePolicyOperations.Detach,
        ["ListAttachedRolePolicies"] = RolePolicyOperations.ListAttached,
        ["CreatePolicy"] = ManagedPolicy.Create,
        ["GetPolicy"] = ManagedPolicy.Get,
        ["ListPolicies"] = ManagedPolicy.List,
        ["DeletePolicy"] = ManagedPolicy.Delete,
        ["CreatePolicyVersion"] = PolicyVersions.Create,
        ["GetPolicyVersion"] = PolicyVersions.Get,
        ["ListPolicyVersions"] = PolicyVersions.List,
        ["SetDefaultPolicyVersion"] = PolicyVersions.SetDefault,
        ["DeletePolicyVersion"] = PolicyVersions.Delete,
        ["SimulatePrincipalPolicy"] = Simulation.OfPrincipal,
        ["SimulateCustomPolicy"] = Simulation.OfPolicies,
        ["TagRole"] = IamTags.TagRole,
        ["UntagRole"] = IamTags.UntagRole,
        ["ListRoleTags"] = IamTags.ListRole,
        ["TagPolicy"] = IamTags.TagPolicy,
        ["UntagPolicy"] = IamTags.UntagPolicy,
        ["ListPolicyTags"] = IamTags.ListPolicy,
    };

    public AwsError BadToken => IamErrors.Invalid("Invalid Marker.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "ServiceFailure", "An internal error has occurred.");
}
