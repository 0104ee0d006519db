using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>Batch jobs in memory.</summary>
internal sealed class FakeBatchJobs : IBatchJobApi
{
    public Dictionary<string, string> Status { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>Runs before each look at jobs.</summary>
    public Action? BeforeDescribe { get; set; }

    public Task<IReadOnlyList<JsonObject>> DescribeJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
    {
        Calls.Add("DescribeJobs");
        Assert.True(jobIds.Count <= 100);
        BeforeDescribe?.Invoke();
        return Task.FromResult<IReadOnlyList<JsonObject>>([.. jobIds.Where(Status.ContainsKey).Select(id => Document.Parse($$"""{"jobId":"{{id}}","status":"{{Status[id]}}","container":{"logStreamName":"log/{{id}}"} }"""))]);
    }

    public async IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobName, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task CancelJobAsync(string jobId, string reason, CancellationToken cancellationToken)
    {
        Calls.Add($"CancelJob {jobId}");
        if (Status[jobId] is "SUBMITTED" or "PENDING" or "RUNNABLE")
            Status[jobId] = "FAILED";
        return Task.CompletedTask;
    }

    public Task TerminateJobAsync(string jobId, string reason, CancellationToken cancellationToken)
    {
        Calls.Add($"TerminateJob {jobId}");
        Status[jobId] = "FAILED";
        return Task.CompletedTask;
    }
}
