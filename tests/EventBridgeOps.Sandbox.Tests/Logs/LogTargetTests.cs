using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Logs;

/// <summary>Log groups as targets: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, "CloudWatch Logs permissions".</summary>
public sealed class LogTargetTests : SandboxTest
{
    private const string Group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/x";

    [Theory]
    [InlineData("")]
    [InlineData(":*")]
    public async Task EventIsAnEntryOfItsLogGroup(string end)
    {
        await Make();
        await Allow();
        await Send(Group + end);
        JsonElement entry = (await Logs("FilterLogEvents", """{"logGroupName":"/aws/events/x"}""")).Succeeded().Json.GetProperty("events")[0];
        Assert.Contains("\"source\":\"a\"", entry.GetProperty("message").GetString());
        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task TransformerMustMakeTimestampAndMessage()
    {
        await Make();
        await Allow();
        await Send(Group, """,{"InputPathsMap":{"t":"$.time","m":"$.detail-type"},"InputTemplate":"{\"timestamp\":<t>,\"message\":<m>}"}""");
        Assert.Equal("d", (await Logs("FilterLogEvents", """{"logGroupName":"/aws/events/x"}""")).Succeeded().Json.GetProperty("events")[0].GetProperty("message").GetString());
        await Send(Group, """,{"InputPathsMap":{"m":"$.detail-type"},"InputTemplate":"{\"message\":<m>}"}""");
        Assert.Equal((DeliveryOutcome.Lost, "INVALID_INPUT"), (Server.Deliveries[^1].Outcome, Server.Deliveries[^1].ErrorCode));
    }

    [Theory]
    [InlineData(true, "", "NO_PERMISSIONS")]
    [InlineData(true, """,{"Effect":"Deny","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}""", "NO_PERMISSIONS")]
    [InlineData(false, "all", "NO_RESOURCE")]
    public async Task WithoutPolicyOrGroupTheDeliveryFails(bool make, string more, string code)
    {
        if (make)
            await Make();
        if (more.Length > 0)
            await Allow(more == "all" ? "" : more);
        await Send(Group);
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Lost, code), (delivery.Outcome, delivery.ErrorCode));
    }

    [Theory]
    [InlineData("r", DeliveryOutcome.Delivered)]
    [InlineData("other", DeliveryOutcome.Lost)]
    public async Task PolicyMayNameTheRule(string rule, DeliveryOutcome outcome)
    {
        await Make();
        string policy = $$"""
            {"Statement":[
              {"Effect":"Allow","Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},"Action":"logs:CreateLogStream","Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/*:*"},
              {"Effect":"Allow","Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},"Action":"logs:PutLogEvents","Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/*:*:*",
               "Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/{{rule}}"} } }]}
            """;
        (await Logs("PutResourcePolicy", $$"""{"policyName":"p","policyDocument":{{JsonSerializer.Serialize(policy)}}}""")).Succeeded();
        await Send(Group);
        Assert.Equal(outcome, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task ConstantInputIsNotSimulated()
    {
        await Make();
        await Allow();
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Group}}","Input":"{}"}""")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Equal(DeliveryOutcome.NotSimulated, Assert.Single(Server.Deliveries).Outcome);
    }

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private async Task Make() => (await Logs("CreateLogGroup", """{"logGroupName":"/aws/events/x"}""")).Succeeded();

    private async Task Allow(string more = "")
    {
        string policy = $$$"""{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"{{{Group}}}:*"}{{{more}}}]}""";
        (await Logs("PutResourcePolicy", $$"""{"policyName":"p","policyDocument":{{JsonSerializer.Serialize(policy)}}}""")).Succeeded();
    }

    private async Task Send(string group, string transformer = "")
    {
        await PutRule("r");
        string input = transformer.Length == 0 ? "" : ",\"InputTransformer\":" + transformer[1..];
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{group}}"{{input}}}""")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"}]}""")).Succeeded();
    }
}
