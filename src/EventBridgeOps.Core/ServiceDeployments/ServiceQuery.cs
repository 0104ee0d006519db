using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Which services to list.</summary>
[Request]
public sealed partial record ServiceQuery
{
    /// <summary>The clusters, by name or ARN.</summary>
    [Option("name", Wildcards = true, Setting = "CLUSTER_NAME", Otherwise = "all clusters", Names = nameof(NameKind.Cluster))]
    public IReadOnlyList<string> ClusterName { get; init; } = [];

    /// <summary>The services, by name or ARN.</summary>
    [Option("name", Wildcards = true, Setting = "SERVICE_NAME", Otherwise = "all services", Names = nameof(NameKind.Service))]
    public IReadOnlyList<string> ServiceName { get; init; } = [];

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public void Check() => RequestLimits.Check(this, Request);

    /// <summary>Says that no service was found, and what was looked at.</summary>
    public Message NothingFound() => ServiceDeploymentMessages.NothingFound(OrAll(ServiceName), OrAll(ClusterName));

    internal static IReadOnlyList<string> OrAll(IReadOnlyList<string> names) => names.Count > 0 ? names : ["*"];
}
