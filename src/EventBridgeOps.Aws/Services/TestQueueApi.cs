using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.LiveTesting;

namespace EventBridgeOps.Aws.Services;

/// <summary>The queues of live tests, over the wire.</summary>
internal sealed class TestQueueApi(AwsDocumentClient client) : ITestQueueApi
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html: at most twelve hours.
    private const string Hidden = "43200";

    /// <summary>After an hour, a queue that was not deleted is empty.</summary>
    private const string Retention = "3600";

    private static readonly ServiceOperation CreateQueue = Operation(nameof(CreateQueue));
    private static readonly ServiceOperation ListQueues = Operation(nameof(ListQueues));
    private static readonly ServiceOperation ListQueueTags = Operation(nameof(ListQueueTags));
    private static readonly ServiceOperation DeleteQueue = Operation(nameof(DeleteQueue));

    // It waits up to 20 seconds by itself.
    private static readonly ServiceOperation ReceiveMessage = Operation(nameof(ReceiveMessage)) with { Patience = TimeSpan.FromSeconds(30) };

    public async Task<string> CreateAsync(string name, string policy, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(name);
        JsonObject request = new()
        {
            ["QueueName"] = name,
            ["Attributes"] = new JsonObject { ["Policy"] = policy, ["VisibilityTimeout"] = Hidden, ["MessageRetentionPeriod"] = Retention },
            ["tags"] = new JsonObject(tags.Select(tag => new KeyValuePair<string, JsonNode?>(tag.Key, tag.Value))),
        };
        return new Answer(CreateQueue, subject, await client.InvokeAsync(CreateQueue, subject, request, cancellationToken)).RequiredText("QueueUrl");
    }

    public async IAsyncEnumerable<string> ListAsync(string namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Without MaxResults, there are no further pages.
        await foreach (Answer page in Listing.PagesAsync(client, ListQueues, ServicesMessages.Queue(namePrefix + "*"), new JsonObject { ["QueueNamePrefix"] = namePrefix, ["MaxResults"] = 1000 }, "NextToken", cancellationToken))
        {
            // Without queues, the list is left out.
            foreach (string url in page.Document.ContainsKey("QueueUrls") ? page.Texts("QueueUrls") : [])
                yield return url;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string queueUrl, CancellationToken cancellationToken)
    {
        JsonObject answer = await client.InvokeAsync(ListQueueTags, ServicesMessages.Queue(queueUrl), new JsonObject { ["QueueUrl"] = queueUrl }, cancellationToken);
        return (answer["Tags"] as JsonObject ?? []).ToDictionary(tag => tag.Key, tag => Document.Text(tag.Value) ?? "", StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<TestMessage>> ReceiveAsync(string queueUrl, TimeSpan wait, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Queue(queueUrl);
        JsonObject request = new() { ["QueueUrl"] = queueUrl, ["MaxNumberOfMessages"] = 10, ["WaitTimeSeconds"] = (int)wait.TotalSeconds, ["AttributeNames"] = new JsonArray("MessageGroupId") };
        Answer answer = new(ReceiveMessage, subject, await client.InvokeAsync(ReceiveMessage, subject, request, cancellationToken));
        // Without messages, the list is left out.
        return answer.Document.ContainsKey("Messages")
            ? [.. answer.Documents("Messages", "MessageId").Select(message => new TestMessage(message.String("MessageId")!, (message["Attributes"] as JsonObject)?.String("MessageGroupId"), message.String("Body") ?? ""))]
            : [];
    }

    public async Task DeleteAsync(string queueUrl, CancellationToken cancellationToken) =>
        await client.InvokeAsync(DeleteQueue, ServicesMessages.Queue(queueUrl), new JsonObject { ["QueueUrl"] = queueUrl }, cancellationToken);

    private static ServiceOperation Operation(string name) => new(AwsService.Sqs, name, "sqs:" + name);
}
