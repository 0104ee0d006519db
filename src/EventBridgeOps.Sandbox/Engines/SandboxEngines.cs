using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

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
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the Region is not valid.</exception>
    public static async Task<ISandboxEngine> StartAsync(SandboxEngineKind kind, SandboxOptions options, CancellationToken cancellationToken = default)
    {
        if (!Partitions.IsRegion(options.Region))
            throw new OpsException(ErrorIds.InvalidArgument, EngineMessages.NotARegion(options.Region));
        return kind switch
        {
            SandboxEngineKind.Moto => await MotoEngine.StartAsync(options, cancellationToken),
            _ => await SandboxServer.StartAsync(options, cancellationToken),
        };
    }
}

/// <summary>A running local AWS: the built-in sandbox, or moto.</summary>
public interface ISandboxEngine : IAsyncDisposable
{
    /// <summary>The name of the engine: "built-in" or "moto".</summary>
    string Name { get; }

    /// <summary>The URL on which it listens.</summary>
    Uri Endpoint { get; }

    /// <summary>The environment variables that make an AWS client use it, and the one of its own change journal.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Stops the engine and waits until it has stopped. Can be called more than once.</summary>
    Task StopAsync();
}
