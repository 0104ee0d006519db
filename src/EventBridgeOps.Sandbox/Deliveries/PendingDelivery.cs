using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>A delivery that is not at its end.</summary>
/// <param name="Id">The ID of the delivery.</param>
/// <param name="Event">The event.</param>
/// <param name="RuleArn">The rule's ARN.</param>
/// <param name="RuleName">The rule's name.</param>
/// <param name="Target">The target.</param>
/// <param name="Attempts">The number of attempts before the next one.</param>
/// <param name="StartedAt">The time of the first attempt.</param>
/// <param name="IsDelayed">Whether a fault has delayed the next attempt already.</param>
internal sealed record PendingDelivery(
    string Id, BusEvent Event, string RuleArn, string RuleName, RuleTarget Target, int Attempts, DateTimeOffset StartedAt, bool IsDelayed)
{
    public RawDocument ToDocument() => RawDocument.Empty
        .With("id", Id)
        .With("event", Event.ToDocument())
        .With("ruleArn", RuleArn)
        .With("ruleName", RuleName)
        .With("target", Target.Document)
        .With("attempts", Attempts)
        .With("startedAt", StartedAt.UtcTicks)
        .With("delayed", IsDelayed);

    public static PendingDelivery From(RawDocument kept) => new(
        kept.Text("id")!,
        BusEvent.From(kept.Object("event")!),
        kept.Text("ruleArn")!,
        kept.Text("ruleName")!,
        RuleTarget.From(kept.Object("target")!),
        (int)kept.Number("attempts")!.Value,
        new(kept.Number("startedAt")!.Value, TimeSpan.Zero),
        kept.Flag("delayed"));
}

/// <summary>How long EventBridge waits between attempts: exponentially longer, with jitter.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html says "exponential back off and jitter, or randomized
/// delay" and no numbers. Here: from one second, doubling, to ten minutes at most, of which half is random, so that 185 attempts take about a day.
/// </remarks>
internal static class Backoff
{
    private const double MostSeconds = 600;

    public static TimeSpan After(int attempts, Randomness random)
    {
        double ceiling = Math.Min(MostSeconds, Math.Pow(2, Math.Min(attempts, 20)));
        return TimeSpan.FromSeconds(ceiling / 2 * (1 + random.Next()));
    }
}
