using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>Functions as targets of rules. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, "AWS Lambda permissions".</summary>
public sealed class FunctionTargetTests : LambdaTest
{
    private const string Rule = "arn:aws:events:eu-west-1:123456789012:rule/r";

    [Fact]
    public async Task EventReachesTheFunctionOfTheRule()
    {
        await MakePipe();
        await Prepare(Rule);
        await Send();
        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(Server.Deliveries).Outcome);
        Assert.Equal("""{"x":1}""", await ReadPipe());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arn:aws:events:eu-west-1:123456789012:rule/other")]
    public async Task PolicyMustLetTheRuleInvokeTheFunction(string? allowed)
    {
        await Prepare(allowed);
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Lost, "NO_PERMISSIONS", 1), (delivery.Outcome, delivery.ErrorCode, delivery.Attempts));
    }

    [Fact]
    public async Task MissingFunctionIsNoResource()
    {
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Functions}}none"}""")).Succeeded();
        await Send();
        Assert.Equal("NO_RESOURCE", Assert.Single(Server.Deliveries).ErrorCode);
    }

    private async Task Prepare(string? allowed)
    {
        await Create("f", """echo "$event" > "$PIPE"; respond ''""", PipeVariable);
        if (allowed is not null)
            Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions/f/policy", $$"""{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":"{{allowed}}"}""")).Status);
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Functions}}f","InputPath":"$.detail"}""")).Succeeded();
    }

    private async Task Send()
    {
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.Zero);
    }
}
