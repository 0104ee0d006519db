using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>What is said of files that cannot be read. The reasons are clauses: they stand inside a sentence.</summary>
internal static class InputFileMessages
{
    public static Message NotReadable(string path, Message reason) => Message.Of($"{path} cannot be read: {reason:clause}. Check the path and your permissions.");

    public static Message PathEmpty() => Message.Of($"A file cannot be read, because its path is empty. Specify the path.");

    public static Message IsFolder() => Message.Of($"it is a folder");

    public static Message IsSpecial() => Message.Of($"it is a device or a pipe");

    public static Message TooLong(int megabytes) => Message.Of($"it is longer than {megabytes} MB");

    public static Message PathTooLong() => Message.Of($"its path is too long");

    public static Message NotAPath() => Message.Of($"it is not a valid path");

    public static Message FileAsFolder(string file) => Message.Of($"{file} is a file and not a folder");

    public static Message Missing() => Message.Of($"it does not exist");

    public static Message FolderMissing() => Message.Of($"its folder does not exist");

    public static Message Denied() => Message.Of($"access is denied");
}
