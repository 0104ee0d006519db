using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Showing;

/// <summary>What is shown around the data of a command.</summary>
internal static class ScreenMessages
{
    public static Message Confirm(string target, Message action) => Message.Of($"{target}: {action}? [y]es, [n]o, yes to [a]ll: ");
}
