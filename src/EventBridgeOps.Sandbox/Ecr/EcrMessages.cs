using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>What the sandbox says where a push is not a call of ECR.</summary>
internal static class EcrMessages
{
    public static Message NotAnImage() => Message.Of($"The body must name the image as repository:tag, and optionally the Region: {{\"image\": \"acme:v2\", \"region\": \"eu-west-1\"}}.");

    public static Message InvalidImage(string text) => Message.Of($"'{text}' is not a valid image. Specify a repository and a tag. Example: acme:v2.");

    public static Message NotLowerCase(string text) => Message.Of($"'{text}' is not a valid image: the name of a repository must be lowercase.");

    public static Message WithDigest(string text) => Message.Of($"'{text}' names a digest, but the push makes it. Specify a repository and a tag only. Example: acme:v2.");

    public static Message OtherRegistry(string registry, string host) => Message.Of($"The sandbox is the registry {host}. An image of {registry} cannot be pushed to it.");
}
