namespace EventBridgeOps.Sandbox.Doors;

/// <summary>A token bucket for each service of each region, as AWS throttles: a refused call costs no token.</summary>
internal sealed class Quota(double perSecond, int burst, TimeProvider time)
{
    private readonly Dictionary<string, (double Tokens, long At)> buckets = new(StringComparer.Ordinal);

    public bool Take(string bucket)
    {
        lock (buckets)
        {
            long now = time.GetTimestamp();
            (double tokens, long at) = buckets.TryGetValue(bucket, out (double Tokens, long At) known) ? known : (burst, now);
            tokens = Math.Min(burst, tokens + (time.GetElapsedTime(at, now).TotalSeconds * perSecond));
            bool taken = tokens >= 1;
            buckets[bucket] = (taken ? tokens - 1 : tokens, now);
            return taken;
        }
    }
}
