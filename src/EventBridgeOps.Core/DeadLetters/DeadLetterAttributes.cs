namespace EventBridgeOps.DeadLetters;

/// <summary>The message attributes of a dead letter of EventBridge: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html.</summary>
internal static class DeadLetterAttributes
{
    public const string RuleArn = "RULE_ARN";
    public const string TargetArn = "TARGET_ARN";
    public const string ErrorCode = "ERROR_CODE";
    public const string ErrorMessage = "ERROR_MESSAGE";
    public const string ExhaustedRetryCondition = "EXHAUSTED_RETRY_CONDITION";
    public const string RetryAttempts = "RETRY_ATTEMPTS";

    /// <summary>What the automation adds when it moves a message: what is known of the cause.</summary>
    public const string Diagnosis = "EBOPS_DIAGNOSIS";

    /// <summary>What the automation adds when it moves a message: the queue and the ID that it had before, by which the journal knows it.</summary>
    public const string Origin = "EBOPS_ORIGIN";

    public static IReadOnlyList<string> All { get; } = [RuleArn, TargetArn, ErrorCode, ErrorMessage, ExhaustedRetryCondition, RetryAttempts];
}
