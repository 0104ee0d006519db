using System.Text.Json;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>The attributes of topics.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html</remarks>
internal static class TopicAttributes
{
    /// <summary>How SNS retries HTTP endpoints of a topic without a delivery policy.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html</remarks>
    public const string DeliveryPolicy = """
        {"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}
        """;

    /// <summary>Attributes that change where messages go or what they are, which the sandbox does not do.</summary>
    private static readonly string[] Unsupported = ["DeliveryPolicy", "KmsMasterKeyId", "ArchivePolicy", "DataProtectionPolicy"];

    /// <summary>The policy of a new topic: the account alone.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html</remarks>
    public static string DefaultPolicy(string arn, string account) => $$$"""
        {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{{{arn}}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{{account}}}"} } }]}
        """;

    public static void Check(RawDocument given, bool isFifo)
    {
        foreach (KeyValuePair<string, JsonElement> attribute in given.Members)
            Check(attribute.Key, attribute.Value.GetString()!, isFifo);
    }

    public static void Check(string name, string value, bool isFifo)
    {
        if (Unsupported.Contains(name) || name.EndsWith("FeedbackRoleArn", StringComparison.Ordinal) || name.EndsWith("FeedbackSampleRate", StringComparison.Ordinal))
            throw SnsErrors.NotSupported(SnsMessages.Attribute(name).ToString());
        bool isValid = name switch
        {
            "DisplayName" => value.Length <= 100,
            "Policy" => value.Length == 0 || ResourcePolicy.IsReadable(value) ? true : throw SnsErrors.Invalid("Policy Error: null"),
            "SignatureVersion" => value is "1" or "2",
            "TracingConfig" => value == "PassThrough" ? true : throw SnsErrors.NotSupported("TracingConfig=" + value),
            "FifoTopic" => value is "true" or "false",
            "ContentBasedDeduplication" when isFifo => value is "true" or "false",
            "FifoThroughputScope" when isFifo => value is "Topic" or "MessageGroup",
            _ => throw SnsErrors.Invalid("AttributeName"),
        };
        if (!isValid)
            throw SnsErrors.Invalid($"Attributes Reason: Invalid value for attribute {name}: {value}");
    }
}
