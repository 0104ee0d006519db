using System.IO.Compression;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>The module as its package delivers it, unpacked once for all tests.</summary>
public sealed class UnpackedModule : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-module-").FullName;

    public UnpackedModule()
    {
        string module = Path.Combine(_folder, "EventBridgeOps", Repository.Version);
        ZipFile.ExtractToDirectory(Path.Combine(Packages, $"EventBridgeOps.{Repository.Version}.nupkg"), module);
        Manifest = Path.Combine(module, "EventBridgeOps.psd1");
    }

    /// <summary>Where the packages are: those of the build, or of <c>build.ps1 -Task TestPackage</c>.</summary>
    public static string Packages { get; } = Environment.GetEnvironmentVariable("EBOPS_PUBLISHED") is { Length: > 0 } published ? published : Path.Combine(AppContext.BaseDirectory, "packages");

    public string Manifest { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
