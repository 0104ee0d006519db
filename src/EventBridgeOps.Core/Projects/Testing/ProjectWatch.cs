using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks a project again whenever a file changes.</summary>
public static class ProjectWatch
{
    /// <summary>Checks a project, and then again after each change.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="others">The full paths of the folders of other projects, with which it exchanges events.</param>
    /// <param name="watcher">Waits for changes; null to check once.</param>
    /// <param name="observer">Receives an error if the folder is, for a while, not a project.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, at first.</exception>
    public static async IAsyncEnumerable<ProjectTest> RunAsync(string folder, IReadOnlyList<string> others, IFolderWatcher? watcher, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return ProjectTester.Test(folder, others, observer, cancellationToken);
        while (watcher is not null)
        {
            await watcher.ChangedAsync(cancellationToken);
            if (Again(folder, others, observer, cancellationToken) is { } test)
                yield return test;
        }
    }

    /// <summary>What is said between two checks.</summary>
    /// <param name="time">The clock.</param>
    public static Message Waiting(TimeProvider time) => ProjectTestMessages.Waiting(time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture));

    private static ProjectTest? Again(string folder, IReadOnlyList<string> others, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return ProjectTester.Test(folder, others, observer, cancellationToken);
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, folder));
            return null;
        }
    }
}
