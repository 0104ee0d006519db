using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Dead letters of EventBridge. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html.</summary>
public sealed class DeadLetterFacts : FactTest
{
    /// <summary>serverless/serverless issue 4647.</summary>
    [Fact]
    public async Task BodyIsTheOriginalEventAndNotTheTransformedInput()
    {
        await MakeQueue("dead");
        await RuleWith(QueueTarget("missing", ",\"InputTransformer\":{\"InputTemplate\":\"\\\"transformed\\\"\"}" + Dead));
        JsonElement answer = await Send("""{"x":1.0}""");
        JsonElement body = (await Letter("dead")).Body;
        Assert.Equal(answer.GetProperty("Entries")[0].GetProperty("EventId").GetString(), body.GetProperty("id").GetString());
        Assert.Equal(("a", "d", """{"x":1.0}"""), (body.GetProperty("source").GetString(), body.GetProperty("detail-type").GetString(), body.GetProperty("detail").GetRawText()));
    }

    [Fact]
    public async Task AttributesNameRuleTargetErrorAndRetries()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await MakeQueue("dead");
        await RuleWith(QueueTarget("q", ",\"RetryPolicy\":{\"MaximumRetryAttempts\":1}" + Dead));
        await Send();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Dictionary<string, string> attributes = (await Letter("dead")).Attributes;
        Assert.Equal(
            ["ERROR_CODE", "ERROR_MESSAGE", "EXHAUSTED_RETRY_CONDITION", "RETRY_ATTEMPTS", "RULE_ARN", "TARGET_ARN"],
            attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("arn:aws:events:eu-west-1:123456789012:rule/r", Queues + "q"), (attributes["RULE_ARN"], attributes["TARGET_ARN"]));
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead.fifo", "FIFO")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:dead", "Region")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:none", "does not exist")]
    public async Task QueueMustBeAStandardOneInTheRegionOfTheRule(string queue, string reason)
    {
        await MakeClosedQueue("dead.fifo", "\"FifoQueue\":\"true\",\"ContentBasedDeduplication\":\"true\"");
        await MakeQueue("dead");
        await RuleWith(QueueTarget("missing", $$$""","DeadLetterConfig":{"Arn":"{{{queue}}}"} """));
        await Send();
        Assert.Equal(DeliveryOutcome.Lost, Delivery().Outcome);
        Assert.Contains(reason, Delivery().Reason, StringComparison.Ordinal);
        Assert.Empty(await Take("dead"));
    }

    /// <summary>The console adds it: "Granting permissions to the dead-letter queue" on the page.</summary>
    [Fact]
    public async Task PutTargetsDoesNotAddThePolicyOfTheQueueAndWithoutItTheEventIsLost()
    {
        await MakeClosedQueue("dead");
        await RuleWith(QueueTarget("missing", Dead));
        Assert.DoesNotContain("Policy", (await Sqs("GetQueueAttributes", """{"QueueUrl":"http://localhost/123456789012/dead","AttributeNames":["All"]}""")).Succeeded().Text, StringComparison.Ordinal);
        await Send();
        Assert.Equal(DeliveryOutcome.Lost, Delivery().Outcome);
        Assert.Contains("policy", Delivery().Reason, StringComparison.Ordinal);
    }

    /// <summary>CloudFormation's default for MaximumMessageSize on an update is 256 KB: LocalStack's aws_sqs_queue.py.</summary>
    [Fact]
    public async Task EventThatIsTooLargeForTheQueueIsLost()
    {
        await MakeQueue("dead");
        (await Sqs("SetQueueAttributes", """{"QueueUrl":"http://localhost/123456789012/dead","Attributes":{"MaximumMessageSize":"262144"}}""")).Succeeded();
        await RuleWith(QueueTarget("missing", Dead));
        await Send($$"""{"x":"{{new string('x', 300_000)}}"}""");
        Assert.Equal(DeliveryOutcome.Lost, Delivery().Outcome);
        Assert.Contains("262144", Delivery().Reason, StringComparison.Ordinal);
    }
}
