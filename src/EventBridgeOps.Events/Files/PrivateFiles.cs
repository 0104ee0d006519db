using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Files and folders that only the user can read and write, from their creation on and regardless of the umask.</summary>
/// <remarks>
/// On Unix they have the modes 0600 and 0700. On Windows they inherit the access rights of their folder; folders in the user's profile are
/// closed to others. An existing folder or file is not changed; <see cref="Fault"/> says what is wrong with it.
/// </remarks>
public static class PrivateFiles
{
#if NET8_0_OR_GREATER
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
#endif

    /// <summary>Creates a folder and its parents if they do not exist.</summary>
    /// <param name="path">The folder.</param>
    public static void CreateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            // One by one: .NET gives those above it what the umask leaves.
            if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
                CreateFolder(above);
            Directory.CreateDirectory(path, OwnFolder);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file for reading and writing, and creates it if it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="share">What other processes may do with it in the meantime.</param>
    public static FileStream Open(string path, FileShare share) => Open(path, FileMode.OpenOrCreate, share);

    /// <summary>Replaces a file as a whole, so that a partially written file is never visible.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The content.</param>
    public static void Write(string path, byte[] bytes)
    {
        string draft = $"{path}.{Path.GetRandomFileName()}";
        using (FileStream file = Open(draft, FileMode.CreateNew, FileShare.None))
            file.Write(bytes, 0, bytes.Length);
        try
        {
#if NET8_0_OR_GREATER
            File.Move(draft, path, overwrite: true);
#else
            if (File.Exists(path))
                File.Replace(draft, path, destinationBackupFileName: null);
            else
                File.Move(draft, path);
#endif
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>
    /// Returns why a file or folder must not be trusted, as a clause: on Unix, every user can write to it, or it is a link in a folder that every user can write to.
    /// Null when it can be trusted or does not exist. Write access of a group is the user's decision and is accepted.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    public static Message? Fault(string path)
    {
#if NET8_0_OR_GREATER
        if (OperatingSystem.IsWindows())
            return null;
        string full = Path.TrimEndingDirectorySeparator(path);
        FileSystemInfo entry = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        if (entry.LinkTarget is not null && Path.GetDirectoryName(full) is { Length: > 0 } parent && IsOpen(parent))
            return PrivateFileMessages.LinkInOpenFolder(path, parent);
        return entry.Exists && IsOpen(full) ? PrivateFileMessages.Writable(path) : null;

        static bool IsOpen(string place) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(place) & UnixFileMode.OtherWrite) != 0;
#else
        return null; // Windows alone.
#endif
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
#if NET8_0_OR_GREATER
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return new FileStream(path, options);
#else
        return new FileStream(path, mode, FileAccess.ReadWrite, share);
#endif
    }
}
