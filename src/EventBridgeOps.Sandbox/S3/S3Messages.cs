using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>What the sandbox says of S3 in its own words.</summary>
internal static class S3Messages
{
    public static Message Unsupported(string method, string query) => Message.Of($"The sandbox does not have this operation of S3: {method} with the parameters {query}.");

    public static Message Header(string name) => Message.Of($"The sandbox does not support the header {name}.");

    public static Message HeaderValue(string name, string value) => Message.Of($"The sandbox does not support the value '{value}' of the header {name}.");

    public static Message TooLarge(int megabytes) => Message.Of($"The sandbox keeps objects of up to {megabytes} MB.");
}
