using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>What the sandbox says of what it does not do as Lambda.</summary>
internal static class LambdaMessages
{
    public static Message NotSupported(string what) => Message.Of($"The sandbox does not support {what} of Lambda.");

    public static Message NotRun(string function, string runtime) => Message.Of($"The sandbox does not run function {function}, because its runtime is {runtime}. It runs provided.al2023 and provided.al2.");
}
