using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The installation downloads the package of its release, whose SHA-256 is pinned, from a server on this computer.</summary>
public sealed class ReleasedPackageTests : InstallationTest
{
    private byte[] _package = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _package = await File.ReadAllBytesAsync(FunctionPackage.Write(Folder, 1), Token);
    }

    [Fact]
    public async Task The_package_of_the_release_is_downloaded_and_installed()
    {
        using StubServer server = new(new StubAnswer { Content = _package });
        AutomationStack installed = (await InstallFromAsync(server, ContentDigest.Sha256(_package)))!;
        Assert.Equal((InstallStatus.Installed, ContentDigest.Sha256(_package)[..12]), (installed.Status, installed.PackageVersion));
        StubRequest request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/v1/function-x86_64.zip"), (request.Method, request.Path));
        Assert.DoesNotContain("Authorization", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_package_with_another_SHA_256_is_refused_and_nothing_is_created()
    {
        byte[] other = await File.ReadAllBytesAsync(FunctionPackage.Write(Folder, 2), Token);
        using StubServer server = new(new StubAnswer { Content = other });
        string expected = ContentDigest.Sha256(_package);
        OpsException refused = await RefusedAsync(() => InstallFromAsync(server, expected));
        Assert.Equal($"The package {server.Url}/v1/function-x86_64.zip was refused: its SHA-256 is {ContentDigest.Sha256(other)}, not {expected}.", refused.Message);
    }

    [Theory]
    [InlineData(404, 0, "could not be downloaded: HTTP status 404.")]
    [InlineData(200, 10, "could not be downloaded: ")]
    public async Task A_package_that_cannot_be_downloaded_completely_is_an_error_and_nothing_is_created(int status, int missing, string words)
    {
        using StubServer server = new(new StubAnswer(status) { Content = _package, MissingBytes = missing });
        Assert.Contains(words, (await RefusedAsync(() => InstallFromAsync(server, ContentDigest.Sha256(_package)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_never_ends_is_given_up()
    {
        using StubServer server = new(new StubAnswer { Content = new byte[1024 * 1024], Endless = true });
        await RefusedAsync(() => InstallFromAsync(server, ContentDigest.Sha256(_package)));
    }

    [Fact]
    public async Task A_release_without_a_package_for_the_processor_asks_for_one()
    {
        using StubServer server = new(new StubAnswer { Content = _package });
        await RefusedAsync(() => InstallFromAsync(server, ContentDigest.Sha256(_package), new InstallRequest { Parameter = new Dictionary<string, string> { ["Architecture"] = "arm64" } }));
        Assert.Empty(server.Requests);
    }

    private async Task<OpsException> RefusedAsync(Func<Task<AutomationStack?>> install)
    {
        string[] before = await Inventory.OfAsync(Aws);
        OpsException refused = await Assert.ThrowsAsync<OpsException>(install);
        Assert.Equal(ErrorIds.InvalidPackage, refused.ErrorId);
        Assert.Equal(before, await Inventory.OfAsync(Aws));
        return refused;
    }

    /// <summary>Installs a release whose package is on the server.</summary>
    private Task<AutomationStack?> InstallFromAsync(StubServer server, string sha256, InstallRequest? request = null)
    {
        Dictionary<string, ReleasedPackage> release = new() { ["x86_64"] = new ReleasedPackage(new Uri(server.Url + "/v1/function-x86_64.zip"), sha256) };
        AutomationInstaller installer = new(
            Session.Get<IStackApi>(), Session.Get<IPackageBucketApi>(), Session.Get<AutomationInvoker>(), new PackageReader(Session.Get<IPackageDownload>(), release), Session.Get<ItemRetry>(), new Impatient());
        return installer.InstallAsync(request ?? new InstallRequest(), Answer(Changes.Approval.Write), new RecordingObserver(), Token);
    }
}
