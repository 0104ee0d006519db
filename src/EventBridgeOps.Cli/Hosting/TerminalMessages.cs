using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Hosting;

/// <summary>What is said of the terminal itself.</summary>
internal static class TerminalMessages
{
    public static Message OutputNotWritten(string reason) => Message.Of($"Standard output cannot be written: {reason:clause}.");
}
