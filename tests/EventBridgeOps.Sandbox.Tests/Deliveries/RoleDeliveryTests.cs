using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Deliveries;

/// <summary>EventBridge reaches Batch and other event buses with the role of the target. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html.</summary>
public sealed class RoleDeliveryTests : SandboxTest
{
    private const string Definition = "arn:aws:batch:eu-west-1:123456789012:job-definition/job";

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = new ManualTimeProvider() };

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["arn:aws:batch:*:*:job-queue/main","arn:aws:batch:*:*:job-definition/job:1"]}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":"arn:aws:batch:*:*:job-queue/main"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["arn:aws:batch:*:*:job-queue/main","arn:aws:batch:*:*:job-definition/job:2"]}""", false)]
    [InlineData("""{"Effect":"Allow","Action":"batch:*","Resource":"*"},{"Effect":"Deny","Action":"batch:SubmitJob","Resource":"arn:aws:batch:*:*:job-definition/*"}""", false)]
    [InlineData("""{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":"events:PutEvents","Resource":"*"}""", false)]
    public async Task PoliciesOfTheRoleDecide(string policy, bool isAllowed)
    {
        await Prepare();
        await MakeRole(policy);
        await Expect(isAllowed);
    }

    [Theory]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"210987654321"}}""", false)]
    [InlineData("""{"ArnEquals":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/other"}}""", false)]
    public async Task TrustPolicyDecidesForWhichRuleTheRoleIsAssumed(string condition, bool isAllowed)
    {
        await Prepare();
        await MakeRole(condition: condition);
        await Expect(isAllowed);
    }

    [Fact]
    public async Task MissingRoleIsNoPermissionAndNotRetried()
    {
        await Prepare();
        await Expect(isAllowed: false);
        Assert.Contains("does not exist", Assert.Single(Server.Deliveries).Reason);
    }

    [Fact]
    public async Task AttachedPoliciesCountAndDefinitionWithoutRevisionMayBeUnclear()
    {
        await Prepare("job");
        await MakeRole($$"""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["{{Queue}}","{{Definition}}:*"]}""");
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal(DeliveryOutcome.Delivered, delivery.Outcome);
        Assert.Contains("unknown", delivery.Reason);

        (await Iam("AttachRolePolicy", "&RoleName=events&PolicyArn=arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole")).Succeeded();
        await Send();
        Assert.Null(Server.Deliveries[^1].Reason);
    }

    [Theory]
    [InlineData("{}", "StringEquals", "aws:PrincipalTag/team")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", "Null", "IpAddress")]
    public async Task DoubtIsSaidWithTheDelivery(string trust, string test, string about)
    {
        await Prepare();
        await MakeRole($$$"""{"Effect":"Allow","Action":"batch:*","Resource":"*","Condition":{"{{{test}}}":{"{{{(test == "Null" ? "aws:PrincipalArn" : about)}}}":"false"} } }""", trust);
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal(DeliveryOutcome.Delivered, delivery.Outcome);
        Assert.Contains("is unknown. Statement 1", delivery.Reason);
        Assert.Contains(about, delivery.Reason);
    }

    /// <summary>In one account the policy of a queue is enough, and AWS does not document what a role changes.</summary>
    [Theory]
    [InlineData("sqs:SendMessage", true, DeliveryOutcome.Delivered)]
    [InlineData("sqs:SendMessage", false, DeliveryOutcome.NotSimulated)]
    [InlineData("sns:Publish", true, DeliveryOutcome.NotSimulated)]
    [InlineData("sns:Publish", false, DeliveryOutcome.Lost)]
    public async Task RoleOfAQueueTargetAndThePolicyOfTheQueueMustAgree(string action, bool hasPolicy, DeliveryOutcome outcome)
    {
        await MakeRole($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"*"}""");
        string policy = System.Text.Json.JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}}""");
        (await Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", hasPolicy ? $$$"""{"QueueName":"q","Attributes":{"Policy":{{{policy}}}} }""" : """{"QueueName":"q"}""", "application/x-amz-json-1.0")).Succeeded();
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","RoleArn":"{{EventsRole}}"}""")).Succeeded();
        await Send();
        Assert.Equal(outcome, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task EventBusNeedsPutEvents()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"one"}""")).Succeeded();
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/one","RoleArn":"{{EventsRole}}"}""")).Succeeded();
        await MakeRole("""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":"*"}""");
        await Expect(isAllowed: false);
        (await Iam("PutRolePolicy", $"&RoleName=events&PolicyName=q&PolicyDocument={Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Action":"events:PutEvents","Resource":"*"}}""")}")).Succeeded();
        await Send();
        Assert.Equal((DeliveryOutcome.Delivered, null), (Server.Deliveries[^1].Outcome, Server.Deliveries[^1].Reason));
    }

    [Fact]
    public async Task BatchTargetWithoutRoleIsRefused()
    {
        await PutRule("r");
        (await PutTargets("r", $$$"""{"Id":"t","Arn":"{{{Queue}}}","BatchParameters":{"JobDefinition":"job:1","JobName":"n"}}""")).Failed(
            400, "ValidationException", $"RoleArn is required for target {Queue}.");
    }

    private async Task Prepare(string definition = "job:1")
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        await PutRule("r");
        (await PutTargets("r", Target("t", definition))).Succeeded();
    }

    private async Task Send() => (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();

    private async Task Expect(bool isAllowed)
    {
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal(
            isAllowed ? (DeliveryOutcome.Delivered, null, 1) : (DeliveryOutcome.Lost, "NO_PERMISSIONS", 1),
            (delivery.Outcome, delivery.ErrorCode, delivery.Attempts));
        if (isAllowed)
            Assert.Null(delivery.Reason);
    }
}
