using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Rules;

/// <summary>Messages about reading rules.</summary>
internal static class RuleMessages
{
    public static Message ReadingRules() => Message.Of($"Reading rules");
}
