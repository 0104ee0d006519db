using EventBridgeOps.Sandbox.Queries;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>The query protocol of IAM.</summary>
/// <remarks>The service model iam-2010-05-08</remarks>
internal static class IamForms
{
    public static QueryApi Api { get; } = new("iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/")
    {
        Members =
        [
            QueryMember.List("Tags"),
            QueryMember.List("TagKeys"),
            QueryMember.List("Roles") with { IsAnswer = true },
            QueryMember.List("Users") with { IsAnswer = true },
            QueryMember.List("Policies") with { IsAnswer = true },
            QueryMember.List("PolicyNames") with { IsAnswer = true },
            QueryMember.List("AttachedPolicies") with { IsAnswer = true },
            QueryMember.List("Versions") with { IsAnswer = true },
            QueryMember.List("InstanceProfiles") with { IsAnswer = true },
            QueryMember.List("EvaluationResults") with { IsAnswer = true },
            QueryMember.List("MatchedStatements") with { IsAnswer = true },
            QueryMember.List("MissingContextValues") with { IsAnswer = true },
            QueryMember.List("PolicyInputList"),
            QueryMember.List("PermissionsBoundaryPolicyInputList"),
            QueryMember.List("ActionNames"),
            QueryMember.List("ResourceArns"),
            QueryMember.List("ContextEntries"),
            QueryMember.List("ContextKeyValues"),
            QueryMember.Map("SummaryMap") with { IsAnswer = true },
        ],
        Numbers = ["MaxItems", "MaxSessionDuration"],
        Flags = ["SetAsDefault"],
        Silent =
        [
            "DeleteRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "DeletePolicy", "AttachRolePolicy", "DetachRolePolicy",
            "DeleteUser", "PutUserPolicy", "DeleteUserPolicy", "AttachUserPolicy", "DetachUserPolicy",
            "TagRole", "UntagRole", "TagPolicy", "UntagPolicy", "SetDefaultPolicyVersion", "DeletePolicyVersion",
        ],
    };
}
