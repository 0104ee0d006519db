using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Rejections;

/// <summary>The errors of DynamoDB, with the namespaces that the service writes before their names.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html</remarks>
internal static class DynamoErrors
{
    private const string ValidationCode = "com.amazon.coral.validate#ValidationException";

    public static AwsError Validation(string message) => new(400, ValidationCode, message);

    /// <summary>The same with the words that many of the service's messages begin with.</summary>
    public static AwsError Invalid(string message) => Validation("One or more parameter values were invalid: " + message);

    public static bool IsValidation(AwsError error) => error.Code == ValidationCode;

    public static AwsError Serialization(string message) => new(400, "com.amazon.coral.service#SerializationException", message);

    public static AwsError NoTable(string? name = null) =>
        Of("ResourceNotFoundException", name is null ? "Requested resource not found" : $"Requested resource not found: Table: {name} not found");

    public static AwsError NoResource(string arn) => Of("ResourceNotFoundException", $"Requested resource not found: ResourcArn: {arn} not found");

    public static AwsError NoIndex(string? name) => Of("ResourceNotFoundException", $"Requested resource not found: Index: {name} not found");

    public static AwsError TableExists(string name) => Of("ResourceInUseException", $"Table already exists: {name}");

    public static AwsError LimitExceeded(string message) => Of("LimitExceededException", message);

    public static AwsError NotSupported(string what) => Validation(DynamoMessages.NotSupported(what).ToString());

    public static AwsError Legacy(string member, string instead) => Validation(DynamoMessages.NotSupportedUseInstead(member, instead).ToString());

    public static AwsError ConditionFailed(RawDocument members) => Of("ConditionalCheckFailedException", "The conditional request failed", members);

    public static AwsError TransactionCanceled(IReadOnlyList<RawDocument> reasons) => Of(
        "TransactionCanceledException",
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(reason => reason.Text("Code")))}]",
        RawDocument.Empty.With("CancellationReasons", reasons));

    public static AwsError OtherParameters() => Of(
        "IdempotentParameterMismatchException",
        "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.");

    public static AwsError NoTableForBackups(string name) => Of("TableNotFoundException", $"Table not found: {name}");

    private static AwsError Of(string code, string message, RawDocument? members = null) =>
        new(400, "com.amazonaws.dynamodb.v20120810#" + code, message) { Members = members ?? RawDocument.Empty };
}
