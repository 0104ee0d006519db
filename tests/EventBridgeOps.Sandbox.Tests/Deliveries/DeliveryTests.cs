using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests.Deliveries;

/// <summary>Events reach targets, fail, are retried and dead-lettered. Facts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html and eb-rule-retry-policy.html.</summary>
public sealed class DeliveryTests : SandboxTest
{
    private const string Account = "arn:aws:sqs:eu-west-1:123456789012:";
    private readonly ManualTimeProvider clock = new();

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    [Fact]
    public async Task EventReachesQueueWithItsInput()
    {
        await PutRule("r");
        await MakeQueue("q");
        (await PutTargets("r", $$$"""{"Id":"t","Arn":"{{{Account}}}q","InputPath":"$.detail"}""")).Succeeded();
        await Send();
        Assert.Equal("""{"x":1}""", (await Receive("q"))!.Value.GetProperty("Body").GetString());
        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task PolicyOfQueueThatDependsOnSomethingUnknownIsNotGuessed()
    {
        await PutRule("r");
        await MakeQueue("q");
        string policy = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-1"}}}}""");
        (await Sqs("SetQueueAttributes", $$$"""{"QueueUrl":"{{{Url("q")}}}","Attributes":{"Policy":{{{policy}}}}}""")).Succeeded();
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Account}}q"}""")).Succeeded();
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal(DeliveryOutcome.NotSimulated, delivery.Outcome);
        Assert.Contains("aws:SourceOrgID", delivery.Reason);
        Assert.Null(await Receive("q"));
    }

    [Fact]
    public async Task DeadLetterOfInactiveRevisionIsTheEventAndHasTheReason()
    {
        await Stale();
        await MakeQueue("dead");
        (await PutTargets("r", Target("t", "job:1", $$""","DeadLetterConfig":{"Arn":"{{Account}}dead"}"""))).Succeeded();
        await Send();

        JsonElement letter = (await Receive("dead"))!.Value;
        JsonElement attributes = letter.GetProperty("MessageAttributes");
        Assert.Contains("\"source\":\"a\"", letter.GetProperty("Body").GetString());
        Assert.Equal("0", Value(attributes, "RETRY_ATTEMPTS"));
        Assert.Equal(Queue, Value(attributes, "TARGET_ARN"));
        Assert.EndsWith(":rule/r", Value(attributes, "RULE_ARN"));
        Assert.Contains("not ACTIVE", Value(attributes, "ERROR_MESSAGE"));
        Assert.False(attributes.TryGetProperty("EXHAUSTED_RETRY_CONDITION", out _));
    }

    [Fact]
    public async Task AfterTheRepairTheJobRunsWithTheEnvironmentOfTheInput()
    {
        await Stale();
        await Register("job");
        (await PutTargets("r", Target("t", "job:2", ",\"Input\":\"{\\\"ContainerOverrides\\\":{\\\"Environment\\\":[{\\\"Name\\\":\\\"JOB_ID\\\",\\\"Value\\\":\\\"7\\\"}]}}\""))).Succeeded();
        await Send();
        JsonElement summary = (await Aws.Batch("ListJobs", $$"""{"jobQueue":"main","jobStatus":"SUBMITTED"}""")).Succeeded().Json.GetProperty("jobSummaryList")[0];
        string status = "";
        JsonElement job = default;
        for (int i = 0; i < 6 && status != "SUCCEEDED"; i++)
        {
            job = (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{summary.GetProperty("jobId").GetString()}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
            status = job.GetProperty("status").GetString()!;
        }

        Assert.Equal("SUCCEEDED", status);
        Assert.Contains(job.GetProperty("container").GetProperty("environment").EnumerateArray(), variable => variable.GetProperty("value").GetString() == "7");
    }

    [Theory]
    [InlineData("", "NO_PERMISSIONS")]
    [InlineData("missing", "NO_RESOURCE")]
    public async Task MissingPermissionAndMissingQueueAreNotRetried(string queue, string code)
    {
        await PutRule("r");
        await MakeQueue("closed", policy: false);
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Account}}{{(queue.Length == 0 ? "closed" : queue)}}"}""")).Succeeded();
        await Send();
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Lost, code, 1), (delivery.Outcome, delivery.ErrorCode, delivery.Attempts));
    }

    [Fact]
    public async Task DayOfRetriesPassesWhenTheClockIsAdvanced()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await PutRule("r");
        await MakeQueue("q");
        await MakeQueue("dead");
        (await PutTargets("r", $$$"""{"Id":"t","Arn":"{{{Account}}}q","DeadLetterConfig":{"Arn":"{{{Account}}}dead"}}""")).Succeeded();
        await Send();
        Assert.Equal(DeliveryOutcome.Retrying, Assert.Single(Server.Deliveries).Outcome);
        (await Aws.Admin(HttpMethod.Post, "time", """{"seconds":90000}""")).Succeeded();

        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal(DeliveryOutcome.DeadLettered, delivery.Outcome);
        JsonElement attributes = (await Receive("dead"))!.Value.GetProperty("MessageAttributes");
        Assert.Equal("THROTTLING", Value(attributes, "ERROR_CODE"));
        Assert.True(Value(attributes, "EXHAUSTED_RETRY_CONDITION") is "MaximumEventAgeInSeconds" or "MaximumRetryAttempts");
    }

    [Fact]
    public async Task PassingFailureIsRetriedUntilItIsDelivered()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.InternalError(), Times = 3 });
        await PutRule("r");
        await MakeQueue("q");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Account}}q"}""")).Succeeded();
        await Send();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.Delivered, 4), (delivery.Outcome, delivery.Attempts));
        Assert.NotNull(await Receive("q"));
        Assert.Null(await Receive("q"));
    }

    [Fact]
    public async Task OtherServiceIsSaidNotToBeSimulated()
    {
        await PutRule("r");
        (await PutTargets("r", """{"Id":"t","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","RoleArn":"arn:aws:iam::123456789012:role/x"}""")).Succeeded();
        await Send();
        Assert.Equal(DeliveryOutcome.NotSimulated, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task QueueGivesMessageAgainWhenItsVisibilityTimeoutPasses()
    {
        await MakeQueue("q");
        (await Sqs("SendMessage", $$"""{"QueueUrl":"{{Url("q")}}","MessageBody":"b"}""")).Succeeded();
        Assert.NotNull(await Receive("q"));
        Assert.Null(await Receive("q"));
        Server.AdvanceTime(TimeSpan.FromSeconds(31));
        JsonElement again = (await Receive("q"))!.Value;
        (await Sqs("DeleteMessage", $$"""{"QueueUrl":"{{Url("q")}}","ReceiptHandle":"{{again.GetProperty("ReceiptHandle").GetString()}}"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromSeconds(31));
        Assert.Null(await Receive("q"));
    }

    [Fact]
    public async Task EventBusGetsTheWholeEventOnceAndASecondHopIsRefused()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"one"}""")).Succeeded();
        (await Aws.Events("CreateEventBus", """{"Name":"two"}""")).Succeeded();
        await MakeQueue("q");
        await PutRule("r");
        await PutRule("r", "one");
        (await PutTargets("r", """{"Id":"t","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/one","InputPath":"$.detail"}""")).Succeeded();
        (await Aws.Events("PutTargets", $$"""{"Rule":"r","EventBusName":"one","Targets":[{"Id":"q","Arn":"{{Account}}q"},{"Id":"two","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/two"}]}""")).Succeeded();
        await Send();

        Assert.Contains("\"source\":\"a\"", (await Receive("q"))!.Value.GetProperty("Body").GetString());
        Assert.Equal("THIRD_ACCOUNT_HOP_DETECTED", Assert.Single(Server.Deliveries, delivery => delivery.TargetId == "two").ErrorCode);
        SandboxDelivery first = Assert.Single(Server.Deliveries, delivery => delivery.TargetId == "t");
        Assert.Equal(DeliveryOutcome.Delivered, first.Outcome);
        Assert.Contains("unknown", first.Reason);
    }

    [Fact]
    public async Task PathThatFindsNothingIsNotDecided()
    {
        await PutRule("r");
        await MakeQueue("q");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Account}}q","InputPath":"$.detail.none"}""")).Succeeded();
        await Send();
        Assert.Equal(DeliveryOutcome.NotSimulated, Assert.Single(Server.Deliveries).Outcome);
    }

    [Fact]
    public async Task FifoQueueNeedsContentBasedDeduplicationAndKeepsTheGroup()
    {
        await PutRule("r");
        await MakeQueue("q.fifo", more: "\"FifoQueue\":\"true\"");
        (await PutTargets("r", $$$"""{"Id":"t","Arn":"{{{Account}}}q.fifo","SqsParameters":{"MessageGroupId":"g"} }""")).Succeeded();
        await Send();
        Assert.Equal(DeliveryOutcome.Lost, Assert.Single(Server.Deliveries).Outcome);

        (await Sqs("SetQueueAttributes", $$$"""{"QueueUrl":"{{{Url("q.fifo")}}}","Attributes":{"ContentBasedDeduplication":"true"} }""")).Succeeded();
        await Send();
        JsonElement message = (await Receive("q.fifo"))!.Value;
        Assert.Equal("g", message.GetProperty("Attributes").GetProperty("MessageGroupId").GetString());
        await Send();
        Assert.Null(await Receive("q.fifo")); // The first of its group is in flight.
    }

    [Fact]
    public async Task MessagesReceivedTooOftenMoveToTheDeadLetterQueueAndATaskBringsThemBack()
    {
        await MakeQueue("dead");
        await MakeQueue("q", more: "\"RedrivePolicy\":" + JsonSerializer.Serialize($$"""{"deadLetterTargetArn":"{{Account}}dead","maxReceiveCount":1}"""));
        (await Sqs("SendMessage", $$"""{"QueueUrl":"{{Url("q")}}","MessageBody":"b"}""")).Succeeded();
        Assert.NotNull(await Receive("q"));
        Server.AdvanceTime(TimeSpan.FromSeconds(31));
        Assert.Null(await Receive("q"));
        Assert.Equal(Account + "q", (await Receive("dead"))!.Value.GetProperty("Attributes").GetProperty("DeadLetterQueueSourceArn").GetString());

        Server.AdvanceTime(TimeSpan.FromSeconds(31));
        (await Sqs("StartMessageMoveTask", $$"""{"SourceArn":"{{Account}}q"}""")).Failed(400, "com.amazonaws.sqs#InvalidParameterValueException");
        (await Sqs("StartMessageMoveTask", $$"""{"SourceArn":"{{Account}}dead"}""")).Succeeded();
        Assert.NotNull(await Receive("q"));
        Assert.Null(await Receive("dead"));
    }

    [Fact]
    public async Task FaultsDeliverTwiceAndOutOfOrder()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Twice(), Nth = 1 });
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Slow(TimeSpan.FromSeconds(5)), Nth = 2 });
        await PutRule("r");
        await MakeQueue("q");
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Account}}q"}""")).Succeeded();
        await Send();
        Assert.NotNull(await Receive("q"));
        Assert.NotNull(await Receive("q"));
        await Send();
        Assert.Null(await Receive("q"));
        Server.AdvanceTime(TimeSpan.FromSeconds(5));
        Assert.NotNull(await Receive("q"));
    }

    private static string Value(JsonElement attributes, string name) => attributes.GetProperty(name).GetProperty("StringValue").GetString()!;

    private static string Url(string queue) => $"http://localhost/123456789012/{queue}";

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    private async Task MakeQueue(string name, bool policy = true, string more = "")
    {
        (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{{{{more}}}} }""")).Succeeded();
        if (policy)
        {
            string open = JsonSerializer.Serialize($$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{Account}}}{{{name}}}","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:*:*"} } } }""");
            (await Sqs("SetQueueAttributes", $$$"""{"QueueUrl":"{{{Url(name)}}}","Attributes":{"Policy":{{{open}}}}}""")).Succeeded();
        }
    }

    private async Task<JsonElement?> Receive(string queue)
    {
        JsonElement answer = (await Sqs("ReceiveMessage", $$"""{"QueueUrl":"{{Url(queue)}}","MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"]}""")).Succeeded().Json;
        return answer.TryGetProperty("Messages", out JsonElement messages) ? messages[0] : null;
    }

    private async Task Send() =>
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"}]}""")).Succeeded();

    private async Task Stale()
    {
        await MakeRole();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        await PutRule("r");
    }
}
