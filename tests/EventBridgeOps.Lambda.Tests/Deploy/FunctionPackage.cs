using System.IO.Compression;
using EventBridgeOps.Lambda.Handling;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>A package of the function for a sandbox on this computer.</summary>
internal static class FunctionPackage
{
    /// <summary>What it writes to the log of the function when it starts.</summary>
    /// <param name="version">Another version is another package.</param>
    public static string Started(int version) => $"package {version} has started";

    /// <summary>Writes it, unless it is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="version">Another version is another package.</param>
    /// <returns>The path.</returns>
    public static string Write(string folder, int version)
    {
        string path = Path.Combine(folder, $"function-{version}.zip");
        if (File.Exists(path))
            return path;
        using ZipArchive package = ZipFile.Open(path, ZipArchiveMode.Create);
        ZipArchiveEntry program = package.CreateEntry("bootstrap");
        program.ExternalAttributes = unchecked((int)0x81ED0000); // A file that can be run.
        using StreamWriter writer = new(program.Open());
        writer.Write($"#!/bin/sh\necho {Started(version)}\nexec dotnet '{typeof(Host).Assembly.Location}'\n");
        return path;
    }
}
