using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>Sends and deletes messages.</summary>
internal static class MessageOperations
{
    /// <summary>1 MiB since 2025-08-04: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostAttributes = 10;
    private static readonly TimeSpan DeduplicationTime = TimeSpan.FromMinutes(5);

    public static RawDocument Send(Operation operation) => Send(operation, Queue.AtUrl(operation), operation.Input);

    /// <summary>Puts a message into a queue.</summary>
    /// <param name="operation">What sends.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The members of SendMessage: MessageBody, MessageAttributes, DelaySeconds, MessageGroupId, MessageDeduplicationId.</param>
    /// <exception cref="AwsError">The refusal of SQS.</exception>
    public static RawDocument Send(Operation operation, Queue queue, RawDocument message)
    {
        string body = message.Text("MessageBody") ?? throw SqsErrors.Missing("MessageBody");
        RawDocument attributes = message.Object("MessageAttributes") ?? RawDocument.Empty;
        Check(queue, body, attributes);
        TimeSpan delay = Delay(queue, message);
        string? group = message.Text("MessageGroupId");
        if (queue.IsFifo && group is null)
            throw SqsErrors.Missing("MessageGroupId");

        RawDocument answer = RawDocument.Empty.With("MD5OfMessageBody", MessageDigest.OfBody(body));
        if (attributes.Members.Count > 0)
            answer = answer.With("MD5OfMessageAttributes", MessageDigest.OfAttributes(attributes));
        string? deduplication = queue.IsFifo ? DeduplicationId(queue, message, body, group!) : null;
        if (deduplication is not null && Seen(operation, queue, deduplication) is { } seen)
            return answer.With(seen.Only("MessageId", "SequenceNumber"));

        long number = operation.State.NextNumber();
        RawDocument identity = RawDocument.Empty.With("MessageId", operation.Account.Random.Id());
        if (queue.IsFifo)
            identity = identity.With("SequenceNumber", number.ToString("D20", CultureInfo.InvariantCulture));
        long now = operation.Now.ToUnixTimeMilliseconds();
        RawDocument kept = identity
            .With("body", body)
            .With("attributes", attributes)
            .With("sent", now)
            .With("visibleAt", now + (long)delay.TotalMilliseconds)
            .With("receives", 0)
            .With("group", group)
            .With("deduplication", message.Text("MessageDeduplicationId") ?? deduplication)
            .With("trace", message.Object("MessageSystemAttributes")?.Object("AWSTraceHeader")?.Text("StringValue") ?? operation.Call.TraceHeader) // The attribute overrides the header: https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html
            .With("sender", operation.Call.AccessKey ?? "AROAEXAMPLE:EventBridge");
        queue.Put(Key(number), kept);
        QueueMetrics.Sent(operation, queue, Size(body, attributes));
        if (deduplication is not null)
            queue.Seen[deduplication] = identity.With("until", now + (long)DeduplicationTime.TotalMilliseconds);
        return answer.With(identity);
    }

    public static RawDocument Delete(Operation operation)
    {
        (Queue queue, string? key) = ByReceiptHandle(operation);
        if (key is not null)
        {
            queue.Messages.Remove(key);
            QueueMetrics.Deleted(operation, queue);
        }

        return RawDocument.Empty;
    }

    public static RawDocument ChangeVisibility(Operation operation)
    {
        (Queue queue, string? key) = ByReceiptHandle(operation);
        if (operation.Input.Number("VisibilityTimeout") is not (>= 0 and <= 43_200 and { } seconds))
            throw SqsErrors.BadParameter($"Value {operation.Input["VisibilityTimeout"]} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.");
        long now = operation.Now.ToUnixTimeMilliseconds();
        if (key is null || queue.Messages.Find(key) is not { } message || message.Number("visibleAt") <= now)
            throw SqsErrors.NotInFlight();
        queue.Put(key, message.With("visibleAt", now + (seconds * 1000)));
        return RawDocument.Empty;
    }

