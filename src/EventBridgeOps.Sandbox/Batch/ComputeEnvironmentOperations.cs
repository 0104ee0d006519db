using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Compute environments: nothing is computed in them, but queues refer to them.</summary>
internal static class ComputeEnvironmentOperations
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = BatchNames.Checked("computeEnvironmentName", BatchService.Required(input, "computeEnvironmentName"));
        if (BatchService.Required(input, "type") is not ("MANAGED" or "UNMANAGED"))
            throw BatchService.ClientError("type must be one of: MANAGED, UNMANAGED.");
        Table environments = operation.State["computeEnvironments"];
        if (environments.ContainsKey(name))
            throw BatchService.ClientError($"Object already exists: {name}.");

        RawDocument identity = RawDocument.Empty
            .With("computeEnvironmentName", name)
            .With("computeEnvironmentArn", operation.Arn("batch", "compute-environment/" + name));
        environments[name] = identity
            .With("ecsClusterArn", operation.Arn("ecs", $"cluster/{name}_Batch_{operation.Account.Random.Id()}"))
            .With("state", "ENABLED")
            .With("status", "VALID")
            .With("statusReason", "ComputeEnvironment Healthy")
            .With("tags", RawDocument.Empty)
            .With(input.Without("computeEnvironmentName"));
        return identity;
    }

    public static RawDocument Update(Operation operation)
    {
        RawDocument input = operation.Input;
        RawDocument environment = Find(operation, BatchService.Required(input, "computeEnvironment"));
        RawDocument changed = environment.With(input.Without("computeEnvironment", "computeResources"));
        if (input.Object("computeResources") is { } resources)
            changed = changed.With("computeResources", (environment.Object("computeResources") ?? RawDocument.Empty).With(resources));
        operation.State["computeEnvironments"][environment.Text("computeEnvironmentName")!] = changed;
        return environment.Only("computeEnvironmentName", "computeEnvironmentArn");
    }

    public static RawDocument Delete(Operation operation)
    {
        RawDocument environment = Find(operation, BatchService.Required(operation.Input, "computeEnvironment"));
        if (environment.Text("state") != "DISABLED")
            throw BatchService.ClientError("Cannot delete, compute environment must be DISABLED first.");
        string arn = environment.Text("computeEnvironmentArn")!;
        if (operation.State["jobQueues"].Values.Any(queue => queue.List("computeEnvironmentOrder").Any(order =>
            RawDocument.From(order).Text("computeEnvironment") is { } used && (used == arn || used == environment.Text("computeEnvironmentName")))))
        {
            throw BatchService.ClientError("Cannot delete, found existing JobQueue relationship");
        }

        operation.State["computeEnvironments"].Remove(environment.Text("computeEnvironmentName")!);
        return RawDocument.Empty;
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> wanted = operation.Input.Texts("computeEnvironments")
            .Select(environment => BatchNames.Plain(operation, "compute-environment", environment))
            .ToList();
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["computeEnvironments"].Where(environment => wanted.Count == 0 || wanted.Contains(environment.Key)),
            environment => environment.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"));
        return RawDocument.Empty
            .With("computeEnvironments", page.Items.Select(environment => environment.Value))
            .With("nextToken", page.NextToken);
    }

    public static RawDocument Find(Operation operation, string reference) =>
        operation.State["computeEnvironments"].Find(BatchNames.Plain(operation, "compute-environment", reference))
        ?? throw BatchService.ClientError($"computeEnvironment {reference} does not exist.");
}
