namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A running local AWS: the built-in sandbox, or moto.</summary>
public interface ISandboxEngine : IAsyncDisposable
{
    /// <summary>The name of the engine: "built-in" or "moto".</summary>
    string Name { get; }

    /// <summary>The URL on which it listens.</summary>
    Uri Endpoint { get; }

    /// <summary>The environment variables that make an AWS client use it.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Stops the engine and waits until it has stopped. Can be called more than once.</summary>
    Task StopAsync();
}
