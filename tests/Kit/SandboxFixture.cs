using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Tests;

/// <summary>The ground of a test that has a sandbox of its own.</summary>
public abstract class SandboxFixture : IAsyncLifetime
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public SandboxServer Server { get; private set; } = null!;

    /// <summary>A client of the sandbox that is not the product's.</summary>
    public AwsClient Aws { get; protected set; } = null!;

    protected virtual SandboxOptions Options => new() { Seed = 1 };

    public virtual async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync(Options, Token);
        Aws = new AwsClient(Server.Endpoint);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Aws?.Dispose();
        if (Server is not null) // a test that was skipped has none
            await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
