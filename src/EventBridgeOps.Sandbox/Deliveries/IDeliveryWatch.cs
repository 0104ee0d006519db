using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Sees what becomes of requests, events and deliveries: metrics, and the logs of event buses.</summary>
internal interface IDeliveryWatch
{
    /// <summary>PutEvents was answered: with its entries, or with an error where the answer is null.</summary>
    void Answered(Operation operation, RawDocument? answer);

    /// <summary>An event was compared with the rules of its event bus.</summary>
    void Compared(Operation operation, BusEvent sent, IReadOnlyList<RawDocument> rules);

    /// <summary>A rule matched; its deliveries are about to begin.</summary>
    void Matched(Operation operation, BusEvent sent, RawDocument rule, IReadOnlyList<PendingDelivery> deliveries);

    /// <summary>An attempt has ended.</summary>
    /// <param name="operation">The Region and account.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="outcome">What became of the delivery.</param>
    /// <param name="refusal">Why the target refused; null if it did not.</param>
    void Attempted(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal);
}
