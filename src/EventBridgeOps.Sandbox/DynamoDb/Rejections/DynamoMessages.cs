using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.DynamoDb.Rejections;

/// <summary>What the sandbox says of DynamoDB in its own words.</summary>
internal static class DynamoMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what}.");

    public static Message NotSupportedUseInstead(string what, string instead) => Message.Of($"The sandbox does not support the legacy parameter {what}. Use {instead}.");
}
