using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>The attributes of queues: their defaults, their ranges, and what a FIFO queue has besides.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html</remarks>
internal static class QueueAttributes
{
    private static readonly Dictionary<string, (int Least, int Most)> Ranges = new()
    {
        ["DelaySeconds"] = (0, 900),
        ["MaximumMessageSize"] = (1024, MessageOperations.MostBytes),
        ["MessageRetentionPeriod"] = (60, 1_209_600),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20),
        ["VisibilityTimeout"] = (0, 43_200),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400),
    };

    private static readonly string[] Flags = ["SqsManagedSseEnabled", "ContentBasedDeduplication", "FifoQueue"];

    private static readonly Dictionary<string, string[]> FifoChoices = new()
    {
        ["DeduplicationScope"] = ["messageGroup", "queue"],
        ["FifoThroughputLimit"] = ["perQueue", "perMessageGroupId"],
    };

    public static RawDocument Defaults(bool isFifo)
    {
        RawDocument defaults = RawDocument.Empty
            .With("VisibilityTimeout", "30")
            .With("MaximumMessageSize", MessageOperations.MostBytes.ToString(CultureInfo.InvariantCulture))
            .With("MessageRetentionPeriod", "345600")
            .With("DelaySeconds", "0")
            .With("ReceiveMessageWaitTimeSeconds", "0")
            .With("SqsManagedSseEnabled", "true");
        return isFifo
            ? defaults.With("FifoQueue", "true").With("ContentBasedDeduplication", "false").With("DeduplicationScope", "queue").With("FifoThroughputLimit", "perQueue")
            : defaults;
    }

    /// <summary>Checks the attributes that a call sets.</summary>
    public static void Check(RawDocument given, bool isFifo)
    {
        foreach (KeyValuePair<string, JsonElement> attribute in given.Members)
        {
            if (attribute.Value.ValueKind != JsonValueKind.String || !IsValid(attribute.Key, attribute.Value.GetString()!, isFifo))
                throw SqsErrors.BadAttribute(attribute.Key);
        }
    }

    private static bool IsValid(string name, string value, bool isFifo)
    {
        if (Ranges.TryGetValue(name, out (int Least, int Most) range))
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= range.Least && number <= range.Most;
        if (name is "ContentBasedDeduplication" or "FifoQueue" || FifoChoices.ContainsKey(name))
        {
            if (!isFifo)
                throw SqsErrors.UnknownAttribute(name);
        }

        if (Flags.Contains(name))
            return value is "true" or "false" && !(name == "FifoQueue" && value == "false");
        if (FifoChoices.TryGetValue(name, out string[]? choices))
            return choices.Contains(value);
        return name switch
        {
            "Policy" => value.Length == 0 || ResourcePolicy.IsReadable(value),
            "RedrivePolicy" => value.Length == 0 || IsRedrivePolicy(value),
            "RedriveAllowPolicy" => value.Length == 0 || Json.IsObject(value),
            "KmsMasterKeyId" => true,
            _ => throw SqsErrors.UnknownAttribute(name),
        };
    }

    private static bool IsRedrivePolicy(string value) => Json.IsObject(value)
        && RawDocument.Parse(value) is var policy
        && policy.Text("deadLetterTargetArn") is { Length: > 0 }
        && MaxReceiveCount(policy) is >= 1 and <= 1000;

    /// <summary>The number of receives after which a message is given up; a number or a text, as people write both.</summary>
    public static int? MaxReceiveCount(RawDocument policy) =>
        int.TryParse(policy["maxReceiveCount"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
}
