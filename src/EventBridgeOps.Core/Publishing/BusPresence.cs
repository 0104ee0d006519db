using EventBridgeOps.Changes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Publishing;

/// <summary>Looks whether event buses exist, each once a session: PutEvents answers success for an event bus that does not exist, and the event is lost.</summary>
/// <remarks>
/// Only a proven absence is a fault. A caller who may not look is warned once, and events are sent nonetheless.
/// Source: the answers of AWS in https://github.com/localstack/localstack/blob/main/tests/aws/services/events/test_events.snapshot.json (<c>put_events_nonexistent_event_bus</c>).
/// </remarks>
/// <param name="events">The account's EventBridge.</param>
/// <param name="identity">The caller, whose account decides whether the event bus of an ARN can be looked up.</param>
/// <param name="region">The Region.</param>
/// <param name="retry">How to wait between attempts.</param>
public sealed class BusPresence(IEventBridgeApi events, IIdentityApi identity, string region, ItemRetry retry)
{
    private readonly Dictionary<string, Task<Message?>> _faults = new(StringComparer.Ordinal);
    private readonly CallerAccount _account = new(identity, retry);
    private Task<IReadOnlyList<RuleSet>?>? _rules;
    private bool _warned;

    /// <summary>Why no event can arrive at an event bus; null if it exists, or if that is not known.</summary>
    /// <param name="eventBusName">The name or ARN of the event bus; null for the default event bus, which always exists.</param>
    /// <param name="observer">Receives a warning if the caller is not allowed to look.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials.</exception>
    public Task<Message?> FaultAsync(string? eventBusName, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (eventBusName is null or BusName.Default)
            return Task.FromResult<Message?>(null);
        lock (_faults)
        {
            // A look that was cancelled or failed says nothing to the next run of the session.
            if (!_faults.TryGetValue(eventBusName, out Task<Message?>? fault) || fault.IsCanceled || fault.IsFaulted)
                _faults[eventBusName] = fault = LookAsync(eventBusName, observer, cancellationToken);
            return fault;
        }
    }

    /// <summary>Why an event would reach nothing on the default event bus: no rule matches it there, and one of another event bus does. Null if not, or if that is not known. The rules are read once a session.</summary>
    /// <param name="entry">An entry that names no event bus.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Receives a warning if the caller is not allowed to look.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    internal async Task<Message?> MissedAsync(EventEntry entry, TimeProvider time, IRunObserver observer, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<RuleSet>?> rules;
        lock (_faults)
        {
            if (_rules is null || _rules.IsCanceled || _rules.IsFaulted)
                _rules = RulesAsync(observer, cancellationToken);
            rules = _rules;
        }

        IReadOnlyList<string> buses = (await rules ?? []).Matching(entry.AsEvent(region, time.GetUtcNow()));
        return buses.Count == 0 || buses.Contains(BusName.Default) ? null : PublishingMessages.OtherBus(entry.DetailType, buses);
    }

    /// <summary>Notes that an event bus was found by other means, so that it is not looked up again.</summary>
    /// <param name="eventBusName">The name or ARN of the event bus.</param>
    internal void Found(string eventBusName)
    {
        lock (_faults)
            _faults[eventBusName] = Task.FromResult<Message?>(null);
    }

    private async Task<Message?> LookAsync(string bus, IRunObserver observer, CancellationToken cancellationToken)
    {
        bool isArn = BusName.TryRead(bus, out Arn? arn, out _);
        if (isArn && arn!.Region != region)
        {
            observer.Verbose(PublishingMessages.BusElsewhere(bus));
            return null;
        }

        try
        {
            await retry.RunAsync(() => events.DescribeEventBusAsync(bus, cancellationToken), cancellationToken);
            return null;
        }
        catch (ServiceCallException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isArn && await _account.IdAsync(cancellationToken) != arn!.AccountId)
                observer.Verbose(PublishingMessages.BusElsewhere(bus));
            else if (e.ErrorId == ErrorIds.EventBusNotFound)
                return PublishingMessages.BusMissing(bus);
            else
                NotKnown(bus, e, observer);
            return null;
        }
    }

    private async Task<IReadOnlyList<RuleSet>?> RulesAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await new RuleReader(events, retry).EnabledAsync(cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Warning(PublishingMessages.OtherBusesNotLookedUp(e));
            return null;
        }
    }

    private void NotKnown(string bus, ServiceCallException error, IRunObserver observer)
    {
        // An endpoint that cannot be reached is reported when the event is sent.
        if (error.ErrorId is ErrorIds.Unreachable or ErrorIds.MalformedAnswer || _warned)
        {
            observer.Verbose(PublishingMessages.BusNotLookedUp(bus, error));
            return;
        }

        _warned = true;
        observer.Warning(PublishingMessages.BusNotLookedUp(bus, error));
    }
}
