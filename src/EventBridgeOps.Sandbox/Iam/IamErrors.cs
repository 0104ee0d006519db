using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>The errors of IAM.</summary>
/// <remarks>The service model iam-2010-05-08; the words are those of the service.</remarks>
internal static class IamErrors
{
    public static AwsError NoRole(string name) => Missing($"The role with name {name} cannot be found.");

    public static AwsError NoPolicy(string arn) => Missing($"Policy {arn} does not exist or is not attachable.");

    public static AwsError NoUser(string name) => Missing($"The user with name {name} cannot be found.");

    public static AwsError NoInlinePolicy(IamIdentity identity, string name) => Missing($"The {(identity is Role ? "role" : "user")} policy with name {name} cannot be found.");

    public static AwsError NotAttached(string arn) => Missing($"Policy {arn} was not found.");

    public static AwsError RoleExists(string name) => new(409, "EntityAlreadyExists", $"Role with name {name} already exists.");

    public static AwsError UserExists(string name) => new(409, "EntityAlreadyExists", $"User with name {name} already exists.");

    public static AwsError PolicyExists(string name) => new(409, "EntityAlreadyExists", $"A policy called {name} already exists. Duplicate names are not allowed.");

    public static AwsError Conflict(string message) => new(409, "DeleteConflict", message);

    public static AwsError Malformed(string message) => new(400, "MalformedPolicyDocument", message);

    public static AwsError Exceeded(string quota, int most) => new(409, "LimitExceeded", FormattableString.Invariant($"Cannot exceed quota for {quota}: {most}"));

    public static AwsError Invalid(string message) => new(400, "ValidationError", message);

    public static AwsError NotSupported(string what) => new(400, "ValidationError", IamMessages.NotSupported(what).ToString());

    private static AwsError Missing(string message) => new(404, "NoSuchEntity", message);
}
