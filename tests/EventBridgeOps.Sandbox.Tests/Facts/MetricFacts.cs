namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Metrics of EventBridge. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html.</summary>
public sealed class MetricFacts : FactTest
{
    public MetricFacts() => Clock.Advance(TimeSpan.FromDays(20_000)); // A year in which metrics are.

    [Fact]
    public async Task RulesOfTheDefaultBusHaveTheirNameOnlyAndThoseOfOtherBusesBoth()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"custom"}""")).Succeeded();
        await PutRule("r");
        await PutRule("s", "custom");
        await PutEvents(Entry(), Entry(more: ",\"EventBusName\":\"custom\""));
        Assert.Equal(["EventBusName=custom RuleName=s", "RuleName=r"], await Dimensions("TriggeredRules", "RuleName"));
    }

    /// <summary>So an alarm needs TreatMissingData: notBreaching.</summary>
    [Fact]
    public async Task WhatIsZeroIsNotSent()
    {
        await MakeQueue("q");
        await RuleWith(QueueTarget("q"));
        await Send();
        Assert.NotEmpty(await Dimensions("Invocations"));
        foreach (string metric in new[] { "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq", "ThrottledRules", "DeadLetterInvocations" })
            Assert.Empty(await Dimensions(metric));
    }

    /// <summary>For want of the permission, of the queue, or of room for the message.</summary>
    [Theory]
    [InlineData("dead", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq")]
    [InlineData("closed", "InvocationsFailedToBeSentToDlq", "InvocationsSentToDlq")]
    [InlineData("none", "InvocationsFailedToBeSentToDlq", "InvocationsSentToDlq")]
    [InlineData("small", "InvocationsFailedToBeSentToDlq", "InvocationsSentToDlq")]
    public async Task DeadLetterQueueThatDoesNotTakeTheEventIsCountedApart(string queue, string counted, string silent)
    {
        await MakeQueue("dead");
        await MakeQueue("small");
        (await Sqs("SetQueueAttributes", """{"QueueUrl":"http://localhost/123456789012/small","Attributes":{"MaximumMessageSize":"1024"}}""")).Succeeded();
        await MakeClosedQueue("closed");
        await RuleWith(QueueTarget("missing", $$$""","DeadLetterConfig":{"Arn":"{{{Queues}}}{{{queue}}}"}"""));
        await Send($$"""{"x":"{{new string('x', 2000)}}"}""");
        Assert.NotEmpty(await Dimensions(counted));
        Assert.Empty(await Dimensions(silent));
        Assert.NotEmpty(await Dimensions("FailedInvocations"));
    }

    private async Task<List<string>> Dimensions(string metric, string among = "") =>
        [.. (await Aws.Send("monitoring", "/", "GraniteServiceVersion20100801.ListMetrics", $$"""{"Namespace":"AWS/Events","MetricName":"{{metric}}"}""", "application/x-amz-json-1.0"))
            .Succeeded().Json.GetProperty("Metrics").EnumerateArray()
            .Select(one => string.Join(" ", one.GetProperty("Dimensions").EnumerateArray()
                .Select(dimension => $"{dimension.GetProperty("Name").GetString()}={dimension.GetProperty("Value").GetString()}").Order(StringComparer.Ordinal)))
            .Where(text => text.Contains(among, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
