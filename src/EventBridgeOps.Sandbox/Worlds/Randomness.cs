using System.Security.Cryptography;
using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>The sandbox's dice: seeded for tests that must repeat, thrown by the system otherwise.</summary>
internal sealed class Randomness
{
    private readonly Random random;
    private readonly object gate = new();

    public Randomness(int? seed) => random = new Random(seed ?? SystemSeed());

    public double Next()
    {
        lock (gate)
            return random.NextDouble();
    }

    /// <summary>A new id in the form of a UUID.</summary>
    public string Id()
    {
        byte[] bytes = new byte[16];
        lock (gate)
            random.NextBytes(bytes);
        return RandomId.Of(bytes);
    }

    private static int SystemSeed()
    {
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        byte[] bytes = new byte[sizeof(int)];
        generator.GetBytes(bytes);
        return BitConverter.ToInt32(bytes, 0);
    }
}
