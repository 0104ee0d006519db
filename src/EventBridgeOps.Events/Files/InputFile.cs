using System.Text;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Files;

/// <summary>Says in one way that a file that the user named cannot be read.</summary>
public static class InputFile
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Whether an error is about the file, or the path, that was opened.</summary>
    /// <param name="e">The error.</param>
    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>The text of a file of a limited length.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="megabytes">The maximum length.</param>
    /// <param name="fullPath">Its full path, if that is not relative to the current folder of the process.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>.</exception>
    public static string ReadText(string path, int megabytes, string? fullPath = null)
    {
        try
        {
            using FileStream file = new(fullPath ?? path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            StringBuilder text = new();
            char[] part = new char[81_920];
            int count;
            while ((count = reader.Read(part, 0, part.Length)) > 0)
            {
                // What a device or a pipe holds is not known before it is read.
                if ((file.CanSeek && file.Length > (long)megabytes * Megabyte) || text.Length + count > (long)megabytes * Megabyte)
                    throw new OpsException(ErrorIds.FileNotReadable, InputFileMessages.NotReadable(path, InputFileMessages.TooLong(megabytes)));
                text.Append(part, 0, count);
            }

            return text.ToString();
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

    /// <summary>Why a file cannot be written, as a clause.</summary>
    /// <param name="path">The file.</param>
    /// <param name="e">What happened.</param>
    public static Message WriteReason(string path, Exception e) => e is DirectoryNotFoundException ? InputFileMessages.FolderMissing() : Reason(path, e);

    /// <summary>Why a file or folder cannot be used, as a clause. The messages of .NET repeat the path.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="e">What happened.</param>
    public static Message Reason(string path, Exception e) =>
        Directory.Exists(path) ? InputFileMessages.IsFolder() : FileAbove(path) is { } file ? InputFileMessages.FileAsFolder(file) : Reason(e);

    /// <summary>Why the system does not allow something with a file or folder, as a clause.</summary>
    /// <param name="e">What happened.</param>
    public static Message Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => InputFileMessages.Missing(),
        UnauthorizedAccessException => InputFileMessages.Denied(),
        PathTooLongException => InputFileMessages.PathTooLong(),
        ArgumentException or NotSupportedException => InputFileMessages.NotAPath(),
        _ => Message.Verbatim(e.Message.Split([" : '"], StringSplitOptions.None)[0]),
    };

    /// <summary>The file that stands where the path has a folder; null if there is none.</summary>
    private static string? FileAbove(string path)
    {
        string? above = path.Any(char.IsControl) ? null : Path.GetDirectoryName(path);
        while (above is { Length: > 0 } && !File.Exists(above))
            above = Path.GetDirectoryName(above);
        return above is { Length: > 0 } ? above : null;
    }
}
