using System.Management.Automation;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Paths as the user of a shell writes them.</summary>
internal static class ShellPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>A full path of the file system. A relative path starts from the current location there, even while the shell is in another provider.</summary>
    public static string Full(PathIntrinsics paths, string path)
    {
        string full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem || paths.IsPSAbsolute(path, out _) || paths.IsProviderQualified(path) ? full : FullPaths.From(paths.CurrentFileSystemLocation.ProviderPath, path);
    }
}
