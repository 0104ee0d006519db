namespace EventBridgeOps.Aws.Sessions;

/// <summary>The source of random numbers that is injected everywhere else.</summary>
internal static class Chance
{
#pragma warning disable RS0030 // The one place.
    private static readonly Random Random = new();
#pragma warning restore RS0030

    /// <summary>A number from 0 up to 1, from any thread.</summary>
    public static double Next()
    {
        lock (Random)
            return Random.NextDouble();
    }
}
