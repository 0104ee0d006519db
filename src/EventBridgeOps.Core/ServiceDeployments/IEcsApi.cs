using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>The operations of Amazon ECS that the product uses. Documents are returned as the service wrote them.</summary>
/// <remarks>
/// Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached; <see cref="ErrorIds.ResourceNotFound"/>
/// if the cluster or the service does not exist. Shapes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IEcsApi
{
    /// <summary>ListClusters: the ARN of each cluster.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<string> ListClustersAsync(CancellationToken cancellationToken);

    /// <summary>ListServices: the ARN of each service of a cluster.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<string> ListServicesAsync(string cluster, CancellationToken cancellationToken);

    /// <summary>DescribeServices, with tags: one document (<c>serviceName</c>, <c>taskDefinition</c>, <c>deployments</c>, ...) for each; what does not exist is left out.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="services">Names, 1 to 10.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<JsonObject>> DescribeServicesAsync(string cluster, IReadOnlyList<string> services, CancellationToken cancellationToken);

    /// <summary>DescribeTaskDefinition: the document <c>taskDefinition</c>, and beside it <c>tags</c>.</summary>
    /// <param name="taskDefinition">Its ARN, or family with revision.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeTaskDefinitionAsync(string taskDefinition, CancellationToken cancellationToken);

    /// <summary>ListTaskDefinitions: the ARNs of the ACTIVE revisions of a family, the newest first.</summary>
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<string> ListTaskDefinitionsAsync(string family, CancellationToken cancellationToken);

    /// <summary>RegisterTaskDefinition: creates a new revision, and returns its document. It is sent once only, since a request that failed after it was sent may have taken effect.</summary>
    /// <param name="taskDefinition">The whole document.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task<JsonObject> RegisterTaskDefinitionAsync(JsonObject taskDefinition, CancellationToken cancellationToken);

    /// <summary>UpdateService: changes what the request contains, and returns the document of the service with its deployments. It is sent once only, because a forced deployment starts each time.</summary>
    /// <param name="request">The request: <c>cluster</c>, <c>service</c>, and what changes.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task<JsonObject> UpdateServiceAsync(JsonObject request, CancellationToken cancellationToken);

    /// <summary>DescribeServiceRevisions: one document (<c>taskDefinition</c>, <c>containerImages</c> with <c>imageDigest</c>, <c>createdAt</c>, ...) for each; what does not exist is left out.</summary>
    /// <param name="serviceRevisions">ARNs, 1 to 20.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<JsonObject>> DescribeServiceRevisionsAsync(IReadOnlyList<string> serviceRevisions, CancellationToken cancellationToken);

    /// <summary>ListTasks: the ARNs of the running tasks of a service.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<string> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken);

    /// <summary>DescribeTasks: one document (<c>startedBy</c>, <c>containers</c> with <c>imageDigest</c>, ...) for each task; what does not exist is left out.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="tasks">ARNs, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<JsonObject>> DescribeTasksAsync(string cluster, IReadOnlyList<string> tasks, CancellationToken cancellationToken);

    /// <summary>ListServiceDeployments: one document (<c>createdAt</c>, <c>status</c>, <c>statusReason</c>, ...) for each deployment of a service that Amazon ECS still knows.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListServiceDeploymentsAsync(string cluster, string service, CancellationToken cancellationToken);
}
