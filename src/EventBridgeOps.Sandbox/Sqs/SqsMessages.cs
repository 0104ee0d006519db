using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>What the sandbox says of SQS in its own words.</summary>
internal static class SqsMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what}.");
}
