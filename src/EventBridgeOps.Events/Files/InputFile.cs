using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Says in one way that a file that the user named cannot be read.</summary>
public static class InputFile
{
    /// <summary>Whether an error is about the file, or the path, that was opened.</summary>
    /// <param name="e">The error.</param>
    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw NotReadable(path, e);
        }
    }

    /// <summary>The error <see cref="ErrorIds.FileNotReadable"/>.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="e">What happened.</param>
    public static OpsException NotReadable(string path, Exception e) =>
        new(ErrorIds.FileNotReadable, string.IsNullOrWhiteSpace(path) ? InputFileMessages.PathEmpty() : InputFileMessages.NotReadable(path, Reason(path, e)), e);

    /// <summary>Why a file or folder cannot be used, as a clause. The messages of .NET repeat the path.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="e">What happened.</param>
    public static Message Reason(string path, Exception e) => e switch
    {
        _ when Directory.Exists(path) => InputFileMessages.IsFolder(),
        FileNotFoundException or DirectoryNotFoundException => InputFileMessages.Missing(),
        UnauthorizedAccessException => InputFileMessages.Denied(),
        _ => Message.Verbatim(e.Message),
    };
}
