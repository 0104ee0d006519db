using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Services;

/// <summary>Where a queue is called.</summary>
internal static class QueueAddress
{
    private static readonly ServiceOperation GetQueueUrl = new(AwsService.Sqs, nameof(GetQueueUrl), "sqs:GetQueueUrl");

    /// <summary>GetQueueUrl: the URL of a queue, also of another account.</summary>
    public static async Task<string> FindAsync(AwsDocumentClient client, Arn queue, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(queue.Resource);
        JsonObject named = new() { ["QueueName"] = queue.Resource, ["QueueOwnerAWSAccountId"] = queue.AccountId };
        return new Answer(GetQueueUrl, subject, await client.InvokeAsync(GetQueueUrl, subject, named, cancellationToken)).RequiredText("QueueUrl");
    }
}
