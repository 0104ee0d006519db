using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>SQS as far as it is spoken here.</summary>
internal sealed class SqsService : IService
{
    public string Name => "sqs";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["CreateQueue"] = QueueOperations.Create,
        ["DeleteQueue"] = QueueOperations.Delete,
        ["GetQueueUrl"] = QueueOperations.GetUrl,
        ["ListQueues"] = QueueOperations.List,
        ["GetQueueAttributes"] = QueueOperations.GetAttributes,
        ["SetQueueAttributes"] = QueueOperations.SetAttributes,
        ["PurgeQueue"] = QueueOperations.Purge,
        ["TagQueue"] = QueueOperations.Tag,
        ["UntagQueue"] = QueueOperations.Untag,
        ["ListQueueTags"] = QueueOperations.ListTags,
        ["ListDeadLetterSourceQueues"] = QueueOperations.ListSources,
        ["AddPermission"] = QueuePermissions.Add,
        ["RemovePermission"] = QueuePermissions.Remove,
        ["SendMessage"] = MessageOperations.Send,
        ["SendMessageBatch"] = MessageBatches.Send,
        ["ReceiveMessage"] = ReceiveOperation.Receive,
        ["DeleteMessage"] = MessageOperations.Delete,
        ["DeleteMessageBatch"] = MessageBatches.Delete,
        ["ChangeMessageVisibility"] = MessageOperations.ChangeVisibility,
        ["ChangeMessageVisibilityBatch"] = MessageBatches.ChangeVisibility,
        ["StartMessageMoveTask"] = MessageMoves.Start,
        ["ListMessageMoveTasks"] = MessageMoves.List,
        ["CancelMessageMoveTask"] = MessageMoves.Cancel,
    };

    public AwsError BadToken => SqsErrors.BadParameter("Invalid or expired next token.");

    public AwsError Internal(int status) => new(status, status == 503 ? "ServiceUnavailable" : "InternalFailure", "An internal error has occurred.");
}
