using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Counts the attempts of each rule, so that a rule that feeds itself can be named.</summary>
internal sealed class RuleTally : IDeliveryWatch
{
    private readonly Dictionary<string, (int Attempts, RuleTarget Target)> counts = new(StringComparer.Ordinal);
    private readonly object gate = new();

    /// <summary>The rule with the most attempts since the last <see cref="Clear"/>; null if there were none.</summary>
    public (string RuleArn, int Attempts, RuleTarget Target)? Busiest
    {
        get
        {
            lock (gate)
                return counts.Count == 0 ? null : counts.OrderByDescending(count => count.Value.Attempts).Select(count => (count.Key, count.Value.Attempts, count.Value.Target)).First();
        }
    }

    public void Clear()
    {
        lock (gate)
            counts.Clear();
    }

    public void Answered(Operation operation, RawDocument? answer)
    {
    }

    public void Compared(Operation operation, BusEvent sent, IReadOnlyList<RawDocument> rules)
    {
    }

    public void Matched(Operation operation, BusEvent sent, RawDocument rule, IReadOnlyList<PendingDelivery> deliveries)
    {
    }

    public void Attempted(Operation operation, PendingDelivery delivery, Attempt attempt, DeliveryOutcome outcome, DeliveryRefusal? refusal)
    {
        lock (gate)
            counts[delivery.RuleArn] = (counts.TryGetValue(delivery.RuleArn, out (int Attempts, RuleTarget Target) before) ? before.Attempts + 1 : 1, delivery.Target);
    }
}
