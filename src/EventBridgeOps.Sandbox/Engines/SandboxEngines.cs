namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The kinds of local AWS.</summary>
public enum SandboxEngineKind
{
    /// <summary>The built-in sandbox, in this process.</summary>
    BuiltIn,

    /// <summary>moto, a third-party emulator, as a child process.</summary>
    Moto,
}

/// <summary>Starts a local AWS of either kind.</summary>
public static class SandboxEngines
{
    /// <summary>Starts an engine, which is ready when this method returns.</summary>
    /// <remarks>moto does not support faults, quotas, page sizes or state files. It uses only the port, account, Region and clock of the options.</remarks>
    public static async Task<ISandboxEngine> StartAsync(
        SandboxEngineKind kind, SandboxOptions options, CancellationToken cancellationToken = default) => kind switch
        {
            SandboxEngineKind.Moto => await MotoEngine.StartAsync(options, cancellationToken),
            _ => await SandboxServer.StartAsync(options, cancellationToken),
        };
}
