using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>Which deliveries to read.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Only those of this event; null for all events.</summary>
    public string? EventId { get; init; }

    /// <summary>Only those of rules with one of these names, in which <c>*</c> and <c>?</c> are wildcards; empty for all rules.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>Only those with one of these results; empty for all.</summary>
    public IReadOnlyList<DeliveryOutcome> Outcome { get; init; } = [];

    /// <summary>Whether to wait for more, until the caller cancels.</summary>
    public bool Follow { get; init; }

    internal bool Takes(SandboxDelivery delivery) =>
        (EventId is null || delivery.EventId == EventId)
        && (RuleName.Count == 0 || RuleName.Any(pattern => Wildcards.IsMatch(delivery.RuleName, pattern)))
        && (Outcome.Count == 0 || Outcome.Contains(delivery.Outcome));
}
