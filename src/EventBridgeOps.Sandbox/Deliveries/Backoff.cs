using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

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
