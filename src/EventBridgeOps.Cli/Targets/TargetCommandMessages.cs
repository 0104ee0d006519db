using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Targets;

/// <summary>What the commands for targets say.</summary>
internal static class TargetCommandMessages
{
    public static Message NoTargets() => Message.Of($"No Batch targets were found.");

    public static Message Count(int count, IEnumerable<string> states) => Message.Of($"{count:Batch target|Batch targets}: {states}.");
}
