using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>What is said of the files of a project before their content is looked at.</summary>
internal static class ProjectFileMessages
{
    public static Message OutsideFolder(string path) => Message.Of($"'{path}' is not the path of a file in the project folder. Use a relative path with slashes, without '..'.");

    public static Message IsLink(string path) => Message.Of($"{path} is a symbolic link, which could lead out of the project folder. Replace it with a file or a folder.");

    public static Message FolderAsFile(string path) => Message.Of($"{path} is a folder, although its name is that of a file. Nothing in it was read. Rename the folder, or replace it with the file.");

    public static Message FileAsFolder(string path) => Message.Of($"{path} is a file, but must be a folder. Its content was not read.");

    public static Message NotReadable(string path, Message reason) => Message.Of($"{path} cannot be read: {reason:clause}.");

    public static Message TooLong(int megabytes) => Message.Of($"The file is longer than {megabytes} MB.");

    public static Message TooManyFiles(int most) => Message.Of($"The folder has more than {most} files. The others were not read.");

    public static Message TooDeep(int levels) => Message.Of($"The folder is nested more than {levels} levels deep. Its files were not read.");

    public static Message NotText() => Message.Of($"The file is not text in UTF-8.");

    public static Message Empty() => Message.Of($"The file is empty.");

    public static Message NotAMapping() => Message.Of($"The file is not a mapping of keys to values.");

    public static Message NotYaml(Message reason) => Message.Of($"The file is not valid YAML: {reason}");

    public static Message NotJson(string reason) => Message.Of($"The file is not valid JSON: {reason}.");

    public static Message KeyTwice(string key) => Message.Of($"The key '{key}' occurs twice.");
}
