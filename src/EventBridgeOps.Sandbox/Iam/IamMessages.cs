using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>What the sandbox says of IAM in its own words.</summary>
internal static class IamMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what}.");

    public static Message NoRole(string arn) => Message.Of($"The role {arn} does not exist.");

    public static Message ManagedPolicy(string arn) => Message.Of($"the managed policy {arn}, because it does not have its document");
}
