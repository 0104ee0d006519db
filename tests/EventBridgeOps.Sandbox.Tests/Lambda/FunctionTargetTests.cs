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

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html and https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.</summary>
    [Fact]
    public async Task FunctionHasTheTraceHeaderOfTheEntry()
    {
        const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        await MakePipe();
        await Prepare(Rule, """sed -n 's/^Lambda-Runtime-Trace-Id: //p' <<<"$answer" > "$PIPE"; respond '{}'""");
        await Send($",\"TraceHeader\":\"{Trace}\"");
        Assert.Equal(Trace, await ReadPipe());
        await Send();
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$", await ReadPipe()); // A trace of its own.
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

    private async Task Prepare(string? allowed, string handler = """echo "$event" > "$PIPE"; respond ''""")
    {
        await Create("f", handler, PipeVariable);
        if (allowed is not null)
            Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions/f/policy", $$"""{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":"{{allowed}}"}""")).Status);
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Functions}}f","InputPath":"$.detail"}""")).Succeeded();
    }

    private async Task Send(string more = "")
    {
        (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"{{more}}}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.Zero);
    }
}
