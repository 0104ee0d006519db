using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Ci;

/// <summary>The summary page of a CI run, in Markdown.</summary>
/// <param name="ci">The system.</param>
public sealed class CiSummary(CiEnvironment ci)
{
    /// <summary>The maximum number of UTF-8 bytes that GitHub accepts from a step. A larger summary is dropped as a whole.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string FileName = "EventBridgeOps";

    /// <summary>Adds Markdown to the page.</summary>
    /// <param name="markdown">Creates Markdown of at most the given number of UTF-8 bytes.</param>
    /// <param name="observer">Receives a warning if the page cannot be written.</param>
    /// <returns>A line to print for the CI system; null if none is needed.</returns>
    public string? Add(Func<int, string> markdown, IRunObserver observer)
    {
        string? path = ci.SummaryPath ?? ci.TempPath;
        try
        {
            if (ci.SummaryPath is { } summary)
            {
                FileInfo file = new(summary);
                int room = (int)Math.Max(0, MostBytes - (file.Exists ? file.Length : 0));
                File.AppendAllText(summary, markdown(room), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
            else if (ci.TempPath is { } folder)
            {
                return CiCommands.UploadAzureSummary(WriteNew(folder, markdown(MostBytes)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            observer.Warning(CiMessages.SummaryNotWritten(path!, InputFile.WriteReason(path!, e)));
        }

        return null;
    }

    /// <summary>Azure Pipelines reads the file later, and titles what it shows by its name, so each is a file of its own.</summary>
    private static string WriteNew(string folder, string markdown)
    {
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(folder, number == 1 ? $"{FileName}.md" : $"{FileName}-{number}.md");
            if (File.Exists(path))
                continue;
            try
            {
                using StreamWriter file = new(new FileStream(path, FileMode.CreateNew), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                file.Write(markdown);
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another step of the same moment took the name.
            }
        }
    }
}
