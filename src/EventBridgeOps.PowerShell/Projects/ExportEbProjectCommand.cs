using System.Management.Automation;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Exports the CloudFormation template of a project, without an account.</summary>
[Performs("project export")]
[Cmdlet(VerbsData.Export, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(ProjectFile))]
public sealed class ExportEbProjectCommand : AsyncCmdlet
{
    /// <inheritdoc cref="ProjectQuery.Path"/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc cref="ProjectEnvironmentQuery.Environment"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EnvironmentName")]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <inheritdoc cref="ProjectExportRequest.Format"/>
    [Parameter]
    [Names(typeof(ExportFormat))]
    public ExportFormat Format { get; set; } = ExportFormat.CloudFormation;

    /// <inheritdoc cref="ProjectExportRequest.OutputPath"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <inheritdoc cref="ProjectExportRequest.Consumer"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Consumer { get; set; }

    /// <summary>Exports the project.</summary>
    protected override void ProcessRecord()
    {
        string folder = FullPath(Path ?? ".")!;
        string? into = FullPath(OutputPath);
        ProjectExportRequest request = new() { Path = folder, Environment = Environment, Format = Format, OutputPath = into, Consumer = Consumer };
        if (into is not null && !ShouldProcess(into))
            return;
        Start(async () =>
        {
            ProjectExport export = ProjectExport.Of(folder, request);
            foreach (TemplateWarning warning in export.Template.Warnings)
                Observer.Warning(ProjectExport.Say(warning));
            if (into is null)
            {
                await WriteAsync(export.ToText());
                return;
            }

            foreach (ProjectFile file in export.Write(into))
                await WriteAsync(file);
        });
    }
}
