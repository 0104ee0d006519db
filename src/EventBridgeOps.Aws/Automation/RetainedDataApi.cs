using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Automation;

/// <summary>Deletes tables, queues and log groups.</summary>
internal sealed class RetainedDataApi(DynamoTable dynamo, AwsDocumentClient queues, AwsDocumentClient logs) : IRetainedDataApi
{
    private static readonly ServiceOperation DeleteQueue = new(AwsService.Sqs, nameof(DeleteQueue), "sqs:DeleteQueue");
    private static readonly ServiceOperation DeleteLogGroup = new(AwsService.Logs, nameof(DeleteLogGroup), "logs:DeleteLogGroup");

    public Task DeleteTableAsync(string table, CancellationToken cancellationToken) =>
        IfThereAsync(() => dynamo.CallAsync("DeleteTable", table, client => client.DeleteTableAsync(table, cancellationToken), cancellationToken));

    public Task DeleteQueueAsync(string queueUrl, CancellationToken cancellationToken) =>
        IfThereAsync(() => queues.InvokeAsync(DeleteQueue, ServicesMessages.Queue(queueUrl), new JsonObject { ["QueueUrl"] = queueUrl }, cancellationToken));

    public Task DeleteLogGroupAsync(string logGroup, CancellationToken cancellationToken) =>
        IfThereAsync(() => logs.InvokeAsync(DeleteLogGroup, ServicesMessages.LogGroup(logGroup), new JsonObject { ["logGroupName"] = logGroup }, cancellationToken));

    private static async Task IfThereAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound || e.Call.Code is "ResourceNotFoundException" or "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            // It was deleted already.
        }
    }
}
