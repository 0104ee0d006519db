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
    /// <param name="watcher">Waits for changes; null to check once.</param>
    /// <param name="observer">Receives an error if the folder is, for a while, not a project.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, at first.</exception>
    public static async IAsyncEnumerable<ProjectTest> RunAsync(string folder, IFolderWatcher? watcher, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return ProjectTester.Test(folder, observer, cancellationToken);
        while (watcher is not null)
        {
            await watcher.ChangedAsync(cancellationToken);
            if (Again(folder, observer, cancellationToken) is { } test)
                yield return test;
        }
    }

    private static ProjectTest? Again(string folder, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return ProjectTester.Test(folder, observer, cancellationToken);
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, folder));
            return null;
        }
    }
}
