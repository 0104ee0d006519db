namespace EventBridgeOps.Cli.Hosting;

/// <summary>The exit codes of the commands.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command could not run, or could not finish: wrong usage, no credentials, no Region.</summary>
    public const int Error = 1;

    /// <summary>Drift was found, and the caller asked for this exit code.</summary>
    public const int Drift = 2;

    /// <summary>No pattern matches.</summary>
    public const int NoMatch = 2;

    /// <summary>Some items failed; the others succeeded. Takes precedence over <see cref="Drift"/>, because not everything was checked.</summary>
    public const int SomeFailed = 3;

    /// <summary>Cancelled with Ctrl+C: 128 plus the number of the signal, as in shells.</summary>
    public const int Cancelled = 130;

    /// <summary>Terminated by another process.</summary>
    public const int Terminated = 143;
}
