using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>AWS Batch jobs. Every method throws <see cref="ServiceCallException"/> when the service rejects the call or cannot be reached.</summary>
public interface IBatchJobApi
{
    /// <summary>DescribeJobs: the documents of the jobs that Batch still knows; it deletes a job some days after it has finished.</summary>
    /// <param name="jobIds">The IDs of the Batch jobs, at most 100.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<IReadOnlyList<JsonObject>> DescribeJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken);

    /// <summary>ListJobs: the summaries (<c>jobId</c>, <c>jobName</c>, <c>status</c>, <c>createdAt</c>) of a queue's jobs of one name, in any state.</summary>
    /// <param name="jobQueue">The name or ARN of the job queue.</param>
    /// <param name="jobName">The name of the jobs.</param>
    /// <param name="cancellationToken">Ends the listing at once.</param>
    IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobName, CancellationToken cancellationToken);

    /// <summary>CancelJob: cancels a job that has not started. A job that has started is not affected, without an error.</summary>
    /// <param name="jobId">The ID of the Batch job.</param>
    /// <param name="reason">The reason, for the log of the job.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task CancelJobAsync(string jobId, string reason, CancellationToken cancellationToken);

    /// <summary>TerminateJob: ends a job in any state.</summary>
    /// <param name="jobId">The ID of the Batch job.</param>
    /// <param name="reason">The reason, for the log of the job.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task TerminateJobAsync(string jobId, string reason, CancellationToken cancellationToken);
}
