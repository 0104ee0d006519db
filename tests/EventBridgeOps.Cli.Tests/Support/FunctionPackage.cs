using System.IO.Compression;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>The package of the automation, whose program is the function as it was built.</summary>
internal static class FunctionPackage
{
    /// <summary>Writes the package.</summary>
    public static void Write(string path)
    {
        // The function is built beside this project, for the same configuration.
        string[] parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/EventBridgeOps.Lambda/bin", parts[^2], parts[^1], "bootstrap.dll"));
        Assert.True(File.Exists(program), program);
        using ZipArchive package = ZipFile.Open(path, ZipArchiveMode.Create);
        ZipArchiveEntry entry = package.CreateEntry("bootstrap");
        entry.ExternalAttributes = unchecked((int)0x81ED0000); // a file that can be run
        using StreamWriter writer = new(entry.Open());
        writer.Write($"#!/bin/sh\nexec dotnet '{program}'\n");
    }
}
