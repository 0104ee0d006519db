using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Rules that were specified with their targets: from files or as objects.</summary>
public sealed class GivenRules : IRuleSource
{
    private readonly IReadOnlyList<RuleSummary> _rules;
    private readonly IReadOnlyList<NamePattern> _buses;
    private readonly IReadOnlyList<NamePattern> _names;
    private readonly bool _isSelective;

    /// <summary>Creates the source.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="eventBusName">The buses to try events on; null for those that no other of the rules sends to.</param>
    /// <param name="ruleName">The rules to try events on.</param>
    public GivenRules(IReadOnlyList<RuleSummary> rules, IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? ruleName)
    {
        _rules = rules;
        _isSelective = eventBusName is { Count: > 0 };
        _buses = NamePattern.ParseAll(eventBusName is { Count: > 0 } ? eventBusName.Select(BusName.Of) : Outermost(rules).Select(NamePattern.Escape));
        _names = NamePattern.ParseAll(ruleName);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RuleSet> StartAsync(IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (IGrouping<string, RuleSummary> bus in Buses())
        {
            bool isNamed = _buses.Any(name => name.IsMatch(bus.Key));
            bool isOpen = !isNamed && _isSelective && bus.Any(rule => rule.UnknownValues.Any(value => value.IsOfBus));
            if (isNamed || isOpen)
                yield return new RuleSet(bus.Key, bus.Where(rule => _names.Any(name => name.IsMatch(rule.RuleName))), observer) { IsBusOpen = isOpen };
        }
    }

    /// <inheritdoc/>
    public Task<RuleSet?> FindAsync(string eventBusName, IRunObserver observer, CancellationToken cancellationToken) =>
        Task.FromResult<RuleSet?>(Buses().Where(bus => bus.Key == eventBusName).Select(bus => new RuleSet(bus.Key, bus, observer)).FirstOrDefault());

    /// <inheritdoc/>
    public Task<IReadOnlyList<RuleTarget>> TargetsAsync(RuleSummary rule, CancellationToken cancellationToken) => Task.FromResult(rule.Targets);

    private IEnumerable<IGrouping<string, RuleSummary>> Buses() => _rules.GroupBy(rule => BusName.Of(rule.EventBusName)).OrderBy(bus => bus.Key, StringComparer.Ordinal);

    private static string[] Outermost(IReadOnlyList<RuleSummary> rules)
    {
        string[] all = [.. rules.Select(rule => BusName.Of(rule.EventBusName)).Distinct(StringComparer.Ordinal)];
        string[] outermost = [.. all.Except(
            rules.SelectMany(rule => rule.Targets.Select(target => BusName.TryRead(target.Arn, out _, out string? bus) && bus != BusName.Of(rule.EventBusName) ? bus : null)).OfType<string>(),
            StringComparer.Ordinal)];
        return outermost.Length > 0 ? outermost : all;
    }
}

/// <summary>The source of the rules of a router.</summary>
public interface IRuleSource
{
    /// <summary>The event buses where events start, each with its selected rules.</summary>
    IAsyncEnumerable<RuleSet> StartAsync(IRunObserver observer, CancellationToken cancellationToken);

    /// <summary>All rules of an event bus that an event was forwarded to; null when its rules are unknown.</summary>
    Task<RuleSet?> FindAsync(string eventBusName, IRunObserver observer, CancellationToken cancellationToken);

    /// <summary>The targets of a rule.</summary>
    Task<IReadOnlyList<RuleTarget>> TargetsAsync(RuleSummary rule, CancellationToken cancellationToken);
}
