using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>What is said of a saved sandbox state.</summary>
internal static class StateMessages
{
    public static Message NotAState(string reason) => Message.Of($"The saved sandbox state is not valid: {reason}");
}
