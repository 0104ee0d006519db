using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The shapes of EventBridge's names, as its service model has them, and the keys of its tables.</summary>
internal static class EventNames
{
    public const string BusPattern = @"[/\.\-_A-Za-z0-9]+";
    public const string BusOrArnPattern = @"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+";
    public const string RulePattern = @"[\.\-_A-Za-z0-9]+";

    public static void CheckBusReference(Constraints constraints, Operation operation, string member = "EventBusName") =>
        constraints.Text(member == "Name" ? "name" : "eventBusName", operation.Input[member], false, 1, 1600, BusOrArnPattern);

    public static void CheckRuleName(Constraints constraints, Operation operation, string member = "Name") =>
        constraints.Text(member == "Name" ? "name" : "rule", operation.Input[member], true, 1, 64, RulePattern);

    /// <summary>Where a rule and its targets are kept; '|' is in no name, so a bus's rules stand together, in order.</summary>
    public static string RuleKey(string bus, string rule) => $"{bus}|{rule}";
}
