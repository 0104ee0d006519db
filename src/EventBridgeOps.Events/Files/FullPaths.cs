using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Full paths. The current folder is given by whoever asks: that of the process is not the current location of a shell.</summary>
public static class FullPaths
{
    /// <summary>A full path, from a path that is relative to a folder or full already.</summary>
    /// <param name="folder">The folder; null if relative paths are not accepted.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the path is relative, and there is no folder.</exception>
    public static string From(string? folder, string path) => Path.GetFullPath(
        Path.IsPathRooted(path) ? path
        : folder is not null ? Path.Combine(folder, path)
        : throw new OpsException(ErrorIds.InvalidArgument, PrivateFileMessages.RelativePath(path)));
}
