using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>IAM as far as the roles go that EventBridge assumes. What callers may do is not looked at.</summary>
internal sealed class IamService : IService
{
    public string Name => "iam";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateRole"] = RoleOperations.Create,
        ["GetRole"] = RoleOperations.Get,
        ["DeleteRole"] = RoleOperations.Delete,
        ["ListRoles"] = RoleOperations.List,
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
        ["GetPolicyVersion"] = ManagedPolicy.GetVersion,
        ["DeletePolicy"] = ManagedPolicy.Delete,
        ["TagRole"] = IamTags.TagRole,
        ["UntagRole"] = IamTags.UntagRole,
        ["ListRoleTags"] = IamTags.ListRole,
    };

    public AwsError BadToken => IamErrors.Invalid("Invalid Marker.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "ServiceFailure", "An internal error has occurred.");
}
