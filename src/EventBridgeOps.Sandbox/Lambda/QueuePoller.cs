using System.Text.Json;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>
/// Takes messages out of queues for functions, by the sandbox's clock. What a function handled is deleted; what it did not comes back to the queue
/// after its visibility timeout, and its redrive policy applies.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html</remarks>
internal sealed class QueuePoller(World world, RunningWork running) : IDueHandler
{
    /// <summary>Invoke takes 6 MB.</summary>
    private const int MostBytes = 6 * 1024 * 1024;

    private const int MostAtOnce = 10;

    public string Kind => Queue.PollKind;

    /// <summary>Called after a batch, when another one may be due already.</summary>
    public Action RunDue { get; set; } = () => { };

    public void Run(Operation operation, RawDocument work)
    {
        if (Queue.Named(operation, work.Text("queue")!) is not { } queue)
            return;
        foreach (RawDocument mapping in EventSources.Of(operation, queue))
        {
            if (Function.AtArn(operation, mapping.Text("FunctionArn")) is { IsRun: true } function && IsDue(operation, queue, mapping))
                Start(operation, queue, mapping, function);
        }
    }

    /// <summary>Whether there are messages for a batch: enough of them, or some that have waited for the batching window.</summary>
    private bool IsDue(Operation operation, Queue queue, RawDocument mapping)
    {
        long now = operation.Now.ToUnixTimeMilliseconds();
        List<long> since = [.. queue.Messages.Values.Select(message => message.Number("visibleAt")!.Value).Where(at => at <= now)];
        if (since.Count == 0)
            return false;
        long due = since.Min() + (mapping.Number("MaximumBatchingWindowInSeconds")!.Value * 1000);
        if (due <= now || since.Count >= mapping.Number("BatchSize"))
            return true;
        DueWork.Plan(operation, DateTimeOffset.FromUnixTimeMilliseconds(due), Kind, RawDocument.Empty.With("queue", queue.Name));
        return false;
    }

    private void Start(Operation operation, Queue queue, RawDocument mapping, Function function)
    {
        // Without the permissions, Lambda reads nothing, and the messages stay where they are.
        if (!FunctionOutput.May(operation, function, "sqs:ReceiveMessage", queue.Arn).IsAllowed || !FunctionOutput.May(operation, function, "sqs:DeleteMessage", queue.Arn).IsAllowed)
            return;
        List<RawDocument> records = [];
        foreach (RawDocument record in Receive(operation, queue, (int)mapping.Number("BatchSize")!.Value).Select(message => Record(operation, queue, message)))
        {
            if (SourceFilter.Matches(mapping, record))
                records.Add(record);
            else
                Delete(operation, queue, record);
        }

        for (int begin = 0, end; begin < records.Count; begin = end)
        {
            int bytes = 0;
            for (end = begin; end < records.Count && (end == begin || bytes + records[end].ToUtf8().Length < MostBytes); end++)
                bytes += records[end].ToUtf8().Length;
            List<RawDocument> batch = records.GetRange(begin, end - begin);
            byte[] payload = RawDocument.Empty.With("Records", batch).ToUtf8();
            Task<InvocationResult> invocation = operation.Account.Functions!.InvokeAsync(function.Invocation(operation.Account.Random.Id(), payload));
            running.Add(FinishAsync(operation.Call.Region, operation.Account, queue.Name, mapping, batch, invocation));
        }
    }

    private async Task FinishAsync(string region, Account account, string queueName, RawDocument mapping, List<RawDocument> batch, Task<InvocationResult> invocation)
    {
        InvocationResult result;
        try
        {
            result = await invocation;
        }
        catch (OperationCanceledException)
        {
            return; // The sandbox ends; the messages come back by themselves.
        }

        world.Use(region, state =>
        {
            Operation operation = Operation.OfService(region, state, account);
            if (Queue.Named(operation, queueName) is { } queue)
            {
                foreach (RawDocument done in BatchResponse.Handled(mapping, batch, queue.IsFifo, result))
                    Delete(operation, queue, done);
            }

            return state;
        });
        world.SayChanged();
        RunDue();
    }

