using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Ci;

/// <summary>The page of a run, where people look first: Markdown.</summary>
/// <param name="ci">The system.</param>
public sealed class CiSummary(CiEnvironment ci)
{
    /// <summary>The most bytes of UTF-8 that GitHub takes of a step; of more it takes nothing.</summary>
    public const int MostBytes = 1024 * 1024;

    private const string FileName = "EventBridgeOps";

    /// <summary>Adds to it.</summary>
    /// <param name="markdown">Gives Markdown of at most so many bytes of UTF-8.</param>
    /// <param name="observer">Hears when that cannot be done, which is no reason to fail.</param>
    /// <returns>A line to print, which tells the system of it; null where none is needed.</returns>
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
            observer.Warning($"The job's summary {path} could not be written: {e.Message}");
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
