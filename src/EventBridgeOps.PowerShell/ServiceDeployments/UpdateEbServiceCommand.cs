using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.PowerShell.ServiceDeployments;

/// <summary>Deploys Amazon ECS services: again, or with a new revision of their task definition in which only the image is different.</summary>
[Performs("service update")]
[Requires("ecs:ListClusters", "ecs:ListServices", "ecs:ListTaskDefinitions", "ecs:DescribeTaskDefinition", "ecs:DescribeServiceRevisions", "ecs:ListTasks", "ecs:DescribeTasks", "ecs:RegisterTaskDefinition")]
[Requires("ecs:TagResource", On = "arn:aws:ecs:*:123456789012:task-definition/*")]
[Requires("ecs:DescribeServices", "ecs:UpdateService", On = "arn:aws:ecs:*:123456789012:service/*")]
[Requires("ecr:DescribeImages", "ecr:BatchGetImage", On = "arn:aws:ecr:*:123456789012:repository/newsarchive-backend")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/ecs-*", PassedTo = ["ecs-tasks.amazonaws.com"])]
[Requires("ecs:ListServiceDeployments", On = "arn:aws:ecs:*:123456789012:service/*", With = "With -Wait")]
[Cmdlet(VerbsData.Update, "EbService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ServiceUpdateResult))]
public sealed class UpdateEbServiceCommand : SessionCmdlet
{
    private readonly Feeder<SessionOptions, ServiceSelection> _runs;
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public UpdateEbServiceCommand()
    {
        _runs = new Feeder<SessionOptions, ServiceSelection>(StopToken);
        _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());
    }

    /// <summary>The services, by name or ARN. With <c>-Image</c>, by default all that run an image of the repository.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServicePatternCompleter))]
    public string[]? ServiceName { get; set; }

    /// <inheritdoc cref="ServiceQuery.ClusterName"/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClusterPatternCompleter))]
    public string[]? ClusterName { get; set; }

    /// <summary>The image to run: repository with tag or digest, with or without its registry.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <inheritdoc cref="ServiceUpdateOptions.ForceNewDeployment"/>
    [Parameter]
    public SwitchParameter ForceNewDeployment { get; set; }

    /// <inheritdoc cref="ServiceUpdateOptions.SkipImageCheck"/>
    [Parameter]
    public SwitchParameter SkipImageCheck { get; set; }

    /// <inheritdoc cref="ServiceUpdateOptions.Wait"/>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc cref="ServiceUpdateOptions.TimeoutSeconds"/>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int TimeoutSeconds { get; set; } = ServiceUpdateOptions.DefaultTimeoutSeconds;

    /// <inheritdoc cref="WriteOptions.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    private ServiceUpdateOptions Options => new()
    {
        ForceNewDeployment = ForceNewDeployment,
        SkipImageCheck = SkipImageCheck,
        Wait = Wait,
        TimeoutSeconds = TimeoutSeconds,
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Passes the selection to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        ServiceQuery names = ServiceQuery.From(ClusterName, ServiceName, ThrottleLimit, Shell.Environment);
        ServiceSelection selection = OrEnd(() => ServiceSelection.From(names.ClusterName, names.ServiceName, Image));
        SessionOptions session = SessionFor(null)!;
        ServiceUpdateOptions options = Options;
        Feed(_runs.RunOf(session, selections => Start(async () =>
        {
            OpsSession opened = await OpenAsync(session);
            await WriteAllAsync(opened.Get<ServiceUpdate>().RunAsync(selections, options, ApproveAsync, Observer, StopToken), write: true, result => _summary.Add(result.Status, result.ChangeId));
        })), selection);
    }

    /// <summary>Waits until everything is done.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        base.EndProcessing();
        _summary.Write();
    }
}
