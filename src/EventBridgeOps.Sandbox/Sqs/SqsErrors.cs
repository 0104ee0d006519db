using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The errors of SQS, with the codes of both of its protocols.</summary>
/// <remarks>The service model of SQS: the error code of awsQueryError beside the name of each error.</remarks>
internal static class SqsErrors
{
    public static AwsError NoQueue() =>
        Of("QueueDoesNotExist", "The specified queue does not exist.", "AWS.SimpleQueueService.NonExistentQueue");

    public static AwsError QueueExists() =>
        Of("QueueNameExists", "A queue already exists with the same name and a different value for one of its attributes.", "QueueAlreadyExists");

    public static AwsError UnknownAttribute(string name) => Of("InvalidAttributeName", $"Unknown Attribute {name}.");

    public static AwsError BadAttribute(string name) => Of("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    public static AwsError Missing(string member) => Of("MissingParameter", $"The request must contain the parameter {member}.");

    public static AwsError BadParameter(string message) => Of("InvalidParameterValueException", message, "InvalidParameterValue");

    public static AwsError BadReceiptHandle() => Of("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");

    public static AwsError NotInFlight() => Of("MessageNotInflight", "The specified message isn't in flight.", "AWS.SimpleQueueService.MessageNotInflight");

    public static AwsError EmptyBatch() =>
        Of("EmptyBatchRequest", "There should be at least one entry in the request.", "AWS.SimpleQueueService.EmptyBatchRequest");

    public static AwsError TooManyEntries(int count) => Of(
        "TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {count}.", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest");

    public static AwsError SameIds(string id) =>
        Of("BatchEntryIdsNotDistinct", $"Id {id} repeated.", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct");

    public static AwsError BadEntryId() => Of(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
        "AWS.SimpleQueueService.InvalidBatchEntryId");

    public static AwsError BatchTooLong(int bytes) => Of(
        "BatchRequestTooLong",
        $"Batch requests cannot be longer than {MessageOperations.MostBytes} bytes. You have sent {bytes} bytes.",
        "AWS.SimpleQueueService.BatchRequestTooLong");

    public static AwsError NotFound(string message) => Of("ResourceNotFoundException", message);

    public static AwsError TaskRunning() => Of(
        "UnsupportedOperation",
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
        "AWS.SimpleQueueService.UnsupportedOperation");

    public static AwsError NotSupported(string what) => Of(
        "UnsupportedOperation", SqsMessages.NotSupported(what).ToString(), "AWS.SimpleQueueService.UnsupportedOperation");

    private static AwsError Of(string code, string message, string? queryCode = null) =>
        new(400, "com.amazonaws.sqs#" + code, message) { QueryCode = queryCode ?? code };
}
