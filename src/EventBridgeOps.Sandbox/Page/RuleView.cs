using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>The event buses with their rules and targets.</summary>
internal static class RuleView
{
    private const int MostBuses = 50;
    private const int MostTargets = 20;

    /// <summary>Of all event buses of a Region together.</summary>
    private const int MostRules = 300;

    public static Some<BusShown> Buses(Operation operation)
    {
        int left = MostRules;
        List<string> names = [.. operation.State["buses"].Keys];
        if (!names.Contains(BusName.Default))
            names.Insert(0, BusName.Default);
        ILookup<string, RawDocument> rules = operation.State["rules"].ToLookup(row => row.Key.Substring(0, row.Key.IndexOf('|')), row => row.Value, StringComparer.Ordinal);
        return Some<BusShown>.Of(names, MostBuses, name =>
        {
            Some<RuleShown> shown = Some<RuleShown>.Of([.. rules[name]], left, rule => Show(operation, name, rule));
            left -= shown.Items.Count;
            return new BusShown(name, shown);
        });
    }

    private static RuleShown Show(Operation operation, string bus, RawDocument rule)
    {
        string name = rule.Text("Name") ?? "";
        IReadOnlyCollection<RawDocument> targets = operation.State["targets"].Find(EventNames.RuleKey(bus, name)) is { } kept
            ? [.. kept.Members.OrderBy(target => target.Key, StringComparer.Ordinal).Select(target => RawDocument.From(target.Value))]
            : [];
        return new(
            name,
            rule.Text("Arn") ?? "",
            rule.Text("State") ?? "",
            rule.Text("Description"),
            rule.Text("EventPattern") is { Length: > 0 } pattern ? pattern : null,
            rule.Text("ScheduleExpression") is { Length: > 0 } schedule ? schedule : null,
            rule.Text("ManagedBy"),
            Some<TargetShown>.Of(targets, MostTargets, target => TargetView.Of(operation, target)));
    }
}

/// <summary>An event bus.</summary>
internal sealed record BusShown(string Name, Some<RuleShown> Rules);

/// <summary>A rule.</summary>
internal sealed record RuleShown(
    string Name, string Arn, string State, string? Description, string? EventPattern, string? ScheduleExpression, string? ManagedBy, Some<TargetShown> Targets);
