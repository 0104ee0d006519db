using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>What the sandbox says of what it does not do as Lambda.</summary>
internal static class LambdaMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what} of Lambda.");
}
