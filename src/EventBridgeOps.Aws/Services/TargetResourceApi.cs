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
    private const string FunctionPath = "/2015-03-31/functions/{FunctionName}/";

    // As for an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html.
    private const long OneMegabyte = EntryLimits.Bytes;

    // https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
    private const long MaxTopicBytes = 256 * 1024;

    private static readonly ServiceOperation DescribeJobQueues = new(AwsService.Batch, nameof(DescribeJobQueues), "batch:DescribeJobQueues", "/v1/describejobqueues");
    private static readonly ServiceOperation GetQueueUrl = new(AwsService.Sqs, nameof(GetQueueUrl), "sqs:GetQueueUrl");
    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");
    private static readonly ServiceOperation GetTopicAttributes = new(AwsService.Sns, nameof(GetTopicAttributes), "sns:GetTopicAttributes");
    private static readonly ServiceOperation DescribeEventBus = new(AwsService.EventBridge, nameof(DescribeEventBus), "events:DescribeEventBus");
    private static readonly ServiceOperation GetFunctionConfiguration = Get(nameof(GetFunctionConfiguration), "lambda:GetFunctionConfiguration", FunctionPath + "configuration");
    private static readonly ServiceOperation GetPolicy = Get(nameof(GetPolicy), "lambda:GetPolicy", FunctionPath + "policy");
    private static readonly ServiceOperation GetFunctionEventInvokeConfig = Get(nameof(GetFunctionEventInvokeConfig), "lambda:GetFunctionEventInvokeConfig", "/2019-09-25/functions/{FunctionName}/event-invoke-config");

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
        JsonObject? config = await IfItExistsAsync(async () => (await CallAsync(GetFunctionEventInvokeConfig, function, cancellationToken)).Document);
        JsonObject? settings = await IfItExistsAsync(async () => (await CallAsync(GetFunctionConfiguration, function, cancellationToken)).Document);
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
        JsonObject named = new() { ["QueueName"] = queue.Resource, ["QueueOwnerAWSAccountId"] = queue.AccountId };
        string url = new Answer(GetQueueUrl, subject, await client.InvokeAsync(GetQueueUrl, subject, named, cancellationToken)).RequiredText("QueueUrl");
        JsonObject asked = new() { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("Policy", "KmsMasterKeyId", "MaximumMessageSize") };
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
        await CallAsync(GetFunctionConfiguration, function, cancellationToken);
        string? policy = await IfItExistsAsync(async () => (await CallAsync(GetPolicy, function, cancellationToken)).RequiredText("Policy"));
        return new TargetResource { Policy = policy, MaxInputBytes = OneMegabyte };
    }

    private async Task<TargetResource> EventBusAsync(Arn bus, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.EventBus(bus.ToString());
        JsonObject answer = await clients(AwsService.EventBridge, bus).InvokeAsync(DescribeEventBus, subject, new JsonObject { ["Name"] = bus.ToString() }, cancellationToken);
        return new TargetResource { Policy = answer.String("Policy"), MaxInputBytes = EntryLimits.Bytes };
    }

    private async Task<Answer> CallAsync(ServiceOperation operation, Arn function, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Function(function.Resource);
        return new Answer(operation, subject, await clients(AwsService.Lambda, function).InvokeAsync(operation, subject, new JsonObject { ["FunctionName"] = function.ToString() }, cancellationToken));
    }

    /// <summary>What a call returns; null if the resource does not exist.</summary>
    private static async Task<T?> IfItExistsAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (ServiceCallException e) when (e.Call.Status == 404 || e.Call.Code is "ResourceNotFoundException" or "NotFoundException" or "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            return null;
        }
    }

    private static string? Key(JsonObject attributes) => attributes.String("KmsMasterKeyId") is { Length: > 0 } key ? key : null;

    private static ServiceOperation Get(string name, string permission, string path) => new(AwsService.Lambda, name, permission, path) { Method = "GET" };
}
