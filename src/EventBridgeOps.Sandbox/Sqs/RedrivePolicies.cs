using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>Which queue may have which dead-letter queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, RedrivePolicy and RedriveAllowPolicy</remarks>
internal static class RedrivePolicies
{
    private const int MostSources = 10;

    /// <summary>Checks the policies among the attributes that a call sets on a queue.</summary>
    public static void Check(Operation operation, string queue, bool isFifo, RawDocument given)
    {
        if (given.Text("RedriveAllowPolicy") is { Length: > 0 } allow && FaultOfAllow(RawDocument.Parse(allow)) is { } fault)
            throw Invalid(allow, "RedriveAllowPolicy", "Amazon SQS can't create the redrive allow policy. " + fault);
        if (given.Text("RedrivePolicy") is not { Length: > 0 } redrive)
            return;

        Queue letters = Queue.AtArn(operation, RawDocument.Parse(redrive).Text("deadLetterTargetArn"))
            ?? throw Invalid(redrive, "RedrivePolicy", "Dead letter target does not exist.");
        if (letters.IsFifo != isFifo)
            throw Invalid(redrive, "RedrivePolicy", "Dead-letter target must be same type of queue as the source.");
        if (letters.Attributes.Text("RedriveAllowPolicy") is { Length: > 0 } policy && !Allows(RawDocument.Parse(policy), Queue.ArnOf(operation, queue)))
            throw Invalid(redrive, "RedrivePolicy", $"Queue {letters.Arn} does not allow this queue to use it as a dead letter queue."); // AWS documents no words for it.
    }

    private static bool Allows(RawDocument policy, string source) => policy.Text("redrivePermission") switch
    {
        "denyAll" => false,
        "byQueue" => policy.Texts("sourceQueueArns").Contains(source),
        _ => true,
    };

    private static string? FaultOfAllow(RawDocument policy)
    {
        int sources = policy.List("sourceQueueArns").Count();
        return policy.Text("redrivePermission") switch
        {
            "byQueue" when sources == 0 => "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
            "byQueue" when sources > MostSources => $"You can specify a maximum of {MostSources} sourceQueueArns.",
            "byQueue" => null,
            "allowAll" or "denyAll" when policy["sourceQueueArns"] is not null =>
                "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
            "allowAll" or "denyAll" => null,
            _ => "Valid values for redrivePermission are allowAll, denyAll and byQueue.",
        };
    }

    private static AwsError Invalid(string value, string attribute, string reason) =>
        SqsErrors.BadParameter($"Value {value} for parameter {attribute} is invalid. Reason: {reason}");
}
