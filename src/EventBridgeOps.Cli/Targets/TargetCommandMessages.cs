using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Targets;

/// <summary>What the commands for targets say.</summary>
internal static class TargetCommandMessages
{
    public static Message Excluded(int count, IEnumerable<string> states) => Message.Of($"{count:Batch target|Batch targets} on rules that are disabled or managed by an AWS service, not counted as drift: {states}.");

    public static Message Count(int count, IEnumerable<string> states) => Message.Of($"{count:Batch target|Batch targets}: {states}.");
}
