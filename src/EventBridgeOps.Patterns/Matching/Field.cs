namespace EventBridgeOps.Patterns.Matching;

/// <summary>A path that some rule asks for.</summary>
internal sealed class Field
{
    public Field(string path, int number)
    {
        Path = path;
        Number = number;
    }

    public string Path { get; }

    public int Number { get; }

    /// <summary>How many tests there are of it.</summary>
    public int Uses { get; set; }
}
