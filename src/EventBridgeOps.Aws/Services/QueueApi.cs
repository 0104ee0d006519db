using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Checks;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon SQS over the wire.</summary>
internal sealed class QueueApi(AwsDocumentClient client) : IQueueApi, IMessageQueueApi, IDeadLetterQueueApi
{
    private const string Count = "ApproximateNumberOfMessages";
    private const string HiddenCount = "ApproximateNumberOfMessagesNotVisible";
    private const string DelayedCount = "ApproximateNumberOfMessagesDelayed";
    private const string Redrive = "RedrivePolicy";

    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");
    private static readonly ServiceOperation ReceiveMessage = new(AwsService.Sqs, nameof(ReceiveMessage), "sqs:ReceiveMessage");
    private static readonly ServiceOperation ChangeMessageVisibilityBatch = new(AwsService.Sqs, nameof(ChangeMessageVisibilityBatch), "sqs:ChangeMessageVisibility");
    private static readonly ServiceOperation DeleteMessage = new(AwsService.Sqs, nameof(DeleteMessage), "sqs:DeleteMessage");

    // A message that is sent twice is parked twice; one that is not sent is lost.
    private static readonly ServiceOperation SendMessage = new(AwsService.Sqs, nameof(SendMessage), "sqs:SendMessage");

    public async Task SendAsync(string queueUrl, string body, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(queueUrl);
        JsonObject texts = new();
        foreach (KeyValuePair<string, string> attribute in attributes)
            texts[attribute.Key] = new JsonObject { ["DataType"] = "String", ["StringValue"] = attribute.Value };
        JsonObject request = new() { ["QueueUrl"] = queueUrl, ["MessageBody"] = body, ["MessageAttributes"] = texts };
        _ = new Answer(SendMessage, subject, await client.InvokeAsync(SendMessage, subject, request, cancellationToken)).RequiredText("MessageId");
    }

    public async Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken)
    {
        (_, Answer answer, JsonObject attributes) = await AttributesAsync(queue, cancellationToken, Count, HiddenCount, DelayedCount);
        return long.TryParse(Text(attributes, Count), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count + Number(attributes, HiddenCount) + Number(attributes, DelayedCount)
            : throw answer.Wrong(ServicesMessages.AttributeMissing("Attributes", Count));
    }

    public async Task<DeadLetterQueue> DescribeAsync(Arn queue, CancellationToken cancellationToken)
    {
        (string url, Answer answer, JsonObject attributes) = await AttributesAsync(queue, cancellationToken, Redrive, Count, HiddenCount);
        // The policy is a JSON text: {"deadLetterTargetArn":"...","maxReceiveCount":"3"}.
        return new DeadLetterQueue(queue, url)
        {
            MaxReceiveCount = Text(attributes, Redrive) is { Length: > 0 } policy ? MaxReceiveCount(policy) ?? throw answer.Wrong(ServicesMessages.AttributeMissing("Attributes", Redrive)) : null,
            VisibleCount = Number(attributes, Count),
            HiddenCount = Number(attributes, HiddenCount),
        };
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueUrl, TimeSpan hidden, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(queueUrl);
        JsonObject request = new()
        {
            ["QueueUrl"] = queueUrl,
            ["MaxNumberOfMessages"] = 10,
            ["VisibilityTimeout"] = (int)hidden.TotalSeconds,
            // A short poll asks some of the servers only: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html.
            ["WaitTimeSeconds"] = 1,
            ["MessageAttributeNames"] = new JsonArray("All"),
            ["AttributeNames"] = new JsonArray("All"),
        };
        Answer answer = new(ReceiveMessage, subject, await client.InvokeAsync(ReceiveMessage, subject, request, cancellationToken));
        // Without messages, the list is left out.
        return answer.Document.ContainsKey("Messages") ? [.. answer.Documents("Messages", "MessageId", "ReceiptHandle").Select(Read)] : [];
    }

    public async Task<int> HideAsync(string queueUrl, IReadOnlyList<string> receiptHandles, TimeSpan hidden, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(queueUrl);
        JsonArray entries = new([.. receiptHandles.Select((handle, index) => (JsonNode)new JsonObject { ["Id"] = index.ToString(CultureInfo.InvariantCulture), ["ReceiptHandle"] = handle, ["VisibilityTimeout"] = (int)hidden.TotalSeconds })]);
        Answer answer = new(ChangeMessageVisibilityBatch, subject, await client.InvokeAsync(ChangeMessageVisibilityBatch, subject, new JsonObject { ["QueueUrl"] = queueUrl, ["Entries"] = entries }, cancellationToken));
        return (answer.Document["Failed"] as JsonArray)?.Count ?? 0;
    }

    public Task DeleteAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken) =>
        client.InvokeAsync(DeleteMessage, ServicesMessages.Queue(queueUrl), new JsonObject { ["QueueUrl"] = queueUrl, ["ReceiptHandle"] = receiptHandle }, cancellationToken);

    private async Task<(string Url, Answer Answer, JsonObject Attributes)> AttributesAsync(Arn queue, CancellationToken cancellationToken, params string[] names)
    {
        Message subject = ServicesMessages.Queue(queue.Resource);
        string url = await QueueAddress.FindAsync(client, queue, cancellationToken);
        JsonObject asked = new() { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };
        Answer answer = new(GetQueueAttributes, subject, await client.InvokeAsync(GetQueueAttributes, subject, asked, cancellationToken));
        return (url, answer, answer.Document["Attributes"] as JsonObject ?? []);
    }

    private static int? MaxReceiveCount(string policy)
    {
        try
        {
            return Document.Parse(policy)["maxReceiveCount"] is JsonValue value && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static QueueMessage Read(JsonObject message)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> attribute in message["MessageAttributes"] as JsonObject ?? [])
        {
            if ((attribute.Value as JsonObject)?.String("StringValue") is { } text)
                attributes[attribute.Key] = text;
        }

        return new QueueMessage(message.String("MessageId")!, message.String("ReceiptHandle")!, message.String("Body") ?? "", attributes).With(message["Attributes"] as JsonObject ?? []);
    }

    private static long Number(JsonObject attributes, string name) => long.TryParse(Text(attributes, name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static string? Text(JsonObject attributes, string name) => attributes[name] is JsonValue value ? value.ToString() : null;
}
