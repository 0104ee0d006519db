using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Rules;

/// <summary>Messages about reading rules.</summary>
internal static class RuleMessages
{
    public static Message ReadingRules() => Message.Of($"Reading rules");

    /// <summary>How to look at another event bus.</summary>
    public static Message SpecifyBus() => Message.Of($"Specify {nameof(RuleQuery.EventBusName):param}, or set {DefaultBus.Variable}.");

    public static Message OnOtherBuses(Message nothing, IEnumerable<string> buses) =>
        Message.Of($"{nothing} Event buses that have what was looked for: {buses}. {SpecifyBus()}");

    public static Message RuleOnOtherBus(string rule, string bus, IEnumerable<string> buses) =>
        Message.Of($"Rule {rule} does not exist on event bus {bus}. Event buses that have it: {buses}. {SpecifyBus()}");

    public static Message NoRules(IEnumerable<string> buses) => Message.Of($"There are no rules on event bus {buses} in this Region.");

    public static Message NoRulesAnywhere() => Message.Of($"There are no rules in this Region.");

    public static Message NothingFound(IEnumerable<string> rules, IEnumerable<string> buses) => Message.Of($"No rules were found. Rules looked for: {rules}. Event buses: {buses}.");
}
