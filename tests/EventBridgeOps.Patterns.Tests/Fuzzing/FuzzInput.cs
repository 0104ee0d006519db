namespace EventBridgeOps.Patterns.Tests.Fuzzing;

/// <summary>A pattern and an event, or what became of them.</summary>
internal sealed record FuzzInput(byte[] Pattern, byte[] Event)
{
    public int Length => Pattern.Length + Event.Length;

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static FuzzInput Load(string path) => new(File.ReadAllBytes(path + ".pattern"), File.ReadAllBytes(path + ".event"));

    public void Save(string path)
    {
        File.WriteAllBytes(path + ".pattern", Pattern);
        File.WriteAllBytes(path + ".event", Event);
    }
}
