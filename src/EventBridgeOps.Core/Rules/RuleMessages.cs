using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Rules;

/// <summary>What is said while rules are read.</summary>
internal static class RuleMessages
{
    public static Message ReadingRules() => Message.Of($"Reading rules");
}
