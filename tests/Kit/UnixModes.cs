namespace EventBridgeOps.Tests;

/// <summary>The access modes of files and folders, where there are any.</summary>
public static class UnixModes
{
    public const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    public const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    public static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes: there, access rights are the folder's.");

    public static string MakeFolder(string folder, string name, UnixFileMode mode)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(path);
        Set(path, mode);
        return path;
    }

    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    public static UnixFileMode Of(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
