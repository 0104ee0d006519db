using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
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

    public static Document Tag(Operation operation) =>
        Change(operation, tags => tags.With(operation.Input.Object("tags") ?? throw BatchService.ClientError("tags must not be empty.")));

    public static Document Untag(Operation operation) =>
        Change(operation, tags => tags.Without(operation.Input.Texts("tagKeys").ToArray()));

    public static Document List(Operation operation)
    {
        (string _, string _, Document? resource) = Find(operation);
        return Document.Empty.With("tags", resource.Object("tags") ?? Document.Empty);
    }

    private static Document Change(Operation operation, Func<Document, Document> change)
    {
        (string? table, string? key, Document? resource) = Find(operation);
        operation.State[table][key] = resource.With("tags", change(resource.Object("tags") ?? Document.Empty));
        return Document.Empty;
    }

    private static (string Table, string Key, Document Resource) Find(Operation operation)
    {
        string arn = BatchService.Required(operation.Input, "resourceArn");
        foreach ((string? table, string? member) in Taggable)
        {
            foreach (KeyValuePair<string, Document> row in operation.State[table])
            {
                if (row.Value.Text(member) == arn)
                    return (table, row.Key, row.Value);
            }
        }

        throw BatchService.ClientError($"Resource {arn} not found.");
    }
}
