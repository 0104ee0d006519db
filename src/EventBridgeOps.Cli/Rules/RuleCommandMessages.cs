using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Rules;

/// <summary>What the commands for rules say.</summary>
internal static class RuleCommandMessages
{
    public static Message NoRules() => Message.Of($"No rules were found.");
}
