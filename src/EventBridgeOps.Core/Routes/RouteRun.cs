using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Routes;

/// <summary>What the events of a run have in common.</summary>
/// <param name="rules">The rules.</param>
/// <param name="revisions">The job definitions of targets.</param>
/// <param name="region">The Region of the session; null when the rules need none.</param>
/// <param name="observer">Receives failures and warnings.</param>
/// <param name="cancellationToken">Ends the work at once.</param>
internal sealed class RouteRun(IRuleSource rules, TargetRevisions revisions, string? region, IRunObserver observer, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, RuleSet?> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    public IRuleSource Rules => rules;

    public TargetRevisions Revisions => revisions;

    public string? Region => region;

    public IRunObserver Observer => observer;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The rules of an event bus that an event is forwarded to; null when they are unknown.</summary>
    public async Task<RuleSet?> NextAsync(string bus)
    {
        if (!_known.TryGetValue(bus, out RuleSet? found))
            _known.Add(bus, found = await rules.FindAsync(bus, observer, cancellationToken));
        return found;
    }

    /// <summary>Warns of a rule, once, however many events it is about.</summary>
    public void Warn(RuleSummary rule, Message reason)
    {
        string name = $"{rule.EventBusName}/{rule.RuleName}";
        if (_warned.Add($"{name}\n{observer.Text(reason)}"))
            observer.Warning(RouteMessages.RuleDoubtful(name, reason));
    }

    /// <summary>Warns of a target, once, however many events reach it.</summary>
    public void Warn(Delivery delivery, string reason)
    {
        if (_warned.Add($"{delivery.EventBusName}\n{delivery.RuleName}\n{delivery.TargetId}"))
            observer.Warning(RouteMessages.TargetDoubtful($"{delivery.EventBusName}/{delivery.RuleName}", delivery.TargetId ?? "", reason));
    }
}
