using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Jobs, which run in name only: each time that one is looked at it takes one more step towards SUCCEEDED.</summary>
internal static class JobOperations
{
    private static readonly string[] Path = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED"];

    public static RawDocument Submit(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = BatchNames.Checked("jobName", BatchService.Required(input, "jobName"));
        (string _, RawDocument? queue) = JobQueueOperations.Find(operation, BatchService.Required(input, "jobQueue"));
        if (queue.Text("state") != "ENABLED")
            throw BatchService.ClientError($"JobQueue {queue.Text("jobQueueName")} is DISABLED.");
        RawDocument definition = JobDefinitionOperations.FindActive(operation, BatchService.Required(input, "jobDefinition"));

        string id = operation.Account.Random.Id();
        RawDocument identity = RawDocument.Empty.With("jobArn", operation.Arn("batch", "job/" + id)).With("jobName", name).With("jobId", id);
        operation.State["jobs"][id] = identity
            .With("status", Path[0])
            .With("createdAt", operation.Now.ToUnixTimeMilliseconds())
            .With("container", definition.Object("containerProperties") ?? RawDocument.Empty)
            .With(input.Without("jobName", "containerOverrides"))
            .With("jobQueue", queue.Text("jobQueueArn"))
            .With("jobDefinition", definition.Text("jobDefinitionArn"));
        return identity;
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> ids = operation.Input.Texts("jobs").Distinct().ToList();
        if (ids.Count is 0 or > 100)
            throw BatchService.ClientError("jobs must have 1 to 100 entries.");

        List<RawDocument> found = ids.Where(operation.State["jobs"].ContainsKey).Select(id => operation.State["jobs"][id]).ToList();
        if (operation.Account.JobsAdvanceWhenDescribed)
            found.ForEach(job => Advance(operation.State, job, operation.Now));
        return RawDocument.Empty.With("jobs", found);
    }

    public static RawDocument List(Operation operation)
    {
        (string _, RawDocument? queue) = JobQueueOperations.Find(operation, BatchService.Required(operation.Input, "jobQueue"));
        // A filter by name takes the place of the status, as on AWS; others are not known here.
        List<string>? named = operation.Input.List("filters").Select(RawDocument.From).FirstOrDefault(filter => filter.Text("name") == "JOB_NAME")?.Texts("values").ToList();
        string status = operation.Input.Text("jobStatus") ?? "RUNNING";
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["jobs"].Where(job => job.Value.Text("jobQueue") == queue.Text("jobQueueArn")
                && (named?.Contains(job.Value.Text("jobName") ?? "") ?? job.Value.Text("status") == status)),
            job => job.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"));
        return RawDocument.Empty
            .With("jobSummaryList", page.Items.Select(job => job.Value.Only(
                "jobArn", "jobId", "jobName", "jobDefinition", "createdAt", "status", "statusReason", "startedAt", "stoppedAt")))
            .With("nextToken", page.NextToken);
    }

    /// <summary>Cancels a job that has not started; a job that has started is not changed, as on AWS.</summary>
    public static RawDocument Cancel(Operation operation) => End(operation, "SUBMITTED", "PENDING", "RUNNABLE");

    public static RawDocument Terminate(Operation operation) => End(operation, "SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING");

    /// <summary>One step for every job of a region.</summary>
    public static void AdvanceAll(Region state, DateTimeOffset now)
    {
        foreach (RawDocument? job in state["jobs"].Values.ToList())
            Advance(state, job, now);
    }

    private static void Advance(Region state, RawDocument job, DateTimeOffset now)
    {
        int step = Array.IndexOf(Path, job.Text("status"));
        if (step < 0 || step == Path.Length - 1)
            return;

        job = job.With("status", Path[step + 1]);
        if (Path[step + 1] == "RUNNING")
            job = job.With("startedAt", now.ToUnixTimeMilliseconds());
        if (Path[step + 1] == "SUCCEEDED")
            job = job.With("stoppedAt", now.ToUnixTimeMilliseconds());
        state["jobs"][job.Text("jobId")!] = job;
    }

    private static RawDocument End(Operation operation, params string[] endable)
    {
        string id = BatchService.Required(operation.Input, "jobId");
        string reason = BatchService.Required(operation.Input, "reason");
        if (operation.State["jobs"].Find(id) is { } job && endable.Contains(job.Text("status")))
        {
            operation.State["jobs"][id] = job
                .With("status", "FAILED")
                .With("statusReason", reason)
                .With("stoppedAt", operation.Now.ToUnixTimeMilliseconds());
        }

        return RawDocument.Empty;
    }
}
