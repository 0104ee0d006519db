using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon SQS over the wire.</summary>
internal sealed class QueueApi(AwsDocumentClient client) : IQueueApi
{
    private const string Count = "ApproximateNumberOfMessages";

    private static readonly ServiceOperation GetQueueUrl = new(AwsService.Sqs, nameof(GetQueueUrl), "sqs:GetQueueUrl");
    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");

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
