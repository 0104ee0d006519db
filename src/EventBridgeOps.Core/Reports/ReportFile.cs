using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>Formats a report and writes it to a file.</summary>
public static class ReportFile
{
    /// <summary>The format that corresponds to the extension of a file: <c>.xml</c>, <c>.md</c>, <c>.json</c>, <c>.csv</c>; null for any other.</summary>
    /// <param name="path">The file's path.</param>
    public static ReportFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xml" => ReportFormat.JUnit,
        ".md" => ReportFormat.Markdown,
        ".json" => ReportFormat.Json,
        ".csv" => ReportFormat.Csv,
        _ => null,
    };

    /// <summary>Formats a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">The form.</param>
    /// <param name="time">The clock, for formats that include the time.</param>
    public static string Text(Report report, ReportFormat format, TimeProvider time) => format switch
    {
        ReportFormat.JUnit => JUnitReport.Write(report, time.GetUtcNow()),
        ReportFormat.Markdown => MarkdownReport.Write(report),
        ReportFormat.Json => TableReport.WriteJson(report),
        _ => TableReport.WriteCsv(report),
    };

    /// <summary>Writes a file atomically, and a device as it is.</summary>
    /// <param name="path">The full path of the file; its folder is created if it does not exist.</param>
    /// <param name="text">The content.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ReportNotWritten"/>: the file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        string partial = $"{path}.{Path.GetRandomFileName()}"; // Else another user could plant a link there, in a folder such as /tmp.
        try
        {
            if (PrivateFiles.Fault(path) is null && SpecialFile.Fault(path) is { } fault)
            {
                // A named pipe: nothing but opening it tells it from a file, and a reader that waits takes that for all.
                if (!SpecialFile.IsDevice(path))
                    throw new OpsException(ErrorIds.ReportNotWritten, ReportMessages.NotWritten(path, fault));
                WriteTo(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), text);
                return;
            }

            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            WriteTo(new FileStream(partial, FileMode.CreateNew), text);
            if (File.Exists(path))
                File.Replace(partial, path, null);
            else
                File.Move(partial, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            if (File.Exists(partial))
                File.Delete(partial);
            throw new OpsException(ErrorIds.ReportNotWritten, ReportMessages.NotWritten(path, InputFile.WriteReason(path, e)), e);
        }
    }

    private static void WriteTo(FileStream stream, string text)
    {
        using StreamWriter file = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        file.Write(text);
    }
}

/// <summary>The format of a report.</summary>
public enum ReportFormat
{
    /// <summary>JUnit XML, which CI systems show as test results.</summary>
    JUnit,

    /// <summary>A Markdown page with tables.</summary>
    Markdown,

    /// <summary>An array of objects.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,
}
