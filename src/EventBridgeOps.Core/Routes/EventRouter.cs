using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Routes;

/// <summary>Determines which rules an event matches, which targets are invoked, and with what input.</summary>
/// <remarks>It only reads; no event is sent.</remarks>
public sealed class EventRouter
{
    private readonly IRuleSource _rules;
    private readonly Func<TargetRevisions> _revisions;
    private readonly string? _region;

    /// <summary>Creates a router for the rules of an account.</summary>
    /// <param name="events">EventBridge in the account.</param>
    /// <param name="batch">AWS Batch in the account, for the revisions of targets.</param>
    /// <param name="region">The Region.</param>
    /// <param name="retry">What to do when the retries of a call are exhausted.</param>
    /// <param name="query">The event buses and rules where events start. On an event bus that an event is forwarded to, all rules apply.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a name in the query is not valid.</exception>
    public EventRouter(IEventBridgeApi events, IBatchApi batch, string region, ItemRetry retry, RuleQuery query)
    {
        _rules = new AccountRules(events, retry, query);
        (_revisions, _region) = (() => new AccountRevisions(batch, region, retry), region);
    }

    /// <summary>Creates a router for the specified rules. It calls AWS only for the job definitions of Batch targets that an event reaches.</summary>
    /// <param name="rules">The rules with their targets.</param>
    /// <param name="eventBusName">The event buses where events start, with or without wildcards; null or empty for those that none of the rules forwards to.</param>
    /// <param name="ruleName">The rules to match events against, with or without wildcards; null or empty for all.</param>
    /// <param name="account">Opens the account in a Region, or in the default Region for null; null to look up no job definition. An error says why none is looked up; it ends nothing.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a name is not valid.</exception>
    public EventRouter(IReadOnlyList<RuleSummary> rules, IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? ruleName, Func<string?, Task<BatchAccount>>? account = null)
    {
        _rules = new GivenRules(rules, eventBusName, ruleName);
        _revisions = () => new GivenRevisions(account);
    }

    /// <summary>Returns the deliveries of events, in their order; for each event by route, rule and target.</summary>
    /// <param name="events">The events.</param>
    /// <param name="observer">Receives failures: a document that is not an event, a rule whose pattern is not valid, an event bus that cannot be read.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException">Nothing that follows could succeed: no credentials, a bad name.</exception>
    public async IAsyncEnumerable<Delivery> RouteAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((_, IReadOnlyList<Delivery> deliveries) in RouteEachAsync(events, observer, cancellationToken))
        {
            foreach (Delivery delivery in deliveries)
                yield return delivery;
        }
    }

    /// <summary>Returns each event with its deliveries; an event that failed is left out.</summary>
    internal async IAsyncEnumerable<(EventDocument Event, IReadOnlyList<Delivery> Deliveries)> RouteEachAsync(IAsyncEnumerable<EventDocument> events, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using TargetRevisions revisions = _revisions();
        RouteRun run = new(_rules, revisions, _region, observer, cancellationToken);
        List<RuleSet>? start = null;
        EventDocument? unmatched = null;
        bool isMatched = false;
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            start ??= await _rules.StartAsync(observer, cancellationToken).ToListAsync(cancellationToken);
            List<Delivery>? deliveries = await ItemGuard.RunAsync<List<Delivery>>(
                async () => await new Journey(run, document.RequireEvent()).GoAsync(start),
                document.Origin,
                observer,
                cancellationToken);
            if (deliveries is { Count: 0 })
                unmatched ??= document;
            isMatched |= deliveries is { Count: > 0 };
            if (deliveries is not null)
                yield return (document, deliveries);
        }

        if (unmatched is not null && !isMatched)
            observer.Warning(NearestRule.Explain(start!, unmatched));
    }
}
