namespace EventBridgeOps.Events.Privacy;

/// <summary>Files and folders that nobody but the user may read or write, from their first moment on and whatever the umask is.</summary>
/// <remarks>
/// On Unix they have the modes 0600 and 0700. On Windows they take the access rights of their folder; those in the user's profile are
/// closed to others. A folder or file that is there already is left as it is; <see cref="Fault"/> says what is wrong with it.
/// </remarks>
public static class PrivateFiles
{
#if NET8_0_OR_GREATER
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
#endif

    /// <summary>Makes a folder, and those above it, where they are not there yet.</summary>
    /// <param name="path">The folder.</param>
    public static void CreateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            // One by one: .NET gives those above it what the umask leaves.
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above && !Directory.Exists(above))
                CreateFolder(above);
            Directory.CreateDirectory(path, OwnFolder);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file to read and write, and makes it where it is not there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    public static FileStream Open(string path, FileShare share) => Open(path, FileMode.OpenOrCreate, share);

    /// <summary>Writes a whole file in the place of the one that is there, so that nobody ever sees a part of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All that it is to hold.</param>
    public static void Write(string path, byte[] bytes)
    {
        string draft = $"{path}.{Path.GetRandomFileName()}";
        using (FileStream file = Open(draft, FileMode.CreateNew, FileShare.None))
            file.Write(bytes, 0, bytes.Length);
#if NET8_0_OR_GREATER
        File.Move(draft, path, overwrite: true);
#else
        if (File.Exists(path))
            File.Replace(draft, path, destinationBackupFileName: null);
        else
            File.Move(draft, path);
#endif
    }

    /// <summary>
    /// Why a file or folder must not be trusted: on Unix, that every user may write to it, or that it is a link in a folder that every user may write to.
    /// Null when nothing is wrong, or it is not there. A group that may write is the user's own doing, and left alone.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    public static string? Fault(string path)
    {
#if NET8_0_OR_GREATER
        if (OperatingSystem.IsWindows())
            return null;
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        FileSystemInfo entry = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        if (entry.LinkTarget is not null && Path.GetDirectoryName(full) is { } parent && IsOpen(parent))
            return $"{path} is a link in {parent}, where every user of this machine may have put it";
        return entry.Exists && IsOpen(full) ? $"every user of this machine may write to {path}" : null;

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
