using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Submits, describes and ends jobs. What becomes of them is the matter of <see cref="JobCourse"/>.</summary>
internal static class JobOperations
{
    private const int MostChildren = 10_000;

    public static RawDocument Submit(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = BatchNames.Checked("jobName", BatchService.Required(input, "jobName"));
        (string _, RawDocument? queue) = JobQueueOperations.Find(operation, BatchService.Required(input, "jobQueue"));
        if (queue.Text("state") != "ENABLED")
            throw BatchService.ClientError($"JobQueue {queue.Text("jobQueueName")} is DISABLED.");
        if (queue.Text("schedulingPolicyArn") is { Length: > 0 } && string.IsNullOrEmpty(input.Text("shareIdentifier")))
            throw BatchService.ClientError("shareIdentifier must be specified for a job queue with a fair-share scheduling policy."); // https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html#Batch-SubmitJob-request-shareIdentifier
        RawDocument definition = JobDefinitionOperations.FindActive(operation, BatchService.Required(input, "jobDefinition"));
        long? size = input.Object("arrayProperties")?.Number("size");
        if (input["arrayProperties"] is not null && size is not null and not (>= 2 and <= MostChildren))
            throw BatchService.ClientError($"Array size must be between 2 and {MostChildren}.");
        List<RawDocument> dependsOn = input.List("dependsOn").Select(RawDocument.From).ToList();
        foreach (string missing in dependsOn.Select(dependency => dependency.Text("jobId")).OfType<string>().Where(id => !operation.State["jobs"].ContainsKey(id)))
            throw BatchService.ClientError($"Job {missing} in dependsOn does not exist.");

        string id = operation.Account.Random.Id();
        RawDocument job = Document(operation, id, name, queue, definition);
        if (size is null)
        {
            JobCourse.Start(operation, job);
        }
        else
        {
            JobCourse.Start(operation, job.With("arrayProperties", RawDocument.Empty.With("size", size.Value).With("statusSummary", RawDocument.Empty)));
            for (int index = 0; index < size; index++)
                JobCourse.Start(operation, Child(operation, job, index, dependsOn));
        }

        return job.Only("jobArn", "jobName", "jobId");
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> ids = operation.Input.Texts("jobs").Distinct().ToList();
        if (ids.Count is 0 or > 100)
            throw BatchService.ClientError("jobs must have 1 to 100 entries.");

        if (ids.Find(JobNodes.IsNode) is { } node)
            throw BatchService.ClientError(BatchMessages.NodeNotSimulated(node).ToString());
        List<RawDocument> found = ids.Where(operation.State["jobs"].ContainsKey).Select(id => operation.State["jobs"][id]).ToList();
        if (operation.Account.JobsAdvanceWhenDescribed)
            found.ForEach(job => JobCourse.StepWithChildren(operation, job));
        return RawDocument.Empty.With("jobs", found);
    }

    public static RawDocument List(Operation operation)
    {
        Func<KeyValuePair<string, RawDocument>, bool> isWanted = JobFilter.Of(operation);
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["jobs"].Where(isWanted), job => job.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"));
        return RawDocument.Empty
            .With("jobSummaryList", page.Items.Select(job =>
            {
                RawDocument summary = job.Value.Only(
                    "jobArn", "jobId", "jobName", "jobDefinition", "createdAt", "status", "statusReason", "startedAt", "stoppedAt", "arrayProperties");
                if (job.Value.Object(JobContainers.Nodes) is { } nodes)
                    summary = summary.With(JobContainers.Nodes, nodes.Only("numNodes"));
                return job.Value.Object("container") is { } container ? summary.With("container", container.Only("exitCode", "reason")) : summary;
            }))
            .With("nextToken", page.NextToken);
    }

    /// <summary>Cancels a job that has not started; a job that has started is not changed, as on AWS.</summary>
    public static RawDocument Cancel(Operation operation) => End(operation, "SUBMITTED", "PENDING", "RUNNABLE");

    public static RawDocument Terminate(Operation operation) => End(operation, "SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING");

    private static RawDocument End(Operation operation, params string[] endable)
    {
        string id = BatchService.Required(operation.Input, "jobId");
        string reason = BatchService.Required(operation.Input, "reason");
        foreach (string each in JobCourse.ChildIds(operation.State, id).Append(id).ToList())
        {
            if (operation.State["jobs"].Find(each) is { } job && endable.Contains(job.Text("status")))
                JobCourse.End(operation, job, isSuccess: false, reason);
        }

        return RawDocument.Empty;
    }

    private static RawDocument Document(Operation operation, string id, string name, RawDocument queue, RawDocument definition)
    {
        RawDocument input = operation.Input;
        RawDocument parameters = (definition.Object("parameters") ?? RawDocument.Empty).With(input.Object("parameters") ?? RawDocument.Empty);
        RawDocument job = RawDocument.Empty
            .With("jobArn", operation.Arn("batch", "job/" + id))
            .With("jobName", name)
            .With("jobId", id)
            .With("jobQueue", queue.Text("jobQueueArn"))
            .With("status", JobCourse.Submitted)
            .With("attempts", Json.Array([]))
            .With("createdAt", operation.Now.ToUnixTimeMilliseconds())
            .With(definition.Only("retryStrategy", "timeout", "platformCapabilities", "schedulingPriority", "propagateTags", "consumableResourceProperties"))
            .With("dependsOn", Json.Array([]))
            .With("jobDefinition", definition.Text("jobDefinitionArn"))
            .With(input.Without([.. JobContainers.Overrides, "jobName", "jobQueue", "jobDefinition", "parameters", "arrayProperties", "schedulingPriorityOverride", "consumableResourcePropertiesOverride"]))
            .With("parameters", parameters);
        if (input.Number("schedulingPriorityOverride") is { } priority)
            job = job.With("schedulingPriority", priority);
        if (input.Object("consumableResourcePropertiesOverride") is { } resources)
            job = job.With("consumableResourceProperties", resources);
        return job.With(JobContainers.Of(definition, input));
    }

    private static RawDocument Child(Operation operation, RawDocument parent, int index, IEnumerable<RawDocument> dependsOn)
    {
        string id = string.Format(CultureInfo.InvariantCulture, "{0}:{1}", parent.Text("jobId"), index);
        IEnumerable<RawDocument> own = dependsOn.Select(dependency => dependency.Text("type") switch
        {
            "SEQUENTIAL" => index == 0 ? null : On(parent.Text("jobId")!, index - 1),
            "N_TO_N" => On(dependency.Text("jobId")!, index),
            _ => dependency,
        }).OfType<RawDocument>();
        return parent
            .With("jobId", id)
            .With("jobArn", operation.Arn("batch", "job/" + id))
            .With("arrayProperties", RawDocument.Empty.With("index", index))
            .With("dependsOn", own);
    }

    private static RawDocument On(string job, int index) =>
        RawDocument.Empty.With("jobId", string.Format(CultureInfo.InvariantCulture, "{0}:{1}", job, index));
}
