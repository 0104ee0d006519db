using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Targets over the wire, each in its own Region.</summary>
/// <param name="clients">The client of a service in the Region of a resource.</param>
internal sealed class TargetResourceApi(Func<AwsService, Arn, AwsDocumentClient> clients) : ITargetResourceApi
{
    // As for an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html.
    private const long OneMegabyte = EntryLimits.Bytes;

    // https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
    private const long MaxTopicBytes = 256 * 1024;

    private static readonly ServiceOperation DescribeJobQueues = new(AwsService.Batch, nameof(DescribeJobQueues), "batch:DescribeJobQueues", "/v1/describejobqueues");
    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");
    private static readonly ServiceOperation GetTopicAttributes = new(AwsService.Sns, nameof(GetTopicAttributes), "sns:GetTopicAttributes");
    private static readonly ServiceOperation DescribeEventBus = new(AwsService.EventBridge, nameof(DescribeEventBus), "events:DescribeEventBus");

    public Task<TargetResource?> FindAsync(Arn target, CancellationToken cancellationToken) => target.Service switch
    {
        "batch" => JobQueueAsync(target, cancellationToken),
        "sqs" => IfItExistsAsync(() => QueueAsync(target, cancellationToken)),
        "sns" => IfItExistsAsync(() => TopicAsync(target, cancellationToken)),
        "lambda" => IfItExistsAsync(() => FunctionAsync(target, cancellationToken)),
        "events" when target.Resource.StartsWith("event-bus/", StringComparison.Ordinal) => IfItExistsAsync(() => EventBusAsync(target, cancellationToken)),
        _ => Task.FromResult<TargetResource?>(new TargetResource(IsKnown: false)),
    };

    public async Task<IReadOnlyList<string>> FailureDestinationsAsync(Arn function, CancellationToken cancellationToken)
    {
        FunctionApi functions = FunctionsOf(function);
        JsonObject? config = await IfItExistsAsync(() => functions.GetEventInvokeConfigAsync(function.ToString(), cancellationToken));
        JsonObject? settings = await IfItExistsAsync(() => functions.GetConfigurationAsync(function.ToString(), cancellationToken));
        return
        [
            .. new[]
            {
                ((config?["DestinationConfig"] as JsonObject)?["OnFailure"] as JsonObject)?.String("Destination"),
                (settings?["DeadLetterConfig"] as JsonObject)?.String("TargetArn"),
            }.OfType<string>().Where(arn => arn.Length > 0).Distinct(StringComparer.Ordinal),
        ];
    }

    private async Task<TargetResource?> JobQueueAsync(Arn queue, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.JobQueue(queue.Resource);
        JsonObject request = new() { ["jobQueues"] = new JsonArray(queue.ToString()) };
        Answer answer = new(DescribeJobQueues, subject, await clients(AwsService.Batch, queue).InvokeAsync(DescribeJobQueues, subject, request, cancellationToken));
        // The size of a job is limited by its parts: https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html.
        IReadOnlyList<JsonObject> found = answer.Documents("jobQueues", "jobQueueArn");
        return found.Count > 0 ? new TargetResource { HasSchedulingPolicy = found[0].String("schedulingPolicyArn") is { Length: > 0 } } : null;
    }

    private async Task<TargetResource> QueueAsync(Arn queue, CancellationToken cancellationToken)
    {
        AwsDocumentClient client = clients(AwsService.Sqs, queue);
        Message subject = ServicesMessages.Queue(queue.Resource);
        JsonObject asked = new() { ["QueueUrl"] = await QueueAddress.FindAsync(client, queue, cancellationToken), ["AttributeNames"] = new JsonArray("Policy", "KmsMasterKeyId", "MaximumMessageSize") };
        JsonObject attributes = (await client.InvokeAsync(GetQueueAttributes, subject, asked, cancellationToken))["Attributes"] as JsonObject ?? [];
        return new TargetResource
        {
            Policy = attributes.String("Policy"),
            KeyId = Key(attributes),
            MaxInputBytes = long.TryParse(attributes["MaximumMessageSize"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long most) ? most : OneMegabyte,
        };
    }

    private async Task<TargetResource> TopicAsync(Arn topic, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Topic(topic.Resource);
        JsonObject answer = await clients(AwsService.Sns, topic).InvokeAsync(GetTopicAttributes, subject, new JsonObject { ["TopicArn"] = topic.ToString() }, cancellationToken);
        JsonObject attributes = answer["Attributes"] as JsonObject ?? [];
        return new TargetResource { Policy = attributes.String("Policy"), KeyId = Key(attributes), MaxInputBytes = MaxTopicBytes };
    }

    private async Task<TargetResource> FunctionAsync(Arn function, CancellationToken cancellationToken)
    {
        FunctionApi functions = FunctionsOf(function);
        await functions.GetConfigurationAsync(function.ToString(), cancellationToken);
        return new TargetResource { Policy = await functions.GetPolicyAsync(function.ToString(), cancellationToken), MaxInputBytes = OneMegabyte };
    }

    private async Task<TargetResource> EventBusAsync(Arn bus, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.EventBus(bus.ToString());
        JsonObject answer = await clients(AwsService.EventBridge, bus).InvokeAsync(DescribeEventBus, subject, new JsonObject { ["Name"] = bus.ToString() }, cancellationToken);
        return new TargetResource { Policy = answer.String("Policy"), MaxInputBytes = EntryLimits.Bytes };
    }

    private FunctionApi FunctionsOf(Arn function) => new(clients(AwsService.Lambda, function));

    /// <summary>What a call returns; null if the resource does not exist.</summary>
    private static async Task<T?> IfItExistsAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (ServiceCallException e) when (e.ErrorId is ErrorIds.ResourceNotFound or ErrorIds.EventBusNotFound)
        {
            return null;
        }
    }

    private static string? Key(JsonObject attributes) => attributes.String("KmsMasterKeyId") is { Length: > 0 } key ? key : null;
}
