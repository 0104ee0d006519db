using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.JobDefinitions;

/// <summary>The operations of AWS Batch that the product uses. Documents are returned as the service wrote them.</summary>
/// <remarks>
/// Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached.
/// Shapes: https://docs.aws.amazon.com/batch/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IBatchApi
{
    /// <summary>DescribeJobDefinitions for one name: all pages, in the order of the service, which is not reliable.</summary>
    /// <param name="jobDefinitionName">The name without a revision.</param>
    /// <param name="status"><c>ACTIVE</c> or <c>INACTIVE</c>; null for both.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> DescribeJobDefinitionsAsync(string jobDefinitionName, string? status, CancellationToken cancellationToken);

    /// <summary>DescribeJobDefinitions over the whole account and region, one page of up to 100 a call, so that the caller may stop when it stops to pay.</summary>
    /// <param name="status"><c>ACTIVE</c> or <c>INACTIVE</c>; null for both.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<DocumentPage> DescribeJobDefinitionPagesAsync(string? status, CancellationToken cancellationToken);

    /// <summary>DescribeJobQueues: one document (<c>jobQueueName</c>, <c>jobQueueArn</c>, ...) for each queue of the account and region.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> DescribeJobQueuesAsync(CancellationToken cancellationToken);

    /// <summary>DescribeJobDefinitions for some revisions, in the service's order; what does not exist is left out.</summary>
    /// <param name="jobDefinitions">ARNs, or names with revision, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> DescribeJobDefinitionRevisionsAsync(IReadOnlyList<string> jobDefinitions, CancellationToken cancellationToken);

    /// <summary>RegisterJobDefinition: creates a new revision. It is sent once only, since a request that failed after it was sent may have taken effect.</summary>
    /// <param name="jobDefinition">The whole document.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task<RegisteredJobDefinition> RegisterJobDefinitionAsync(JsonObject jobDefinition, CancellationToken cancellationToken);

    /// <summary>DeregisterJobDefinition: makes one revision INACTIVE permanently.</summary>
    /// <param name="jobDefinition">Its ARN, or name with revision.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeregisterJobDefinitionAsync(string jobDefinition, CancellationToken cancellationToken);

    /// <summary>ListJobs: one document (<c>jobId</c>, <c>jobName</c>, <c>jobDefinition</c>, <c>status</c>, ...) for each job of a queue in one status.</summary>
    /// <param name="jobQueue">The queue's name or ARN.</param>
    /// <param name="jobStatus">For example <c>RUNNING</c>. The parent of an array job is PENDING while any child is not finished.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobStatus, CancellationToken cancellationToken);
}

/// <summary>The result of RegisterJobDefinition.</summary>
/// <param name="JobDefinitionName">The name.</param>
/// <param name="JobDefinitionArn">The new revision's ARN.</param>
/// <param name="Revision">The new revision.</param>
public sealed record RegisteredJobDefinition(string JobDefinitionName, string JobDefinitionArn, int Revision);

/// <summary>One page of a listing.</summary>
/// <param name="Documents">The page's documents.</param>
/// <param name="IsLast">True if the service returned no token for another page.</param>
public sealed record DocumentPage(IReadOnlyList<JsonObject> Documents, bool IsLast);
