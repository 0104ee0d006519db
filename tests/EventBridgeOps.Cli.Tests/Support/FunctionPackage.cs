using System.IO.Compression;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>The package of the automation, whose program is the function as it was built.</summary>
internal static class FunctionPackage
{
    /// <summary>The function, which is built beside this project, for the same configuration.</summary>
    public static string Program
    {
        get
        {
            string[] parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/EventBridgeOps.Lambda/bin", parts[^2], parts[^1], "bootstrap.dll"));
        }
    }

    /// <summary>Writes the package.</summary>
    public static void Write(string path)
    {
        Assert.True(File.Exists(Program), Program);
        using ZipArchive package = ZipFile.Open(path, ZipArchiveMode.Create);
        ZipArchiveEntry entry = package.CreateEntry("bootstrap");
        entry.ExternalAttributes = unchecked((int)0x81ED0000); // a file that can be run
        using StreamWriter writer = new(entry.Open());
        writer.Write($"#!/bin/sh\nexec dotnet '{Program}'\n");
    }
}
