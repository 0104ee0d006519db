using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

/// <summary>What is said of calls to services.</summary>
internal static class ServiceMessages
{
    public static Message Truncated(string beginning, int length) => Message.Of($"{beginning}... ({length:character|characters})");
}
