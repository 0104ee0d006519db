namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Creates files and folders that on Unix only the current user can read. On Windows, they inherit the permissions of their folder.</summary>
internal static class OwnFiles
{
    public static void CreateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            // One by one: .NET gives those above it what the umask leaves.
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above && !Directory.Exists(above))
                CreateFolder(above);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Writes a file that is not there yet.</summary>
    public static void Write(string path, byte[] bytes)
    {
#if NET8_0_OR_GREATER
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
#else
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
#endif
        file.Write(bytes, 0, bytes.Length);
    }
}
