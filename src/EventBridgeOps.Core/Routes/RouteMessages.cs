using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Routes;

/// <summary>The reasons of deliveries. They are clauses: several may stand one after the other.</summary>
internal static class RouteMessages
{
    public static Message NotUnicode() => Message.Of($"a key or a string in it is not valid Unicode");

    public static Message TargetsUnknown() => Message.Of($"the rule was specified without its targets; to include them, use the output of {"rule list":cmd}");

    public static Message NoTargets() => Message.Of($"the rule has no targets");

    public static Message RuleDisabled() => Message.Of($"the rule is disabled");

    public static Message MatchUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule matches depends on {symbols}");

    public static Message RuleUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule is created depends on {symbols}");

    public static Message TargetUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule has the target depends on {symbols}");

    public static Message DependsOn(IEnumerable<string> symbols) => Message.Of($"the target or its input depends on {symbols}");

    public static Message StateUnknown(IEnumerable<string> symbols) => Message.Of($"whether the rule is enabled depends on {symbols}");

    public static Message BusInput() => Message.Of($"an event bus receives the event itself, and input settings do not apply to it");

    public static Message RulesUnknown(string bus) => Message.Of($"the rules of event bus {bus} are unknown");

    public static Message Loop(string bus) => Message.Of($"a loop: the event was already on event bus {bus}, and EventBridge forwards an event to another event bus only once");

    public static Message SecondHop() => Message.Of($"EventBridge forwards an event to another event bus only once, and this event came from another event bus");

    public static Message Elsewhere(string account, string region) => Message.Of($"the event bus is in account {account}, Region {region}");
}
