using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sns;

/// <summary>Publishes messages to the subscribers of a topic.</summary>
internal static class PublishOperation
{
    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: 262,144 bytes, the attributes included.</summary>
    private const int MostBytes = 262_144;

    private const int MostEntries = 10;
    private static readonly TimeSpan DeduplicationTime = TimeSpan.FromMinutes(5);

    public static RawDocument Publish(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input["PhoneNumber"] is not null || input.Text("TargetArn")?.Contains(":endpoint/") == true)
            throw SnsErrors.NotSupported(SnsMessages.PhoneNumbers().ToString());
        return Publish(operation, Topic.At(operation, input["TopicArn"] is null ? "TargetArn" : "TopicArn"), input);
    }

    /// <summary>Each entry succeeds or fails for itself.</summary>
    public static RawDocument PublishBatch(Operation operation)
    {
        Topic topic = Topic.At(operation);
        List<RawDocument> entries = [.. operation.Input.List("PublishBatchRequestEntries").Select(RawDocument.From)];
        if (entries.Count == 0)
            throw SnsErrors.EmptyBatch();
        if (entries.Count > MostEntries)
            throw SnsErrors.TooManyEntries();
        if (entries.Any(entry => !Regex.IsMatch(entry.Text("Id") ?? "", @"\A[A-Za-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)))
            throw SnsErrors.BadEntryId();
        if (entries.Select(entry => entry.Text("Id")).Distinct(StringComparer.Ordinal).Count() < entries.Count)
            throw SnsErrors.SameIds();
        if (entries.Sum(Size) > MostBytes)
            throw SnsErrors.BatchTooLong();

        List<RawDocument> successful = [];
        List<RawDocument> failed = [];
        foreach (RawDocument entry in entries)
        {
            try
            {
                successful.Add(entry.Only("Id").With(Publish(operation, topic, entry)));
            }
            catch (AwsError e)
            {
                failed.Add(entry.Only("Id").With("Code", e.Code).With("Message", e.Message).With("SenderFault", e.Status < 500));
            }
        }

        return RawDocument.Empty.With("Successful", successful).With("Failed", failed);
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="operation">What publishes.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="message">The members of Publish.</param>
    /// <exception cref="AwsError">The refusal of SNS.</exception>
    public static RawDocument Publish(Operation operation, Topic topic, RawDocument message)
    {
        Check(message);
        string? deduplication = Deduplication(topic, message);
        if (deduplication is not null && Seen(operation, topic, deduplication) is { } seen)
            return seen.Only("MessageId", "SequenceNumber");

        RawDocument answer = RawDocument.Empty.With("MessageId", operation.Account.Random.Id());
        if (topic.IsFifo)
            answer = answer.With("SequenceNumber", operation.State.NextNumber().ToString("D20", CultureInfo.InvariantCulture));
        if (deduplication is not null)
            topic.Seen[deduplication] = answer.With("until", (operation.Now + DeduplicationTime).ToUnixTimeMilliseconds());

        Notification notification = new(answer.Text("MessageId")!, message.With("MessageDeduplicationId", deduplication), operation.Now)
        {
            SequenceNumber = answer.Text("SequenceNumber"),
        };
        FanOut.Send(operation, topic, notification);
        return answer;
    }

    private static void Check(RawDocument message)
    {
        string text = message.Text("Message") ?? throw SnsErrors.Invalid("Message");
        if (text.Length == 0)
            throw SnsErrors.Invalid("Empty message");
        if (message.Text("Subject") is { } subject && (subject.Length is 0 or > 100 || subject.Any(c => c is < ' ' or > '~')))
            throw SnsErrors.Invalid("Subject");
        foreach (KeyValuePair<string, JsonElement> attribute in message.Object("MessageAttributes")?.Members ?? [])
            CheckAttribute(attribute.Key, RawDocument.From(attribute.Value));
        if (Size(message) > MostBytes)
            throw SnsErrors.Invalid("Message too long");
        switch (message.Text("MessageStructure"))
        {
            case null:
                return;
            case "json" when !Json.IsObject(text):
                throw SnsErrors.Invalid("Message Structure - JSON message body failed to parse");
            case "json" when RawDocument.Parse(text).Text("default") is null:
                throw SnsErrors.Invalid("Message Structure - No default entry in JSON message body");
            case not "json":
                throw SnsErrors.Invalid("MessageStructure");
        }
    }

    private static void CheckAttribute(string name, RawDocument attribute)
    {
        string type = attribute.Text("DataType") ?? "";
        if (type.Split('.')[0] is not ("String" or "Number" or "Binary"))
            throw SnsErrors.Value($"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        string? value = attribute.Text(type.StartsWith("Binary", StringComparison.Ordinal) ? "BinaryValue" : "StringValue");
        if (value is not { Length: > 0 })
            throw SnsErrors.Value($"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
        if (type == "Number" && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw SnsErrors.Value($"Could not cast message attribute '{name}' value to number.");
    }

    private static int Size(RawDocument message) =>
        Encoding.UTF8.GetByteCount(message.Text("Message") ?? "") + MessageOperations.Size("", message.Object("MessageAttributes") ?? RawDocument.Empty);

    /// <summary>What makes a message of a FIFO topic the same as another.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html</remarks>
    private static string? Deduplication(Topic topic, RawDocument message)
    {
        string? id = message.Text("MessageDeduplicationId");
        if (!topic.IsFifo)
        {
            return id is null
                ? null
                : throw SnsErrors.Invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type");
        }

        if (message.Text("MessageGroupId") is not { Length: > 0 })
            throw SnsErrors.Invalid("The MessageGroupId parameter is required for FIFO topics");
        if (id is null && topic.Attributes.Text("ContentBasedDeduplication") != "true")
            throw SnsErrors.Invalid("The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        return id ?? HexDigest.Of(System.Security.Cryptography.HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(message.Text("Message")!));
    }

    private static RawDocument? Seen(Operation operation, Topic topic, string id)
    {
        long now = operation.Now.ToUnixTimeMilliseconds();
        foreach (string old in topic.Seen.Where(row => row.Value.Number("until") <= now).Select(row => row.Key).ToList())
            topic.Seen.Remove(old);
        return topic.Seen.Find(id);
    }
}