    /// <summary>The bytes that count: the body, and the names, types and values of the attributes.</summary>
    public static int Size(string body, RawDocument attributes) => Encoding.UTF8.GetByteCount(body) + attributes.Members.Sum(attribute =>
    {
        RawDocument value = RawDocument.From(attribute.Value);
        return Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(value.Text("DataType") ?? "")
            + Encoding.UTF8.GetByteCount(value.Text("StringValue") ?? "") + (value.Text("BinaryValue")?.Length * 3 / 4 ?? 0);
    });

    public static string Key(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    public static string ReceiptHandle(string key, RawDocument message) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}|{message.Text("MessageId")}|{message.Number("receives")}"));

    private static void Check(Queue queue, string body, RawDocument attributes)
    {
        if (body.Length == 0)
            throw SqsErrors.Missing("MessageBody");
        if (body.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r')) || body.Any(c => c is '\uFFFE' or '\uFFFF'))
            throw SqsErrors.BadParameter("Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        if (attributes.Members.Count > MostAttributes)
            throw SqsErrors.BadParameter($"Number of message attributes [{attributes.Members.Count}] exceeds the allowed maximum [{MostAttributes}].");
        foreach (KeyValuePair<string, JsonElement> attribute in attributes.Members)
        {
            string type = attribute.Value.ValueKind == JsonValueKind.Object ? RawDocument.From(attribute.Value).Text("DataType") ?? "" : "";
            if (type.Split('.')[0] is not ("String" or "Number" or "Binary"))
                throw SqsErrors.BadParameter($"The message attribute '{attribute.Key}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        if (Size(body, attributes) > queue.LargestMessage)
            throw SqsErrors.BadParameter($"One or more parameters are invalid. Reason: Message must be shorter than {queue.LargestMessage} bytes.");
    }

    private static TimeSpan Delay(Queue queue, RawDocument message)
    {
        if (message["DelaySeconds"] is null || message.Number("DelaySeconds") is not { } seconds)
            return queue.Delay;
        if (seconds is < 0 or > 900)
            throw SqsErrors.BadParameter($"Value {seconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
        return queue.IsFifo && seconds != 0
            ? throw SqsErrors.BadParameter($"Value {seconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.")
            : TimeSpan.FromSeconds(seconds);
    }

    private static string DeduplicationId(Queue queue, RawDocument message, string body, string group)
    {
        string id = message.Text("MessageDeduplicationId")
            ?? (queue.Attributes.Text("ContentBasedDeduplication") == "true"
                ? MessageDigest.OfBody(body)
                : throw SqsErrors.BadParameter("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"));
        return queue.Attributes.Text("DeduplicationScope") == "messageGroup" ? $"{group}|{id}" : id;
    }

    private static RawDocument? Seen(Operation operation, Queue queue, string id)
    {
        long now = operation.Now.ToUnixTimeMilliseconds();
        foreach (string old in queue.Seen.Where(row => row.Value.Number("until") <= now).Select(row => row.Key).ToList())
            queue.Seen.Remove(old);
        return queue.Seen.Find(id);
    }

    /// <summary>The message that a receipt handle is for; no key when it is gone already.</summary>
    private static (Queue Queue, string? Key) ByReceiptHandle(Operation operation)
    {
        Queue queue = Queue.AtUrl(operation);
        string handle = operation.Input.Text("ReceiptHandle") ?? throw SqsErrors.Missing("ReceiptHandle");
        string[] parts;
        try
        {
            parts = Encoding.UTF8.GetString(Convert.FromBase64String(handle)).Split('|');
        }
        catch (FormatException)
        {
            throw SqsErrors.BadReceiptHandle();
        }

        if (parts.Length != 3)
            throw SqsErrors.BadReceiptHandle();
        return (queue, queue.Messages.Find(parts[0])?.Text("MessageId") == parts[1] ? parts[0] : null);
    }
}
