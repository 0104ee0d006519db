using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The live tests of a project on this computer: a file for each, in the folder of the project, which is locked while the test runs. A file that is not locked is of a test that was interrupted.</summary>
/// <param name="project">The folder of the project.</param>
internal sealed class RunRecords(ProjectFolder project)
{
    private readonly WorkFolder _records = new(project, "live");

    /// <summary>The names of the tests that were interrupted.</summary>
    public IReadOnlyList<string> Interrupted()
    {
        try
        {
            return !Directory.Exists(_records.Path) ? [] : [.. Directory.GetFiles(_records.Path, TestTags.NamePrefix + "*").Where(IsFree).Select(Path.GetFileName).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Records a test.</summary>
    /// <param name="name">The name of the test.</param>
    /// <param name="observer">Receives a warning if that is not possible.</param>
    /// <returns>The lock, until it is disposed; null if there is none.</returns>
    public IDisposable? Begin(string name, IRunObserver observer)
    {
        try
        {
            _records.Create();
            return PrivateFiles.Open(_records.File(name), FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            observer.Warning(LiveTestMessages.NotRecorded(e.Message));
            return null;
        }
    }

    /// <summary>Nothing of a test is left.</summary>
    /// <param name="name">The name of the test.</param>
    public void End(string name)
    {
        try
        {
            File.Delete(_records.File(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next test finds nothing to delete for it.
        }
    }

    private static bool IsFree(string path)
    {
        try
        {
            PrivateFiles.Open(path, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
