using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Which services to list.</summary>
[Request]
public sealed partial record ServiceQuery
{
    private const string ClusterSetting = "CLUSTER_NAME";
    private const string ServiceSetting = "SERVICE_NAME";

    /// <summary>The clusters, by name or ARN.</summary>
    [Option("name", Wildcards = true, Setting = ClusterSetting, Otherwise = "all clusters", Names = nameof(NameKind.Cluster))]
    public IReadOnlyList<string> ClusterName { get; init; } = [];

    /// <summary>The services, by name or ARN.</summary>
    [Option("name", Wildcards = true, Setting = ServiceSetting, Otherwise = "all services", Names = nameof(NameKind.Service))]
    public IReadOnlyList<string> ServiceName { get; init; } = [];

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Creates a query from the specified names, else from <c>CLUSTER_NAME</c> and <c>SERVICE_NAME</c>, else for every service.</summary>
    /// <param name="clusterName">Cluster names; null or empty when none is given.</param>
    /// <param name="serviceName">Service names; null or empty when none is given.</param>
    /// <param name="throttleLimit">How many are worked on at a time.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static ServiceQuery From(IReadOnlyList<string>? clusterName, IReadOnlyList<string>? serviceName, int throttleLimit, Func<string, string?> environment) => new()
    {
        ClusterName = Choose(clusterName, environment(ClusterSetting)),
        ServiceName = Choose(serviceName, environment(ServiceSetting)),
        ThrottleLimit = throttleLimit,
    };

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public void Check() => RequestLimits.Check(this, Request);

    /// <summary>Says that no service was found, and what was looked at.</summary>
    public Message NothingFound() => NameLists.IsAll(ServiceName) && NameLists.IsAll(ClusterName) ? ServiceDeploymentMessages.NoServices() : ServiceDeploymentMessages.NothingFound(NameLists.OrAll(ServiceName), NameLists.OrAll(ClusterName));

    private static IReadOnlyList<string> Choose(IReadOnlyList<string>? given, string? variable) => given is { Count: > 0 } ? given : string.IsNullOrEmpty(variable) ? [] : [variable!];
}
