namespace EventBridgeOps.Sandbox.Engines;

/// <summary>Which local AWS.</summary>
public enum SandboxEngineKind
{
    /// <summary>Ours, in this process.</summary>
    BuiltIn,

    /// <summary>moto, an emulator that others wrote, as a child process.</summary>
    Moto,
}

/// <summary>Starts a local AWS of either kind.</summary>
public static class SandboxEngines
{
    /// <summary>Starts an engine; it answers when this returns.</summary>
    /// <remarks>moto knows no faults, quotas, page sizes or state files: of the options it takes the port, the account, the region and the clock.</remarks>
    public static async Task<ISandboxEngine> StartAsync(
        SandboxEngineKind kind, SandboxOptions options, CancellationToken cancellationToken = default) => kind switch
        {
            SandboxEngineKind.Moto => await MotoEngine.StartAsync(options, cancellationToken),
            _ => await SandboxServer.StartAsync(options, cancellationToken),
        };
}
