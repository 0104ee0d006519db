using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Services;

/// <summary>Messages about calls to services.</summary>
internal static class ServiceMessages
{
    public static Message Truncated(string beginning, int length) => Message.Of($"{beginning}... ({length:character|characters})");
}
