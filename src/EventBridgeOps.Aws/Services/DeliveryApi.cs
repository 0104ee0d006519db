using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Aws.Services;

/// <summary>Targets over the wire. Each is called in its own Region, and each call makes something new, so it is sent once.</summary>
/// <param name="clients">The client of a service in the Region of a resource.</param>
/// <param name="invocations">The client that invokes a function.</param>
internal sealed class DeliveryApi(Func<AwsService, Arn, AwsDocumentClient> clients, Func<Arn, AwsDocumentClient> invocations) : IDeliveryApi
{
    private const int PerDescription = 100;

    private static readonly ServiceOperation SubmitJob = new(AwsService.Batch, nameof(SubmitJob), "batch:SubmitJob", "/v1/submitjob", IsRepeatable: false);
    private static readonly ServiceOperation SendMessage = new(AwsService.Sqs, nameof(SendMessage), "sqs:SendMessage", IsRepeatable: false);
    private static readonly ServiceOperation Publish = new(AwsService.Sns, nameof(Publish), "sns:Publish", IsRepeatable: false);

    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    private static readonly ServiceOperation Invoke = new(AwsService.Lambda, nameof(Invoke), "lambda:InvokeFunction", "/2015-03-31/functions/{FunctionName}/invocations", IsRepeatable: false)
    {
        Header = ("X-Amz-Invocation-Type", "Event"),
    };

    private static readonly ServiceOperation PutEvents = new(AwsService.EventBridge, nameof(PutEvents), "events:PutEvents", IsRepeatable: false);

    private readonly ConcurrentDictionary<Arn, string> _queueUrls = new();

    public async Task<string> SubmitJobAsync(Arn queue, JsonObject job, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.JobQueue(queue.Resource);
        return new Answer(SubmitJob, subject, await clients(AwsService.Batch, queue).InvokeAsync(SubmitJob, subject, job, cancellationToken)).RequiredText("jobId");
    }

    public async Task<string?> FindJobAsync(Arn queue, string jobName, DateTimeOffset since, (string Name, string Value) tag, CancellationToken cancellationToken)
    {
        BatchJobApi jobs = new(clients(AwsService.Batch, queue));
        List<string> recent = [];
        await foreach (JsonObject job in jobs.ListJobsAsync(queue.ToString(), jobName, cancellationToken))
        {
            if (job["createdAt"] is not JsonValue created || !created.TryGetValue(out long at) || at >= since.ToUnixTimeMilliseconds())
                recent.Add(job.String("jobId")!);
        }

        for (int first = 0; first < recent.Count; first += PerDescription)
        {
            IReadOnlyList<JsonObject> described = await jobs.DescribeJobsAsync([.. recent.Skip(first).Take(PerDescription)], cancellationToken);
            if (described.FirstOrDefault(job => (job["tags"] as JsonObject)?.String(tag.Name) == tag.Value) is { } found)
                return found.String("jobId");
        }

        return null;
    }

    public async Task<string> SendMessageAsync(Arn queue, string body, string? group, string? deduplicationId, CancellationToken cancellationToken)
    {
        AwsDocumentClient client = clients(AwsService.Sqs, queue);
        Message subject = ServicesMessages.Queue(queue.Resource);
        if (!_queueUrls.TryGetValue(queue, out string? url))
            _queueUrls[queue] = url = await QueueAddress.FindAsync(client, queue, cancellationToken);
        JsonObject request = new() { ["QueueUrl"] = url, ["MessageBody"] = body };
        if (group is not null)
            request["MessageGroupId"] = group;
        if (deduplicationId is not null)
            request["MessageDeduplicationId"] = deduplicationId;
        return new Answer(SendMessage, subject, await client.InvokeAsync(SendMessage, subject, request, cancellationToken)).RequiredText("MessageId");
    }

    public async Task<string> PublishAsync(Arn topic, string message, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Topic(topic.Resource);
        JsonObject request = new() { ["TopicArn"] = topic.ToString(), ["Message"] = message };
        return new Answer(Publish, subject, await clients(AwsService.Sns, topic).InvokeAsync(Publish, subject, request, cancellationToken)).RequiredText("MessageId");
    }

    public Task InvokeAsync(Arn function, string payload, CancellationToken cancellationToken) =>
        invocations(function).InvokeAsync(Invoke, ServicesMessages.Function(function.Resource), () => Encoding.UTF8.GetBytes(payload), cancellationToken, new JsonObject { ["FunctionName"] = function.ToString() });

    public async Task<PutEventAnswer> PutEventAsync(Arn eventBus, JsonObject happened, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.EventBus(eventBus.ToString());
        JsonObject entry = new()
        {
            ["EventBusName"] = eventBus.ToString(),
            ["Source"] = happened.String("source"),
            ["DetailType"] = happened.String("detail-type"),
            ["Detail"] = happened["detail"] is { } detail ? Document.Write(detail) : "{}",
        };
        if (DateTimeOffset.TryParse(happened.String("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            entry["Time"] = time.ToUnixTimeMilliseconds() / 1000m;
        if (happened["resources"] is JsonArray { Count: > 0 } resources)
            entry["Resources"] = resources.DeepClone();
        Answer answer = new(PutEvents, subject, await clients(AwsService.EventBridge, eventBus).InvokeAsync(PutEvents, subject, new JsonObject { ["Entries"] = new JsonArray(entry) }, cancellationToken));
        IReadOnlyList<JsonObject> results = answer.Documents("Entries");
        return results.Count == 1 ? new PutEventAnswer(results[0].String("EventId"), results[0].String("ErrorCode"), results[0].String("ErrorMessage"))
            : throw answer.Wrong(ServicesMessages.OtherCount("Entries", results.Count, 1));
    }
}
