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

/// <summary>The environment variables that make an AWS client use a local endpoint.</summary>
internal static class SandboxEnvironment
{
    public static IReadOnlyDictionary<string, string> For(Uri endpoint, string region) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = "sandbox",
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
    };
}
