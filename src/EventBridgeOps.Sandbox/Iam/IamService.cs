using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>IAM: the roles that services assume, and users. What callers may do, iam:PassRole too, is not looked at, but can be simulated.</summary>
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
        ["PutRolePolicy"] = operation => IdentityPolicies.Put(operation, Role.At(operation)),
        ["GetRolePolicy"] = operation => IdentityPolicies.Get(operation, Role.At(operation)),
        ["DeleteRolePolicy"] = operation => IdentityPolicies.Delete(operation, Role.At(operation)),
        ["ListRolePolicies"] = operation => IdentityPolicies.List(operation, Role.At(operation)),
        ["AttachRolePolicy"] = operation => IdentityPolicies.Attach(operation, Role.At(operation)),
        ["DetachRolePolicy"] = operation => IdentityPolicies.Detach(operation, Role.At(operation)),
        ["ListAttachedRolePolicies"] = operation => IdentityPolicies.ListAttached(operation, Role.At(operation)),
        ["CreateUser"] = User.Create,
        ["GetUser"] = User.Get,
        ["DeleteUser"] = User.Delete,
        ["ListUsers"] = User.List,
        ["PutUserPolicy"] = operation => IdentityPolicies.Put(operation, User.At(operation)),
        ["GetUserPolicy"] = operation => IdentityPolicies.Get(operation, User.At(operation)),
        ["DeleteUserPolicy"] = operation => IdentityPolicies.Delete(operation, User.At(operation)),
        ["ListUserPolicies"] = operation => IdentityPolicies.List(operation, User.At(operation)),
        ["AttachUserPolicy"] = operation => IdentityPolicies.Attach(operation, User.At(operation)),
        ["DetachUserPolicy"] = operation => IdentityPolicies.Detach(operation, User.At(operation)),
        ["ListAttachedUserPolicies"] = operation => IdentityPolicies.ListAttached(operation, User.At(operation)),
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
        ["GetAccountSummary"] = AccountSummary.Get,
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
