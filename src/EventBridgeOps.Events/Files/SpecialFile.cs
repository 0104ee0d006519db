using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Devices and pipes, which a file that is written beside them and moved there would remove: <c>/dev/null</c>, <c>/dev/stdout</c>, FIFOs, and what a shell passes for <c>&gt;(...)</c>.</summary>
public static class SpecialFile
{
    /// <summary>Says, as a clause, that a path is that of a device or a pipe, or of a link to one; null if it is not.</summary>
    /// <param name="path">The full path.</param>
    public static Message? Fault(string path) =>
        IsDevice(path) || (Path.DirectorySeparatorChar == '/' && File.Exists(path) && IsPipe(path)) ? InputFileMessages.IsSpecial() : null;

    /// <summary>Whether a path is that of a device of the system, or of a link to one, which can be written to as it is.</summary>
    /// <param name="path">The full path.</param>
    public static bool IsDevice(string path) => Path.DirectorySeparatorChar == '/' && File.Exists(path) && (IsInSystem(path) || IsInSystem(Target(path)));

    private static bool IsInSystem(string path) => (IsIn("/dev/", path) && !IsIn("/dev/shm/", path)) || IsIn("/proc/", path);

    private static bool IsIn(string folder, string path) => path.StartsWith(folder, StringComparison.Ordinal);

    private static string Target(string path)
    {
#if NET8_0_OR_GREATER
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
#else
        return path; // Windows alone.
#endif
    }

    private static bool IsPipe(string path)
    {
        try
        {
            // For both reading and writing: else it would wait for the other end.
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return !file.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
