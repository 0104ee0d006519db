using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Rules;

/// <summary>Reads event buses, rules and targets.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class RuleReader(IEventBridgeApi events, ItemRetry retry)
{
    /// <summary>Reads the rules that match a query, one event bus after the other.</summary>
    /// <param name="query">Which rules.</param>
    /// <param name="withTargets">Whether to read each rule's targets too, at the cost of a call for each rule.</param>
    /// <param name="observer">Receives progress and failures. A rule that is deleted in the meantime is skipped.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<RuleSummary> ReadAsync(RuleQuery query, bool withTargets, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProgressCount progress = new(observer, RuleMessages.ReadingRules());
        IAsyncEnumerable<RuleSummary?> rules = OrderedParallel.SelectAsync(
            BusesWithRulesAsync(query, observer, cancellationToken).SelectRules(progress, cancellationToken),
            query.ThrottleLimit,
            async (rule, token) =>
            {
                RuleSummary? summary = await ItemGuard.RunAsync(() => SummarizeAsync(rule, withTargets, token), rule.ToString(), observer, token);
                progress.Finish(rule.ToString());
                return summary;
            },
            cancellationToken);
        await foreach (RuleSummary? rule in rules)
        {
            if (rule is not null)
                yield return rule;
        }
    }

    /// <summary>Says that no rule was found, what was looked at, and which other event buses have rules with the names of the query.</summary>
    /// <param name="query">Which rules.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<Message> NothingFoundAsync(RuleQuery query, CancellationToken cancellationToken) =>
        query is { IsOfDefaultBus: true, NamesRules: true } && await OtherBusesAsync(BusName.Default, query.RuleName, cancellationToken) is { Count: > 0 } buses
            ? RuleMessages.OnOtherBuses(query.NothingFound(), buses)
            : query.NothingFound();

    /// <summary>The enabled rules of all event buses, ready to be matched. A rule whose pattern is not valid matches nothing.</summary>
    /// <exception cref="OpsException">The rules could not be read.</exception>
    internal async Task<IReadOnlyList<RuleSet>> EnabledAsync(CancellationToken cancellationToken)
    {
        FirstFailure failures = new(SilentObserver.Instance);
        List<BusRules> buses = await BusesWithRulesAsync(new RuleQuery { EventBusName = ["*"] }, failures, cancellationToken).ToListAsync(cancellationToken);
        return failures.Error is { } error ? throw error : [.. buses.Select(bus => new RuleSet(bus.EventBusName, bus.Rules.Where(rule => rule.State != RuleStates.Disabled).Select(rule => rule.Summarize([])), SilentObserver.Instance))];
    }

    /// <summary>Each event bus of the query with its matching rules. Failures are reported to the observer, and the rest continues.</summary>
    internal IAsyncEnumerable<BusRules> BusesWithRulesAsync(RuleQuery query, IRunObserver observer, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> ruleNames = NamePattern.ParseAll(query.RuleName);
        IReadOnlyList<NamePattern> busNames = NamePattern.ParseAll(query.EventBusName);
        bool mayLack = busNames.Any(name => name.HasWildcard); // who asks for a rule on all buses does not expect it on each
        return OrderedParallel.SelectAsync(
            BusNamesAsync(busNames, observer, cancellationToken),
            query.ThrottleLimit,
            async (bus, token) => await ItemGuard.RunAsync(() => RulesAsync(bus, ruleNames, mayLack, observer, token), bus, observer, token) ?? new BusRules(bus, []),
            cancellationToken);
    }

    /// <summary>The target documents of a rule by ID; null if the rule no longer exists.</summary>
    internal Task<IReadOnlyDictionary<string, JsonObject>?> TargetsAsync(string eventBusName, string ruleName, CancellationToken cancellationToken) =>
        TargetsAsync(eventBusName, ruleName, budget: null, cancellationToken);

    /// <summary>The same, within the time of an item that began earlier.</summary>
    internal async Task<IReadOnlyDictionary<string, JsonObject>?> TargetsAsync(string eventBusName, string ruleName, RetryBudget? budget, CancellationToken cancellationToken)
    {
        try
        {
            return await ItemRetry.RunAsync(async () =>
            {
                Dictionary<string, JsonObject> targets = new(StringComparer.Ordinal);
                await foreach (JsonObject target in events.ListTargetsByRuleAsync(eventBusName, ruleName, cancellationToken))
                {
                    if (target.String("Id") is { } id)
                        targets[id] = target;
                }

                return targets;
            }, budget ?? retry.Start(), cancellationToken);
        }
        catch (ServiceCallException e) when (e.ErrorId is ErrorIds.RuleNotFound or ErrorIds.EventBusNotFound)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<string> BusNamesAsync(IReadOnlyList<NamePattern> names, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (NamePattern name in names)
        {
            if (!name.HasWildcard)
            {
                if (given.Add(name.Prefix))
                    yield return name.Prefix;
                continue;
            }

            string? prefix = name.Prefix.Length > 0 ? name.Prefix : null;
            List<JsonObject>? buses = await ItemGuard.RunAsync<List<JsonObject>>(async () => await retry.RunAsync(() => events.ListEventBusesAsync(prefix, cancellationToken).ToListAsync(cancellationToken), cancellationToken), name.Text, observer, cancellationToken);
            foreach (string bus in (buses ?? []).Select(bus => bus.String("Name")).OfType<string>().Where(name.IsMatch).OrderBy(bus => bus, StringComparer.Ordinal))
            {
                if (given.Add(bus))
                    yield return bus;
            }
        }
    }

    private async Task<BusRules?> RulesAsync(string bus, IReadOnlyList<NamePattern> names, bool mayLack, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (names.All(name => !name.HasWildcard))
        {
            List<EventRule> found = [];
            foreach (string name in names.Select(name => name.Prefix).Distinct(StringComparer.Ordinal))
            {
                if (await ItemGuard.RunAsync(() => DescribeAsync(bus, name, mayLack, cancellationToken), $"{bus}/{name}", observer, cancellationToken) is { } rule)
                    found.Add(new EventRule(bus, rule));
            }

            return new BusRules(bus, found);
        }

        string? prefix = CommonPrefix(names);
        List<JsonObject> rules = await retry.RunAsync(() => events.ListRulesAsync(bus, prefix, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        return new BusRules(bus, [.. rules.Select(rule => new EventRule(bus, rule))
            .Where(rule => names.Any(pattern => pattern.IsMatch(rule.Name)))
            .OrderBy(rule => rule.Name, StringComparer.Ordinal)]);
    }

    private async Task<JsonObject?> DescribeAsync(string bus, string rule, bool mayLack, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => events.DescribeRuleAsync(bus, rule, cancellationToken), cancellationToken);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.RuleNotFound)
        {
            if (mayLack)
                return null;
            IReadOnlyList<string> buses = await OtherBusesAsync(bus, [rule], cancellationToken);
            throw buses.Count > 0 ? new OpsException(e.ErrorId, RuleMessages.RuleOnOtherBus(rule, bus, buses), e) : e;
        }
    }

    /// <summary>The other event buses that have rules of these names; empty if that is not known.</summary>
    private async Task<IReadOnlyList<string>> OtherBusesAsync(string bus, IReadOnlyList<string> rules, CancellationToken cancellationToken)
    {
        List<BusRules> buses = await BusesWithRulesAsync(new RuleQuery { EventBusName = ["*"], RuleName = rules }, SilentObserver.Instance, cancellationToken).ToListAsync(cancellationToken);
        return [.. buses.Where(other => other.Rules.Count > 0 && other.EventBusName != BusName.Of(bus)).Select(other => other.EventBusName)];
    }

    private async Task<RuleSummary?> SummarizeAsync(EventRule rule, bool withTargets, CancellationToken cancellationToken)
    {
        if (!withTargets)
            return rule.Summarize([]) with { Targets = RuleTarget.Unknown };
        IReadOnlyDictionary<string, JsonObject>? targets = await TargetsAsync(rule.EventBusName, rule.Name, cancellationToken);
        return targets is null ? null : rule.Summarize(targets.Values);
    }

    private static string? CommonPrefix(IReadOnlyList<NamePattern> names)
    {
        string prefix = names[0].Prefix;
        foreach (NamePattern name in names)
        {
            int length = 0;
            while (length < prefix.Length && length < name.Prefix.Length && prefix[length] == name.Prefix[length])
                length++;
            prefix = prefix.Substring(0, length);
        }

        return prefix.Length > 0 ? prefix : null;
    }
}
