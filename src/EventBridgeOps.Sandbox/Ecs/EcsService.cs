using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>ECS as far as it is spoken here: clusters, task definitions, services and their deployments; no tasks, container instances and capacity providers.</summary>
internal sealed class EcsService : IService
{
    public string Name => "ecs";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateCluster"] = ClusterOperations.Create,
        ["DescribeClusters"] = ClusterOperations.Describe,
        ["ListClusters"] = ClusterOperations.List,
        ["DeleteCluster"] = ClusterOperations.Delete,
        ["RegisterTaskDefinition"] = TaskDefinitions.Register,
        ["DescribeTaskDefinition"] = TaskDefinitions.Describe,
        ["DeregisterTaskDefinition"] = TaskDefinitions.Deregister,
        ["ListTaskDefinitions"] = TaskDefinitionLists.Revisions,
        ["ListTaskDefinitionFamilies"] = TaskDefinitionLists.Families,
        ["CreateService"] = ServiceOperations.Create,
        ["UpdateService"] = ServiceOperations.Update,
        ["DeleteService"] = ServiceOperations.Delete,
        ["DescribeServices"] = ServiceReads.Describe,
        ["ListServices"] = ServiceReads.List,
        ["ListServiceDeployments"] = ServiceDeployments.List,
        ["DescribeServiceDeployments"] = ServiceDeployments.Describe,
        ["DescribeServiceRevisions"] = ServiceRevisions.Describe,
        ["TagResource"] = EcsTags.Tag,
        ["UntagResource"] = EcsTags.Untag,
        ["ListTagsForResource"] = EcsTags.List,
    };

    public AwsError BadToken => EcsErrors.BadParameter("Invalid token.");

    public AwsError Internal(int status) => new(status, "ServerException", "An internal error has occurred.");
}
