using EventBridgeOps.Archives;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Archives;

/// <summary>Messages of <c>ebops replay</c>.</summary>
internal static class ReplayCommandMessages
{
    public static Message Started(string name) => Message.Of($"Replay {name} was started. To follow it, run: {"replay list":cmd} {name}");

    public static Message Interrupted(string name) => Message.Of($"The wait was interrupted. Replay {name} goes on. To follow it, run: {"replay list":cmd} {name}. To cancel it, run: {"replay cancel":cmd} {name}");

    public static Message Completed(string name) => Message.Of($"Replay {name} is completed.");

    public static Message Cancelling(string name) => Message.Of($"Replay {name} is being cancelled. What it has replayed is not recalled.");

    public static Message NameMissing() => Message.Of($"{nameof(Replay.ReplayName):param} is missing. To list the replays, run: {"replay list":cmd}");

    public static Message RulesMissing() => Message.Of($"{"RulePath":param} is missing. Specify a file with the rules to try.");

    public static Message Routed(long events, long deliveries) => Message.Of($"{events:event|events}, {deliveries:delivery|deliveries}.");

    public static Message Compared(long events, long elsewhere) => elsewhere == 0
        ? Message.Of($"{events:event|events}: each goes where it went before.")
        : Message.Of($"{events:event|events}: {elsewhere:goes|go} elsewhere than before.");
}
