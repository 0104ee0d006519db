using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>About paths, and as clauses, why a file or a folder must not be trusted.</summary>
internal static class PrivateFileMessages
{
    public static Message LinkInOpenFolder(string path, string folder) => Message.Of($"{path} is a link in {folder}, where every user of this machine can create links");

    public static Message RelativePath(string path) => Message.Of($"'{path}' is a relative path, and there is no current folder. Specify a full path.");

    public static Message Writable(string path) => Message.Of($"every user of this machine can write to {path}");
}
