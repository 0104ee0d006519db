using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Tests;

/// <summary>One moto for all tests of an assembly, started by the product for the first test that asks for it. The tests are skipped where moto is not installed.</summary>
public sealed class MotoFixture : IAsyncDisposable
{
    private readonly Lazy<Task<MotoEngine>> _engine = new(() => MotoEngine.StartAsync(new SandboxOptions()));

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "moto_server.exe" : "moto_server")));

    /// <summary>The one that the tests share. A test needs names of its own on it.</summary>
    public Task<MotoEngine> SharedAsync()
    {
        SkipUnlessInstalled();
        return _engine.Value;
    }

    /// <summary>A moto of the test's own, which is empty.</summary>
    public static Task<MotoEngine> StartAsync(SandboxOptions? options = null)
    {
        SkipUnlessInstalled();
        return MotoEngine.StartAsync(options ?? new SandboxOptions(), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated && _engine.Value.IsCompletedSuccessfully)
            await (await _engine.Value).DisposeAsync();
    }

    // The product would install moto for a user; a test run does not.
    private static void SkipUnlessInstalled() => Assert.SkipUnless(IsInstalled, "SKIPPED: moto_server is not on the PATH, so nothing is compared with moto.");
}
