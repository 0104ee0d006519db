using System.Management.Automation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Making;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Makes a project folder of event schemas, examples and rules, from a sample or empty.</summary>
[Performs("project new")]
[Cmdlet(VerbsCommon.New, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ProjectFile))]
public sealed class NewEbProjectCommand : AsyncCmdlet
{
    /// <inheritdoc cref="ProjectQuery.Path"/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc cref="NewProjectRequest.Name"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc cref="NewProjectRequest.Sample"/>
    [Parameter]
    [ValidateSet("orchestrator", "mvp", "cicd", "ecr-batch", "empty")]
    public string? Sample { get; set; }

    /// <summary>Makes the project.</summary>
    protected override void ProcessRecord()
    {
        string folder = FullPath(Path ?? ".")!;
        NewProjectRequest request = new() { Path = folder, Name = Name, Sample = Sample };
        if (!ShouldProcess(folder))
            return;
        Start(async () =>
        {
            foreach (ProjectFile file in ProjectMaker.Make(folder, request))
                await WriteAsync(file);
        });
    }
}
