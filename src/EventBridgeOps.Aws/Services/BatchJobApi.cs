using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS Batch's jobs over the wire.</summary>
internal sealed class BatchJobApi(AwsDocumentClient client) : IBatchJobApi
{
    private const int PageSize = 100;

    private static readonly ServiceOperation DescribeJobs = Operation(nameof(DescribeJobs));
    private static readonly ServiceOperation ListJobs = Operation(nameof(ListJobs));
    private static readonly ServiceOperation CancelJob = Operation(nameof(CancelJob));
    private static readonly ServiceOperation TerminateJob = Operation(nameof(TerminateJob));

    public async Task<IReadOnlyList<JsonObject>> DescribeJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        Message subject = jobIds.Count == 1 ? ServicesMessages.BatchJob(jobIds[0]) : ServicesMessages.SeveralBatchJobs(jobIds.Count);
        JsonObject request = new() { ["jobs"] = new JsonArray([.. jobIds.Select(id => JsonValue.Create(id))]) };
        return new Answer(DescribeJobs, subject, await client.InvokeAsync(DescribeJobs, subject, request, cancellationToken)).Documents("jobs", "jobId", "status");
    }

    public async IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject request = new()
        {
            ["jobQueue"] = jobQueue,
            ["filters"] = new JsonArray(new JsonObject { ["name"] = "JOB_NAME", ["values"] = new JsonArray(jobName) }),
            ["maxResults"] = PageSize,
        };
        await foreach (Answer page in Listing.PagesAsync(client, ListJobs, ServicesMessages.JobsNamed(jobName, jobQueue), request, "nextToken", cancellationToken))
        {
            foreach (JsonObject job in page.Documents("jobSummaryList", "jobId"))
                yield return job;
        }
    }

    public Task CancelJobAsync(string jobId, string reason, CancellationToken cancellationToken) => EndAsync(CancelJob, jobId, reason, cancellationToken);

    public Task TerminateJobAsync(string jobId, string reason, CancellationToken cancellationToken) => EndAsync(TerminateJob, jobId, reason, cancellationToken);

    private Task<JsonObject> EndAsync(ServiceOperation operation, string jobId, string reason, CancellationToken cancellationToken) =>
        client.InvokeAsync(operation, ServicesMessages.BatchJob(jobId), new JsonObject { ["jobId"] = jobId, ["reason"] = reason }, cancellationToken);

    private static ServiceOperation Operation(string name) => new(AwsService.Batch, name, "batch:" + name, "/v1/" + name.ToLowerInvariant());
}
