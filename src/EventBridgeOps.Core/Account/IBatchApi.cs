using System.Text.Json.Nodes;

namespace EventBridgeOps.Account;

/// <summary>What the domain asks of AWS Batch. Documents come out as the service wrote them.</summary>
/// <remarks>
/// Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached.
/// Shapes: https://docs.aws.amazon.com/batch/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IBatchApi
{
    /// <summary>DescribeJobDefinitions for one name: every page of it, in the service's order, which is not to be trusted.</summary>
    /// <param name="jobDefinitionName">The name without a revision.</param>
    /// <param name="status"><c>ACTIVE</c> or <c>INACTIVE</c>; null for both.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<JsonObject> DescribeJobDefinitionsAsync(string jobDefinitionName, string? status, CancellationToken cancellationToken);

    /// <summary>DescribeJobDefinitions over the whole account and region, one page of up to 100 a call, so that the caller may stop when it stops to pay.</summary>
    /// <param name="status"><c>ACTIVE</c> or <c>INACTIVE</c>; null for both.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<DocumentPage> DescribeJobDefinitionPagesAsync(string? status, CancellationToken cancellationToken);

    /// <summary>DescribeJobQueues: one document (<c>jobQueueName</c>, <c>jobQueueArn</c>, ...) for each queue of the account and region.</summary>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<JsonObject> DescribeJobQueuesAsync(CancellationToken cancellationToken);
}

/// <summary>One page of a listing.</summary>
/// <param name="Documents">The page's documents.</param>
/// <param name="IsLast">True when the service gave no token for a further page.</param>
public sealed record DocumentPage(IReadOnlyList<JsonObject> Documents, bool IsLast);
