using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Events.Rules;

/// <summary>Where a router gets rules from.</summary>
public interface IRuleSource
{
    /// <summary>Each bus that an event is to be tried on, with those of its rules that are asked for.</summary>
    IAsyncEnumerable<RuleSet> StartAsync(IRunObserver observer, CancellationToken cancellationToken);

    /// <summary>All rules of a bus that an event was sent on to; null when nothing is known of it.</summary>
    Task<RuleSet?> FindAsync(string eventBusName, IRunObserver observer, CancellationToken cancellationToken);

    /// <summary>A rule's targets.</summary>
    Task<IReadOnlyList<RuleTarget>> TargetsAsync(RuleSummary rule, CancellationToken cancellationToken);
}
