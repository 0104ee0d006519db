using System.Text.Json.Nodes;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Aws.Services;

/// <summary>Amazon SNS over the wire. A topic is called in its own Region.</summary>
internal sealed class TopicApi(Func<string, AwsDocumentClient> clients) : ITopicApi
{
    private static readonly ServiceOperation Publish = new(AwsService.Sns, nameof(Publish), "sns:Publish", IsRepeatable: false);

    public async Task PublishAsync(Arn topic, string subject, string message, CancellationToken cancellationToken)
    {
        Message named = ServicesMessages.Topic(topic.Resource);
        JsonObject request = new() { ["TopicArn"] = topic.ToString(), ["Subject"] = subject, ["Message"] = message };
        _ = new Answer(Publish, named, await clients(topic.Region).InvokeAsync(Publish, named, request, cancellationToken)).RequiredText("MessageId");
    }
}
