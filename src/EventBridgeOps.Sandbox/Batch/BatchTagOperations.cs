using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Tags, which Batch keeps in the resource's own document.</summary>
internal static class BatchTagOperations
{
    private static readonly (string Table, string Arn)[] Taggable =
    [
        ("jobDefinitions", "jobDefinitionArn"),
        ("jobQueues", "jobQueueArn"),
        ("computeEnvironments", "computeEnvironmentArn"),
        ("jobs", "jobArn"),
    ];

    public static RawDocument Tag(Operation operation) =>
        Change(operation, tags => tags.With(operation.Input.Object("tags") ?? throw BatchService.ClientError("tags must not be empty.")));

    public static RawDocument Untag(Operation operation) =>
        Change(operation, tags => tags.Without(operation.Input.Texts("tagKeys").ToArray()));

    public static RawDocument List(Operation operation)
    {
        (string _, string _, RawDocument? resource) = Find(operation);
        return RawDocument.Empty.With("tags", resource.Object("tags") ?? RawDocument.Empty);
    }

    private static RawDocument Change(Operation operation, Func<RawDocument, RawDocument> change)
    {
        (string? table, string? key, RawDocument? resource) = Find(operation);
        operation.State[table][key] = resource.With("tags", change(resource.Object("tags") ?? RawDocument.Empty));
        return RawDocument.Empty;
    }

    private static (string Table, string Key, RawDocument Resource) Find(Operation operation)
    {
        string arn = BatchService.Required(operation.Input, "resourceArn");
        foreach ((string? table, string? member) in Taggable)
        {
            foreach (KeyValuePair<string, RawDocument> row in operation.State[table])
            {
                if (row.Value.Text(member) == arn)
                    return (table, row.Key, row.Value);
            }
        }

        throw BatchService.ClientError($"Resource {arn} not found.");
    }
}
