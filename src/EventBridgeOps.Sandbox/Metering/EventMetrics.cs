using System.Runtime.CompilerServices;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Metering;

/// <summary>
/// The metrics of EventBridge, in the namespace AWS/Events, with the dimensions of the service. Where nothing happened there is no data, as the
/// service sends none. A count of n is n values of 1, so that Sum and SampleCount are equal.
/// Left out are DeadLetterInvocations (the sandbox finds no loops), ThrottledRules and PutEventsApproximateThrottledCount (its quota of requests
/// is not that of EventBridge), PutEventsLatency and PutEventsRequestSize (its times are its own, and how AWS measures a request is not documented),
/// and those of partner events and encryption, which it does not have. What the sandbox does not deliver counts as matched, not as invoked.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html</remarks>
internal sealed class EventMetrics : IDeliveryWatch
{
    private readonly ConditionalWeakTable<Region, MinuteCounts> regions = new();

    public void Answered(Operation operation, RawDocument? answer)
    {
        long[] account = Of(operation).Account;
        account[(int)EventMetric.PutEventsApproximateCallCount]++;
        account[(int)(answer is null ? EventMetric.PutEventsApproximateFailedCount : EventMetric.PutEventsApproximateSuccessCount)]++;
        account[(int)EventMetric.PutEventsEntriesCount] += answer?.List("Entries").Count() ?? 0;
        account[(int)EventMetric.PutEventsFailedEntriesCount] += answer?.Number("FailedEntryCount") ?? 0;
    }

    public void Compared(Operation operation, BusEvent sent, IReadOnlyList<RawDocument> rules)
    {
        if (rules.Count > 0)
            Of(operation).Bus(sent.Bus)[(int)EventMetric.MatchedEvents]++;
    }

    public void Matched(Operation operation, BusEvent sent, RawDocument rule, IReadOnlyList<PendingDelivery> deliveries)
    {
        MinuteCounts counts = Of(operation);
        RuleCounts ofRule = counts.Rule(sent.Bus, rule.Text("Name")!);
        ofRule.Add(EventMetric.MatchedEvents);
        ofRule.Add(EventMetric.TriggeredRules);
        counts.Account[(int)EventMetric.InvocationsCreated] += deliveries.Count;
    }

    public void Attempted(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal)
    {
        if (outcome == DeliveryOutcome.NotSimulated)
            return;

        RuleCounts ofRule = Of(operation).Rule(delivery.Event.Bus, delivery.RuleName);
        double latency = (operation.Now - delivery.StartedAt).TotalMilliseconds;
        ofRule.Add(EventMetric.InvocationAttempts);
        if (delivery.Attempts > 0)
        {
            ofRule.Add(EventMetric.RetryInvocationAttempts);
        }
        else
        {
            ofRule.StartLatency.Add(latency);
            ofRule.CompleteLatency.Add(latency);
        }

        if (outcome == DeliveryOutcome.Delivered)
        {
            ofRule.Add(EventMetric.SuccessfulInvocationAttempts);
            ofRule.SuccessLatency.Add(latency);
        }

        if (outcome == DeliveryOutcome.Retrying)
            return;
        ofRule.Add(EventMetric.Invocations);
        if (outcome != DeliveryOutcome.Delivered)
            ofRule.Add(EventMetric.FailedInvocations);
        if (outcome == DeliveryOutcome.DeadLettered)
            ofRule.Add(EventMetric.InvocationsSentToDlq);
        else if (outcome == DeliveryOutcome.Lost && delivery.Target.DeadLetterQueue is not null)
            ofRule.Add(EventMetric.InvocationsFailedToBeSentToDlq);
    }

    private MinuteCounts Of(Operation operation)
    {
        if (!regions.TryGetValue(operation.State, out MinuteCounts? counts))
        {
            counts = new(operation.State);
            regions.Add(operation.State, counts);
        }

        counts.At(operation.Now);
        return counts;
    }
}

/// <summary>The metrics of EventBridge that are counts.</summary>
internal enum EventMetric
{
    MatchedEvents,
    TriggeredRules,
    Invocations,
    FailedInvocations,
    InvocationsSentToDlq,
    InvocationsFailedToBeSentToDlq,
    InvocationAttempts,
    RetryInvocationAttempts,
    SuccessfulInvocationAttempts,
    InvocationsCreated,
    PutEventsApproximateCallCount,
    PutEventsApproximateSuccessCount,
    PutEventsApproximateFailedCount,
    PutEventsEntriesCount,
    PutEventsFailedEntriesCount,
}
