using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

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
