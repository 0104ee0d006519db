namespace EventBridgeOps.Aws.Sessions;

/// <summary>Where the chance comes from that everything else gets injected.</summary>
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
