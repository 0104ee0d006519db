using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.PowerShell.ServiceDeployments;

/// <summary>Gets the deployments of Amazon ECS services: task definition, images, and whether they are completed, have failed, or were rolled back.</summary>
[Performs("service list")]
[Requires("ecs:ListClusters", "ecs:ListServices", "ecs:DescribeServices", "ecs:DescribeTaskDefinition")]
[Cmdlet(VerbsCommon.Get, "EbServiceDeployment")]
[OutputType(typeof(ServiceDeployment))]
public sealed class GetEbServiceDeploymentCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, ServiceQuery Query)> _queries = [];

    /// <inheritdoc cref="ServiceQuery.ServiceName"/>
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

    /// <inheritdoc cref="ServiceQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord() => _queries.Add((SessionFor(null)!, ServiceQuery.From(ClusterName, ServiceName, ThrottleLimit, Shell.Environment)));

    /// <summary>Reads the services, and writes each deployment as it arrives.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, ServiceQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await ForItemAsync(query, () => WriteAllAsync(session.Get<ServiceDeploymentReader>().ReadAsync(query, Observer, StopToken), nothing: query.NothingFound()));
            }
        });
        base.EndProcessing();
    }
}
