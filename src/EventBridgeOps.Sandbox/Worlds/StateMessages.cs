using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>What is said of a saved sandbox state.</summary>
internal static class StateMessages
{
    public static Message NotAState() => Message.Of($"It is not a saved state of the sandbox.");

    public static Message NotAStateFile(string path, string reason) => Message.Of($"The state file {path} could not be used: {reason}");
}