    private static List<RawDocument> Receive(Operation operation, Queue queue, int most)
    {
        List<RawDocument> received = [];
        while (received.Count < most)
        {
            RawDocument asked = RawDocument.Empty
                .With("QueueUrl", queue.Name)
                .With("MaxNumberOfMessages", Math.Min(MostAtOnce, most - received.Count))
                .With("MessageSystemAttributeNames", ["All"])
                .With("MessageAttributeNames", ["All"]);
            List<RawDocument> some = [.. ReceiveOperation.Receive(operation.With(asked)).List("Messages").Select(RawDocument.From)];
            if (some.Count == 0)
                break;
            received.AddRange(some);
        }

        return received;
    }

    private static void Delete(Operation operation, Queue queue, RawDocument record) =>
        MessageOperations.Delete(operation.With(RawDocument.Empty.With("QueueUrl", queue.Name).With("ReceiptHandle", record.Text("receiptHandle"))));

    /// <summary>A message as a function gets it.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event</remarks>
    private static RawDocument Record(Operation operation, Queue queue, RawDocument message)
    {
        RawDocument attributes = (message.Object("MessageAttributes") ?? RawDocument.Empty).Members.Aggregate(RawDocument.Empty, (known, attribute) => known.With(attribute.Key, Attribute(RawDocument.From(attribute.Value))));
        return RawDocument.Empty
            .With("messageId", message.Text("MessageId"))
            .With("receiptHandle", message.Text("ReceiptHandle"))
            .With("body", message.Text("Body"))
            .With("attributes", message.Object("Attributes") ?? RawDocument.Empty)
            .With("messageAttributes", attributes)
            .With("md5OfMessageAttributes", message.Text("MD5OfMessageAttributes"))
            .With("md5OfBody", message.Text("MD5OfBody"))
            .With("eventSource", "aws:sqs")
            .With("eventSourceARN", queue.Arn)
            .With("awsRegion", operation.Call.Region);
    }

    private static RawDocument Attribute(RawDocument attribute) => RawDocument.Empty
        .With("stringValue", attribute.Text("StringValue"))
        .With("binaryValue", attribute.Text("BinaryValue"))
        .With("stringListValues", Array.Empty<string>())
        .With("binaryListValues", Array.Empty<string>())
        .With("dataType", attribute.Text("DataType"));
}

/// <summary>What of a batch a function handled.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting</remarks>
internal static class BatchResponse
{
    public static IReadOnlyList<RawDocument> Handled(RawDocument mapping, IReadOnlyList<RawDocument> batch, bool isFifo, InvocationResult result)
    {
        if (result.Error is not null)
            return [];
        if (!mapping.Texts("FunctionResponseTypes").Contains("ReportBatchItemFailures"))
            return batch;
        if (Failed(result.Payload) is not { } failed || failed.Any(id => batch.All(record => record.Text("messageId") != id)))
            return []; // What cannot be read is a failure of the whole batch.
        // In a FIFO queue, what follows a failure was not to be handled yet.
        return isFifo ? [.. batch.TakeWhile(record => !failed.Contains(record.Text("messageId")!))] : [.. batch.Where(record => !failed.Contains(record.Text("messageId")!))];
    }

    /// <summary>The IDs of the failed messages: none for an empty or null response or list, and null for one that is not valid.</summary>
    private static HashSet<string>? Failed(byte[] payload)
    {
        JsonElement response;
        try
        {
            response = payload.Length == 0 ? Json.Parse("null") : Json.Parse(payload);
        }
        catch (JsonException)
        {
            return null;
        }

        if (response.ValueKind == JsonValueKind.Null)
            return [];
        if (response.ValueKind != JsonValueKind.Object)
            return null;
        if (!response.TryGetProperty("batchItemFailures", out JsonElement failures) || failures.ValueKind == JsonValueKind.Null)
            return [];
        if (failures.ValueKind != JsonValueKind.Array)
            return null;
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (JsonElement failure in failures.EnumerateArray())
        {
            if (failure.ValueKind != JsonValueKind.Object || !failure.TryGetProperty("itemIdentifier", out JsonElement id) || id.ValueKind != JsonValueKind.String || id.GetString()!.Length == 0)
                return null;
            ids.Add(id.GetString()!);
        }

        return ids;
    }
}
