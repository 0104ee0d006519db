using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Routes;

/// <summary>The account's own rules. Each bus is listed once, and only the targets of rules that match are.</summary>
internal sealed class AccountRules(IEventBridgeApi events, ItemRetry retry, RuleQuery query) : IRuleSource
{
    private readonly RuleReader _reader = new(events, retry);
    private readonly ConcurrentDictionary<(string Bus, string Rule), IReadOnlyList<RuleTarget>> _targets = new();

    public async IAsyncEnumerable<RuleSet> StartAsync(IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BusRules bus in _reader.BusesWithRulesAsync(query, observer, cancellationToken))
            yield return Read(bus, observer);
    }

    public async Task<RuleSet?> FindAsync(string eventBusName, IRunObserver observer, CancellationToken cancellationToken)
    {
        await foreach (BusRules bus in _reader.BusesWithRulesAsync(query with { EventBusName = [NamePattern.Escape(eventBusName)], RuleName = ["*"] }, observer, cancellationToken))
            return Read(bus, observer);
        return null;
    }

    public async Task<IReadOnlyList<RuleTarget>> TargetsAsync(RuleSummary rule, CancellationToken cancellationToken)
    {
        (string, string) key = (rule.EventBusName, rule.RuleName);
        if (_targets.TryGetValue(key, out IReadOnlyList<RuleTarget>? known))
            return known;
        IReadOnlyDictionary<string, JsonObject>? targets = await _reader.TargetsAsync(rule.EventBusName, rule.RuleName, cancellationToken);
        return _targets[key] = [.. (targets ?? new Dictionary<string, JsonObject>()).OrderBy(target => target.Key, StringComparer.Ordinal).Select(target => RuleTarget.From(target.Value))];
    }

    private static RuleSet Read(BusRules bus, IRunObserver observer) =>
        new(BusName.Of(bus.EventBusName), bus.Rules.Select(rule => rule.Summarize([])), observer);
}
