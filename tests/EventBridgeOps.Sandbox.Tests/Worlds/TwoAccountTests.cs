using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Tests.CloudFormation;

namespace EventBridgeOps.Sandbox.Tests.Worlds;

/// <summary>Two accounts in one sandbox forward events to each other: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html.</summary>
public sealed class TwoAccountTests : StackTest
{
    private const string Mine = "123456789012";
    private const string Theirs = "210987654321";

    private AwsClient theirs = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        theirs = new AwsClient(Server.Endpoint, accessKey: Theirs);
    }

    public override async ValueTask DisposeAsync()
    {
        theirs?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AccessKeyOrSessionSaysWhichAccountIsCalled()
    {
        Assert.Contains($"arn:aws:iam::{Theirs}:user/sandbox", (await theirs.Sts("Action=GetCallerIdentity&Version=2011-06-15")).Succeeded().Text);
        await PutRule("r");
        Assert.Equal("""{"Rules":[]}""", (await theirs.Events("ListRules", "{}")).Text);
        Assert.Equal($"arn:aws:events:eu-west-1:{Theirs}:rule/s", (await theirs.Events("PutRule", """{"Name":"s","EventPattern":"{\"source\":[\"a\"]}"}""")).Json.GetProperty("RuleArn").GetString());

        Answer assumed = (await Aws.Sts($"Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::{Theirs}:role/deploy&RoleSessionName=me")).Succeeded();
        using AwsClient session = new(Server.Endpoint, accessKey: One(assumed, "AccessKeyId"));
        Assert.Contains("\"s\"", (await session.Events("ListRules", "{}")).Text);
        Assert.Contains($"arn:aws:sts::{Theirs}:assumed-role/deploy/me", (await session.Sts("Action=GetCallerIdentity&Version=2011-06-15")).Text);
        (await theirs.Batch("DescribeJobs", """{"jobs":["a"]}""")).Failed(400, "UnknownOperationException", $"The sandbox has batch in its own account only, and not in {Theirs}.");
    }

    [Fact]
    public async Task EventsGoBothWaysAndNotOnToAThirdBus()
    {
        await Stack(Aws, Mine, Theirs);
        await Stack(theirs, Theirs, Mine);
        foreach ((AwsClient client, string from, string to) in new[] { (Aws, Mine, Theirs), (theirs, Theirs, Mine) })
        {
            (await client.Events("PutEvents", """{"Entries":[{"EventBusName":"shop","Source":"outgoing","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
            SandboxDelivery[] some = [.. Server.Deliveries.Where(delivery => delivery.Input!.Contains($"\"account\":\"{from}\"", StringComparison.Ordinal))];
            Assert.Equal(
                [("forward", DeliveryOutcome.Delivered), ("back", DeliveryOutcome.Lost), ("keep", DeliveryOutcome.Delivered)],
                some.Select(delivery => (delivery.RuleName, delivery.Outcome)).OrderBy(one => one.RuleName == "keep").ThenBy(one => one.RuleName == "back"));
            Assert.Equal("THIRD_ACCOUNT_HOP_DETECTED", some.Single(delivery => delivery.RuleName == "back").ErrorCode);
            Assert.Equal($"arn:aws:sqs:eu-west-1:{to}:kept", some.Single(delivery => delivery.RuleName == "keep").TargetArn);
        }
    }

    [Fact]
    public async Task PolicyOfTheBusMustAllowTheOtherAccount()
    {
        await Stack(Aws, Mine, Theirs);
        await Stack(theirs, Theirs, Mine);
        (await theirs.Events("RemovePermission", """{"EventBusName":"shop","StatementId":"partner"}""")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"EventBusName":"shop","Source":"outgoing","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        SandboxDelivery lost = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Lost, "NO_PERMISSIONS"), (lost.Outcome, lost.ErrorCode));
    }

    /// <summary>Whether a rule with a role sends its own ARN along is not documented.</summary>
    [Theory]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/shop/*"}}""", DeliveryOutcome.NotSimulated)]
    [InlineData("""{"ArnLikeIfExists":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/shop/*"}}""", DeliveryOutcome.Delivered)]
    [InlineData("""{"ArnLikeIfExists":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/other/*"}}""", DeliveryOutcome.NotSimulated)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/other/*"}}""", DeliveryOutcome.Lost)]
    [InlineData("""{"StringEquals":{"events:source":"outgoing","events:detail-type":"d"}}""", DeliveryOutcome.Delivered)]
    [InlineData("""{"StringEquals":{"events:source":"incoming"}}""", DeliveryOutcome.Lost)]
    public async Task PolicyOfTheBusMayHaveConditionsOnRuleAndEvent(string condition, DeliveryOutcome outcome)
    {
        await Stack(Aws, Mine, Theirs);
        await Stack(theirs, Theirs, Mine);
        string policy = $$$"""{"Statement":{"Sid":"partner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{Mine}}}:root"},"Action":"events:PutEvents","Resource":"arn:aws:events:eu-west-1:{{{Theirs}}}:event-bus/shop","Condition":{{{condition}}} } }""";
        (await theirs.Events("PutPermission", $$"""{"EventBusName":"shop","Policy":{{System.Text.Json.JsonSerializer.Serialize(policy)}}}""")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"EventBusName":"shop","Source":"outgoing","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Equal(outcome, Server.Deliveries.Single(delivery => delivery.RuleName == "forward").Outcome);
    }

    /// <summary>A bus that the other account may send to, a rule that forwards to its bus, one that keeps what came, and one that would send it back.</summary>
    private async Task Stack(AwsClient client, string own, string other)
    {
        string template = $$"""
            Resources:
              Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
              Partner:
                Type: AWS::Events::EventBusPolicy
                Properties:
                  EventBusName: !Ref Bus
                  StatementId: partner
                  Statement: { Effect: Allow, Principal: { AWS: 'arn:aws:iam::{{other}}:root' }, Action: events:PutEvents, Resource: !GetAtt Bus.Arn }
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] }
                  Policies: [ { PolicyName: p, PolicyDocument: { Statement: [ { Effect: Allow, Action: events:PutEvents, Resource: 'arn:aws:events:eu-west-1:{{other}}:event-bus/shop' } ] } } ]
              Forward:
                Type: AWS::Events::Rule
                Properties: { Name: forward, EventBusName: !Ref Bus, EventPattern: { source: [ outgoing ], account: [ '{{own}}' ] }, Targets: [ { Id: t, Arn: 'arn:aws:events:eu-west-1:{{other}}:event-bus/shop', RoleArn: !GetAtt Role.Arn } ] }
              Back:
                Type: AWS::Events::Rule
                Properties: { Name: back, EventBusName: !Ref Bus, EventPattern: { account: [ '{{other}}' ] }, Targets: [ { Id: t, Arn: 'arn:aws:events:eu-west-1:{{other}}:event-bus/shop', RoleArn: !GetAtt Role.Arn } ] }
              Keep:
                Type: AWS::Events::Rule
                Properties: { Name: keep, EventBusName: !Ref Bus, EventPattern: { account: [ '{{other}}' ] }, Targets: [ { Id: t, Arn: !GetAtt Kept.Arn } ] }
              Kept: { Type: AWS::SQS::Queue, Properties: { QueueName: kept } }
              Policy:
                Type: AWS::SQS::QueuePolicy
                Properties: { Queues: [ !Ref Kept ], PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Kept.Arn, Condition: { StringEquals: { aws:SourceAccount: '{{own}}' } } } ] } }
            """;
        string form = $"Action=CreateStack&Version=2010-05-15&StackName=shop&Capabilities.member.1=CAPABILITY_IAM&TemplateBody={Uri.EscapeDataString(template)}";
        Assert.Contains($":{own}:stack/shop/", (await client.Send("cloudformation", "/", null, form, "application/x-www-form-urlencoded")).Succeeded().Text);
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Answer stack = await client.Send("cloudformation", "/", null, "Action=DescribeStacks&Version=2010-05-15&StackName=shop", "application/x-www-form-urlencoded");
        Assert.True(One(stack, "StackStatus") == "CREATE_COMPLETE", (await client.Send("cloudformation", "/", null, "Action=DescribeStackEvents&Version=2010-05-15&StackName=shop", "application/x-www-form-urlencoded")).Text);
    }
}
