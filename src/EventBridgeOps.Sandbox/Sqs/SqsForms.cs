using EventBridgeOps.Sandbox.Queries;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The older query protocol of SQS, which older SDKs and scripts speak: everything in it is flattened.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html, and the service model of that protocol.</remarks>
internal static class SqsForms
{
    public static QueryApi Api { get; } = new("sqs", "2012-11-05", "http://queue.amazonaws.com/doc/2012-11-05/")
    {
        Members =
        [
            QueryMember.FlatMap("Attributes", "Attribute"),
            QueryMember.FlatMap("MessageAttributes", "MessageAttribute"),
            QueryMember.FlatMap("MessageSystemAttributes", "MessageSystemAttribute"),
            QueryMember.FlatMap("tags", "Tag", "Key") with { Operation = "CreateQueue" },
            QueryMember.FlatMap("Tags", "Tag", "Key"),
            QueryMember.FlatList("TagKeys", "TagKey"),
            QueryMember.FlatList("AttributeNames", "AttributeName"),
            QueryMember.FlatList("MessageAttributeNames", "MessageAttributeName"),
            QueryMember.FlatList("MessageSystemAttributeNames", "MessageSystemAttributeName"),
            QueryMember.FlatList("AWSAccountIds", "AWSAccountId"),
            QueryMember.FlatList("Actions", "ActionName"),
            QueryMember.FlatList("Entries", "{0}RequestEntry"),
            QueryMember.FlatList("Successful", "{0}ResultEntry") with { IsAnswer = true },
            QueryMember.FlatList("Failed", "BatchResultErrorEntry") with { IsAnswer = true },
            QueryMember.FlatList("Results", "{0}ResultEntry") with { IsAnswer = true },
            QueryMember.FlatList("Messages", "Message") with { IsAnswer = true },
            QueryMember.FlatList("QueueUrls", "QueueUrl") with { IsAnswer = true },
            QueryMember.FlatList("queueUrls", "QueueUrl") with { IsAnswer = true, Operation = "ListDeadLetterSourceQueues" },
            QueryMember.FlatList("StringListValues", "StringListValue"),
            QueryMember.FlatList("BinaryListValues", "BinaryListValue"),
        ],
        Numbers = ["DelaySeconds", "MaxNumberOfMessages", "MaxNumberOfMessagesPerSecond", "MaxResults", "VisibilityTimeout", "WaitTimeSeconds"],
        Silent =
        [
            "SetQueueAttributes", "DeleteQueue", "PurgeQueue", "TagQueue", "UntagQueue", "AddPermission", "RemovePermission", "DeleteMessage",
            "ChangeMessageVisibility",
        ],
    };
}
