namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A local AWS that runs: our own, or moto.</summary>
public interface ISandboxEngine : IAsyncDisposable
{
    /// <summary>What it is called: "built-in" or "moto".</summary>
    string Name { get; }

    /// <summary>Where it listens.</summary>
    Uri Endpoint { get; }

    /// <summary>The environment variables that make an AWS client use it.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Stops it and waits for its end. Stopping twice does no harm.</summary>
    Task StopAsync();
}
