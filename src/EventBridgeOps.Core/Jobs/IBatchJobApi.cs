using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>What the domain asks of AWS Batch about jobs. Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached.</summary>
public interface IBatchJobApi
{
    /// <summary>DescribeJobs: the documents of those jobs that Batch still knows; it forgets a job some days after its end.</summary>
    /// <param name="jobIds">Batch's ids, at most 100.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<IReadOnlyList<JsonObject>> DescribeJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken);

    /// <summary>ListJobs: the summaries (<c>jobId</c>, <c>jobName</c>, <c>status</c>, <c>createdAt</c>) of a queue's jobs of one name, in any state.</summary>
    /// <param name="jobQueue">The queue's name or ARN.</param>
    /// <param name="jobName">The jobs' name.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobName, CancellationToken cancellationToken);

    /// <summary>CancelJob: ends a job that has not started. One that has is left alone, without an error.</summary>
    /// <param name="jobId">Batch's id.</param>
    /// <param name="reason">Why, for the job's log.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task CancelJobAsync(string jobId, string reason, CancellationToken cancellationToken);

    /// <summary>TerminateJob: ends a job in whatever state.</summary>
    /// <param name="jobId">Batch's id.</param>
    /// <param name="reason">Why, for the job's log.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task TerminateJobAsync(string jobId, string reason, CancellationToken cancellationToken);
}
