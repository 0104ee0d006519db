using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>What the sandbox says where a push is not a call of ECR.</summary>
internal static class EcrMessages
{
    public static Message NotAnImage() => Message.Of($"Specify the image to push as repository:tag, without a digest: {{\"image\": \"acme:v2\"}}.");

    public static Message OtherRegistry(string registry, string host) => Message.Of($"The sandbox is the registry {host}. An image of {registry} cannot be pushed to it.");
}
