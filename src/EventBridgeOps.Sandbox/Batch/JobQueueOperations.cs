using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Job queues, which are VALID at once.</summary>
internal static class JobQueueOperations
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = BatchNames.Checked("jobQueueName", BatchService.Required(input, "jobQueueName"));
        if (input.Number("priority") is null)
            throw BatchService.ClientError("priority must not be empty.");
        CheckEnvironments(operation);
        Table queues = operation.State["jobQueues"];
        if (queues.ContainsKey(name))
            throw BatchService.ClientError($"Object already exists: {name}.");

        RawDocument identity = RawDocument.Empty.With("jobQueueName", name).With("jobQueueArn", operation.Arn("batch", "job-queue/" + name));
        queues[name] = identity
            .With("state", "ENABLED")
            .With("status", "VALID")
            .With("statusReason", "JobQueue Healthy")
            .With("computeEnvironmentOrder", Json.Array([]))
            .With("tags", RawDocument.Empty)
            .With(input.Without("jobQueueName"));
        return identity;
    }

    public static RawDocument Update(Operation operation)
    {
        CheckEnvironments(operation);
        (string? name, RawDocument? queue) = Find(operation, BatchService.Required(operation.Input, "jobQueue"));
        operation.State["jobQueues"][name] = queue.With(operation.Input.Without("jobQueue"));
        return queue.Only("jobQueueName", "jobQueueArn");
    }

    public static RawDocument Delete(Operation operation)
    {
        (string? name, RawDocument? queue) = Find(operation, BatchService.Required(operation.Input, "jobQueue"));
        if (queue.Text("state") != "DISABLED")
            throw BatchService.ClientError("Cannot delete, JobQueue must be DISABLED first.");
        operation.State["jobQueues"].Remove(name);
        return RawDocument.Empty;
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> wanted = operation.Input.Texts("jobQueues").Select(queue => BatchNames.Plain(operation, "job-queue", queue)).ToList();
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["jobQueues"].Where(queue => wanted.Count == 0 || wanted.Contains(queue.Key)),
            queue => queue.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"));
        return RawDocument.Empty.With("jobQueues", page.Items.Select(queue => queue.Value)).With("nextToken", page.NextToken);
    }

    /// <summary>The queue with this name or ARN.</summary>
    public static (string Name, RawDocument Queue) Find(Operation operation, string reference)
    {
        string name = BatchNames.Plain(operation, "job-queue", reference);
        return (name, operation.State["jobQueues"].Find(name) ?? throw BatchService.ClientError($"{reference} does not exist."));
    }

    private static void CheckEnvironments(Operation operation)
    {
        foreach (JsonElement order in operation.Input.List("computeEnvironmentOrder").Where(order => order.ValueKind == JsonValueKind.Object))
            ComputeEnvironmentOperations.Find(operation, BatchService.Required(RawDocument.From(order), "computeEnvironment"));
    }
}
