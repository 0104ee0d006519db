using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon SQS over the wire.</summary>
internal sealed class QueueApi(AwsDocumentClient client) : IQueueApi, IMessageQueueApi
{
    private const string Count = "ApproximateNumberOfMessages";

    private static readonly ServiceOperation GetQueueUrl = new(AwsService.Sqs, nameof(GetQueueUrl), "sqs:GetQueueUrl");
    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");

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
        Message subject = ServicesMessages.Queue(queue.Resource);
        JsonObject named = new() { ["QueueName"] = queue.Resource, ["QueueOwnerAWSAccountId"] = queue.AccountId };
        string url = new Answer(GetQueueUrl, subject, await client.InvokeAsync(GetQueueUrl, subject, named, cancellationToken)).RequiredText("QueueUrl");
        JsonObject asked = new() { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray(Count) };
        Answer answer = new(GetQueueAttributes, subject, await client.InvokeAsync(GetQueueAttributes, subject, asked, cancellationToken));
        return answer.Document["Attributes"] is JsonObject attributes && attributes[Count] is JsonValue value && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : throw answer.Wrong(ServicesMessages.AttributeMissing("Attributes", Count));
    }
}
