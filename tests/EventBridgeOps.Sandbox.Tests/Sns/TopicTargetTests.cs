using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>Topics as targets of rules. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, "Amazon SNS permissions".</summary>
public sealed class TopicTargetTests : SnsTest
{
    private const string Open = """{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}]}""";

    [Fact]
    public async Task EventGoesThroughTheTopicIntoTheQueue()
    {
        await Prepare("t", Open);
        await Send();
        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(Server.Deliveries).Outcome);
        Assert.Equal("""{"x":1}""", JsonDocument.Parse((await Body("q"))!).RootElement.GetProperty("Message").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:*:*"}}}]}""")]
    public async Task PolicyMustLetEventBridgePublishWithoutConditions(string? policy)
    {
        await Prepare("t", policy);
        await Send();
        Assert.Equal("NO_PERMISSIONS", Assert.Single(Server.Deliveries).ErrorCode);
        Assert.Null(await Body("q"));
    }

    [Fact]
    public async Task FifoTopicRefusesAMessageWithoutGroup()
    {
        await MakeTopic("t.fifo", Entry("Attributes", 1, "FifoTopic", "true") + Entry("Attributes", 2, "Policy", Open));
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{TopicArn}}t.fifo"}""")).Succeeded();
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Lost, 1), (delivery.Outcome, delivery.Attempts));
        Assert.Contains("MessageGroupId", delivery.Reason);
    }

    [Fact]
    public async Task MissingTopicIsNoResource()
    {
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{TopicArn}}none"}""")).Succeeded();
        await Send();
        Assert.Equal("NO_RESOURCE", Assert.Single(Server.Deliveries).ErrorCode);
    }

    private async Task Prepare(string topic, string? policy)
    {
        await MakeQueue("q");
        await MakeTopic(topic, policy is null ? "" : Entry("Attributes", 1, "Policy", policy));
        await Subscribe(topic, "q");
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{TopicArn}}{{topic}}","InputPath":"$.detail"}""")).Succeeded();
    }

    private async Task Send() => (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"}]}""")).Succeeded();
}
