using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Sqs;

/// <summary>ReceiveMessage: hands out what is visible, and moves to the dead-letter queue what was received too often.</summary>
internal static class ReceiveOperation
{
    public static RawDocument Receive(Operation operation)
    {
        RawDocument input = operation.Input;
        Queue queue = Queue.AtUrl(operation);
        if (input["ReceiveRequestAttemptId"] is not null)
            throw SqsErrors.NotSupported("ReceiveRequestAttemptId");
        int most = (int)Range(input, "MaxNumberOfMessages", 1, 10, 1);
        Range(input, "WaitTimeSeconds", 0, 20, 0);
        TimeSpan hidden = input["VisibilityTimeout"] is null
            ? queue.VisibilityTimeout
            : TimeSpan.FromSeconds(Range(input, "VisibilityTimeout", 0, 43_200, 30));

        queue.Expire();
        List<RawDocument> received = [];
        foreach (string key in Visible(operation, queue, most))
        {
            RawDocument message = queue.Messages[key];
            long now = operation.Now.ToUnixTimeMilliseconds();
            message = message
                .With("receives", message.Number("receives")!.Value + 1)
                .With("firstReceived", message.Number("firstReceived") ?? now)
                .With("visibleAt", now + (long)hidden.TotalMilliseconds);
            queue.Put(key, message);
            received.Add(Shown(input, key, message));
        }

        QueueMetrics.Received(operation, queue, received.Count);
        return received.Count == 0 ? RawDocument.Empty : RawDocument.Empty.With("Messages", received);
    }

    /// <summary>How long a call waits for a message: what it says, else what the queue says.</summary>
    public static TimeSpan Wait(Operation operation)
    {
        string? seconds = operation.Input["WaitTimeSeconds"]?.ToString() ?? Queue.AtUrl(operation).Attributes.Text("ReceiveMessageWaitTimeSeconds");
        return TimeSpan.FromSeconds(int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int wait) ? Math.Min(wait, 20) : 0);
    }

    /// <summary>The messages that may be handed out. In a FIFO queue a message waits for those of its group that are in flight.</summary>
    private static List<string> Visible(Operation operation, Queue queue, int most)
    {
        long now = operation.Now.ToUnixTimeMilliseconds();
        Queue? deadLetters = Queue.AtArn(operation, queue.Redrive?.Text("deadLetterTargetArn"));
        int? mostReceives = deadLetters is null ? null : QueueAttributes.MaxReceiveCount(queue.Redrive!);
        HashSet<string> blocked = new(StringComparer.Ordinal);
        List<string> visible = [];
        List<string> givenUp = [];
        foreach (KeyValuePair<string, RawDocument> row in queue.Messages)
        {
            string? group = queue.IsFifo ? row.Value.Text("group") : null;
            if (group is not null && blocked.Contains(group))
                continue;
            if (row.Value.Number("visibleAt") > now)
            {
                if (group is not null)
                    blocked.Add(group);
            }
            else if (row.Value.Number("receives") >= mostReceives)
            {
                givenUp.Add(row.Key);
            }
            else
            {
                visible.Add(row.Key);
                if (visible.Count == most)
                    break;
            }
        }

        givenUp.ForEach(key => MessageMoves.Move(operation, queue, key, deadLetters!, queue.Arn));
        return visible;
    }

    private static RawDocument Shown(RawDocument input, string key, RawDocument message)
    {
        string body = message.Text("body")!;
        RawDocument shown = RawDocument.Empty
            .With("MessageId", message.Text("MessageId"))
            .With("ReceiptHandle", MessageOperations.ReceiptHandle(key, message))
            .With("MD5OfBody", MessageDigest.OfBody(body))
            .With("Body", body);

        List<string> systemNames = [.. input.Texts("AttributeNames"), .. input.Texts("MessageSystemAttributeNames")];
        RawDocument system = RawDocument.Empty
            .With("SenderId", message.Text("sender"))
            .With("ApproximateFirstReceiveTimestamp", Text(message, "firstReceived"))
            .With("ApproximateReceiveCount", Text(message, "receives"))
            .With("SentTimestamp", Text(message, "sent"))
            .With("SequenceNumber", message.Text("SequenceNumber"))
            .With("MessageDeduplicationId", message.Text("deduplication"))
            .With("MessageGroupId", message.Text("group"))
            .With("AWSTraceHeader", message.Text("trace"))
            .With("DeadLetterQueueSourceArn", message.Text("deadFrom"));
        system = systemNames.Contains("All") ? system : system.Only([.. systemNames]);
        if (system.Members.Count > 0)
            shown = shown.With("Attributes", system);

        List<string> names = [.. input.Texts("MessageAttributeNames")];
        RawDocument attributes = message.Object("attributes") ?? RawDocument.Empty;
        attributes = attributes.Only([.. attributes.Members.Select(attribute => attribute.Key).Where(name => names.Any(wanted => IsWanted(name, wanted)))]);
        return attributes.Members.Count == 0
            ? shown
            : shown.With("MD5OfMessageAttributes", MessageDigest.OfAttributes(attributes)).With("MessageAttributes", attributes);
    }

    private static bool IsWanted(string name, string wanted) =>
        wanted is "All" or ".*" || wanted == name
        || (wanted.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(wanted.Substring(0, wanted.Length - 1), StringComparison.Ordinal));

    private static string? Text(RawDocument message, string member) => message.Number(member)?.ToString(CultureInfo.InvariantCulture);

    private static long Range(RawDocument input, string member, long least, long most, long fallback)
    {
        if (input[member] is null or { ValueKind: JsonValueKind.Null })
            return fallback;
        return input.Number(member) is { } number && number >= least && number <= most
            ? number
            : throw SqsErrors.BadParameter($"Value {input[member]} for parameter {member} is invalid. Reason: Must be between {least} and {most}, if provided.");
    }
}
