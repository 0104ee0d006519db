using System.Runtime.CompilerServices;
using System.Text;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Patterns;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>The enabled rules of each event bus, compiled together, and their targets. It looks again when rules or targets changed.</summary>
internal sealed class RuleBook
{
    private readonly ConditionalWeakTable<Region, Pages> pages = new();
    private readonly ConditionalWeakTable<RawDocument, IReadOnlyList<RuleTarget>> targets = new();

    /// <summary>The rules that match an event, in the order of their names.</summary>
    public IReadOnlyList<RawDocument> Matching(Operation operation, BusEvent sent)
    {
        Pages known = pages.GetOrCreateValue(operation.State);
        known.Refresh(operation.State["rules"]);
        if (!known.Buses.TryGetValue(sent.Bus, out PatternSet? rules))
            return [];

        List<string> keys = [];
        rules.Match(Encoding.UTF8.GetBytes(sent.Json), keys);
        keys.Sort(StringComparer.Ordinal);
        return keys.ConvertAll(key => operation.State["rules"][key]);
    }

    /// <summary>The targets of a rule, in the order of their IDs.</summary>
    public IReadOnlyList<RuleTarget> TargetsOf(Operation operation, RawDocument rule)
    {
        string key = EventNames.RuleKey(rule.Text("EventBusName") ?? BusName.Default, rule.Text("Name")!);
        return operation.State["targets"].Find(key) is { } kept
            ? targets.GetValue(kept, all => [.. all.Members.OrderBy(target => target.Key, StringComparer.Ordinal).Select(target => RuleTarget.From(RawDocument.From(target.Value)))])
            : [];
    }

    /// <summary>What is known of the rules of one Region.</summary>
    private sealed class Pages
    {
        private readonly Dictionary<string, (RawDocument Rule, string Bus)> compiled = new(StringComparer.Ordinal);
        private int version = -1;

        public Dictionary<string, PatternSet> Buses { get; } = new(StringComparer.Ordinal);

        public void Refresh(Table rules)
        {
            if (version == rules.Version)
                return;

            version = rules.Version;
            foreach (string gone in compiled.Where(row => !ReferenceEquals(rules.Find(row.Key), row.Value.Rule)).Select(row => row.Key).ToList())
            {
                Buses[compiled[gone].Bus].Remove(gone);
                compiled.Remove(gone);
            }

            foreach (KeyValuePair<string, RawDocument> row in rules)
            {
                if (compiled.ContainsKey(row.Key) || row.Value.Text("State") == "DISABLED" || row.Value.Text("EventPattern") is not { Length: > 0 } pattern)
                    continue;
                string bus = row.Value.Text("EventBusName") ?? BusName.Default;
                if (!Buses.TryGetValue(bus, out PatternSet? set))
                    Buses[bus] = set = new();
                set.Add(row.Key, EventPattern.Parse(pattern));
                compiled[row.Key] = (row.Value, bus);
            }
        }
    }
}
