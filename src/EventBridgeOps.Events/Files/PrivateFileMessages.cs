using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Why a file or a folder must not be trusted. Both are clauses: they stand inside a sentence.</summary>
internal static class PrivateFileMessages
{
    public static Message LinkInOpenFolder(string path, string folder) => Message.Of($"{path} is a link in {folder}, where every user of this machine can create links");

    public static Message Writable(string path) => Message.Of($"every user of this machine can write to {path}");
}
