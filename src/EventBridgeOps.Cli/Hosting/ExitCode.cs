namespace EventBridgeOps.Cli.Hosting;

/// <summary>How a command ended, for scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Nothing, or not all, could be done: wrong usage, no credentials, no region.</summary>
    public const int Error = 1;

    /// <summary>Drift was found, and the caller asked to be told so.</summary>
    public const int Drift = 2;

    /// <summary>No pattern matches.</summary>
    public const int NoMatch = 2;

    /// <summary>Some items failed; the rest was done. It goes before <see cref="Drift"/>, since then not everything was seen.</summary>
    public const int SomeFailed = 3;

    /// <summary>Ctrl+C, as shells count: 128 and the signal's number.</summary>
    public const int Cancelled = 130;

    /// <summary>Asked by another process to end.</summary>
    public const int Terminated = 143;
}
