using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Gets the logs of a published project: of its event bus, and of its logger.</summary>
[Performs("project logs")]
[Requires("cloudformation:DescribeStacks", "cloudformation:ListStackResources", On = "arn:aws:cloudformation:*:123456789012:stack/*/*")]
[Requires("logs:FilterLogEvents", On = "arn:aws:logs:*:123456789012:log-group:*")]
[Cmdlet(VerbsCommon.Get, "EbProjectLog")]
[OutputType(typeof(ProjectLogLine))]
public sealed class GetEbProjectLogCommand : EnvironmentCmdlet
{
    /// <inheritdoc cref="ProjectLogQuery.Since"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Since { get; set; }

    /// <inheritdoc cref="ProjectLogQuery.Level"/>
    [Parameter]
    [Names(typeof(ProjectLogLevel))]
    public ProjectLogLevel Level { get; set; }

    /// <inheritdoc cref="ProjectLogQuery.FilterPattern"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FilterPattern { get; set; }

    /// <inheritdoc cref="ProjectLogQuery.Follow"/>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Reads it.</summary>
    protected override void ProcessRecord()
    {
        ProjectLogQuery query = new() { Path = Folder, Environment = Environment, Since = Since, Level = Level, FilterPattern = FilterPattern, Follow = Follow };
        SessionOptions options = SessionFor(null)!;
        Start(() => ForItemAsync(Folder, async () =>
        {
            OpsSession session = await OpenAsync(In(options, query));
            await WriteAllAsync(session.Get<ProjectLogReader>().ReadAsync(query, StopToken));
        }));
    }
}
