using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Rules;

/// <summary>Messages about reading rules.</summary>
internal static class RuleMessages
{
    public static Message ReadingRules() => Message.Of($"Reading rules");

    public static Message NothingFound(IEnumerable<string> rules, IEnumerable<string> buses) => Message.Of($"No rules were found. Rules looked for: {rules}. Event buses: {buses}.");
}
