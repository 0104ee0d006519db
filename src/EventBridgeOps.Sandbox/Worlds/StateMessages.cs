using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>What is said of a saved sandbox state.</summary>
internal static class StateMessages
{
    public static Message NotAState() => Message.Of($"It is not a saved state of the sandbox.");

    public static Message NotSaved(string reason) => Message.Of($"The sandbox could not save its state file: {reason}");

    public static Message NotTrusted(string path, Message fault) => Message.Of($"The state file {path} was not used, because {fault:clause}. Specify a file in a folder of your own.");

    public static Message InUse(string path) => Message.Of($"The state file {path} is in use by another sandbox. Stop that one, or specify another file.");

    public static Message NotUsable(string path, Message fault) => Message.Of($"The state file {path} could not be used: {fault:clause}.");

    public static Message NotAStateFile(string path, string reason) => Message.Of($"The state file {path} could not be used: {reason}");
}
