using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.DeadLetters;

/// <summary>Messages of <c>ebops dlq</c>.</summary>
internal static class DeadLetterCommandMessages
{
    public static Message Summary(string counts) => Message.Of($"{counts}.");

    public static Message Stays(int count, string reason) => Message.Of($"{count:dead letter stays|dead letters stay} in the queue: {reason}");

    public static Message Recorded(string counts, string change) => Message.Of($"{counts}. Recorded as change {change}. To show it, run: {"change list":cmd} {change}");

    public static Message Interrupted(string change) => Message.Of($"The run was interrupted. What was delivered is recorded as change {change}. Run the command again: it continues, and does not deliver these events again.");
}
