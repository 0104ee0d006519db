using System.Management.Automation;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Checks project folders of event schemas, examples and rules, without an account.</summary>
[Performs("project test")]
[Cmdlet(VerbsDiagnostic.Test, "EbProject")]
[OutputType(typeof(ProjectFinding))]
public sealed class TestEbProjectCommand : AsyncCmdlet
{
    /// <inheritdoc cref="ProjectTestRequest.Path"/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.Watch"/>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>Checks the project.</summary>
    protected override void ProcessRecord()
    {
        string folder = FullPath(Path ?? ".")!;
        bool watches = Watch;
        Start(async () =>
        {
            using IFolderWatcher? watcher = watches && new ProjectFolder(folder).IsProject ? new FolderWatcher(folder, Clock) : null;
            await foreach (ProjectTest test in ProjectWatch.RunAsync(folder, watcher, Observer, StopToken))
            {
                foreach (ProjectFinding finding in test.Findings)
                    await WriteAsync(finding);
                Observer.Verbose(test.Summary);
                if (!test.Passed)
                    Observer.Failed(new ItemFailure(test.ToError(), folder));
            }
        });
    }
}
