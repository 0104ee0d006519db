using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>The errors of SNS.</summary>
/// <remarks>The service model sns-2010-03-31; the words are those of the service.</remarks>
internal static class SnsErrors
{
    public static AwsError Invalid(string what) => new(400, "InvalidParameter", "Invalid parameter: " + what);

    public static AwsError Value(string message) => new(400, "ParameterValueInvalid", message);

    public static AwsError NoTopic() => new(404, "NotFound", "Topic does not exist");

    public static AwsError NoSubscription() => new(404, "NotFound", "Subscription does not exist");

    public static AwsError NoResource() => new(404, "ResourceNotFound", "Resource does not exist");

    public static AwsError EmptyBatch() => new(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");

    public static AwsError TooManyEntries() => new(400, "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");

    public static AwsError SameIds() => new(400, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");

    public static AwsError BadEntryId() => new(400, "InvalidBatchEntryId", "The Id of a batch entry in a batch request doesn't abide by the specification.");

    public static AwsError BatchTooLong() => new(400, "BatchRequestTooLong", "The length of all the batch messages put together is more than the limit.");

    public static AwsError NotSupported(string what) => new(400, "InvalidParameter", SnsMessages.NotSupported(what).ToString());
}
