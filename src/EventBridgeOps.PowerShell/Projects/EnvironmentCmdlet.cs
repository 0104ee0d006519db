using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Exporting;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>A cmdlet for an environment of a project.</summary>
public abstract class EnvironmentCmdlet : SessionCmdlet
{
    private protected EnvironmentCmdlet()
    {
    }

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

    /// <summary>The folder of the project.</summary>
    private protected string Folder => FullPath(Path ?? ".")!;

    /// <summary>The session of an environment: in its Region, unless another one is specified.</summary>
    private protected static SessionOptions In(SessionOptions options, ProjectEnvironmentQuery query) => options.Region is null ? options with { Region = query.Read(query.Path!).Environment.Region } : options;
}
