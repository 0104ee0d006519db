namespace EventBridgeOps.Aws.Sessions;

/// <summary>Random numbers for a host that brings none of its own.</summary>
internal static class Chance
{
    /// <summary>A source of numbers from 0 up to 1, which can be used from any thread.</summary>
    public static Func<double> New()
    {
#pragma warning disable RS0030 // The one place.
        Random random = new();
#pragma warning restore RS0030
        return () =>
        {
            lock (random)
                return random.NextDouble();
        };
    }
}
