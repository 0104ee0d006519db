using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops dlq list</c>, on dead letters that the sandbox made.</summary>
public sealed class DeadLetterTests : CliTest
{
    [Fact]
    public async Task A_deregistered_revision_is_the_cause_until_the_target_is_repaired()
    {
        await FailAsync();
        JsonNode letter = Assert.Single((await RunAsync("dlq", "list", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("mvp-dead-letters", "RevisionNotActive", "Blocked"), ((string?)letter["QueueName"], (string?)letter["Cause"], (string?)letter["State"]));
        Assert.Contains("To repair the target, run ebops target sync.", (string?)letter["Diagnosis"], StringComparison.Ordinal);
        Assert.Contains("CloudTrail: arn:aws:iam::123456789012:user/", (string?)letter["Diagnosis"], StringComparison.Ordinal);
        Assert.Contains(" deregistered mvp-pipeline-job-definition:1 at ", (string?)letter["Diagnosis"], StringComparison.Ordinal);
        Assert.NotNull((string?)letter["TargetId"]);

        (await RunAsync("target", "sync", "--event-bus-name", "mvp-development")).Ended(0);
        letter = Assert.Single((await RunAsync("dlq", "list", "mvp-dead-letters", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("Ready", 2), ((string?)letter["State"], (int?)letter["ReceiveCount"]));
        Assert.Contains("which is ACTIVE", (string?)letter["Diagnosis"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_command_repairs_the_target_and_delivers_what_it_missed()
    {
        await FailAsync();
        Outcome kept = (await RunAsync("dlq", "redrive")).Ended(0);
        Assert.Contains("1 dead letter stays in the queue: The target still names mvp-pipeline-job-definition:1", kept.Error, StringComparison.Ordinal);

        Outcome both = (await RunAsync("target", "sync", "--event-bus-name", "mvp-development", "--resume-dead-letter")).Ended(0);

        Assert.Contains("1 redriven. Recorded as change ", both.Error, StringComparison.Ordinal);
        Assert.Empty((await RunAsync("dlq", "list", "--output", "json")).Ended(0).Json);
        Assert.Contains(Server.Deliveries, delivery => delivery.RuleName == "mvp-pipeline-development-rule");
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "SubmitJob"));
    }

    [Fact]
    public async Task A_copy_is_kept_and_only_then_the_message_is_removed()
    {
        await FailAsync();
        string path = Path.Combine(Journal, "..", Path.GetRandomFileName());
        try
        {
            Assert.Contains("1 dead letter saved in ", (await RunAsync("dlq", "export", "--path", path)).Ended(0).Error, StringComparison.Ordinal);
            JsonNode line = JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(path, Token)))!;
            Assert.Equal(("RevisionNotActive", "MVP Development Request"), ((string?)line["cause"], (string?)line["event"]!["detail-type"]));
            Assert.Contains("already exists. Specify another file.", (await RunAsync("dlq", "export", "--path", path)).Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Outcome asked = await RunAsync("dlq", "remove");
        Assert.NotEqual(0, asked.Code);
        Assert.Contains("To run it without a prompt, use --yes.", asked.Error, StringComparison.Ordinal);
        Assert.Contains("1 would be removed.", (await RunAsync("dlq", "remove", "--what-if")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("1 removed.", (await RunAsync("dlq", "remove", "--yes")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Empty((await RunAsync("dlq", "list", "--output", "json")).Ended(0).Json);
    }

    [Fact]
    public async Task Nothing_is_hidden_afterwards()
    {
        await FailAsync();
        for (int time = 0; time < 3; time++)
            Assert.Single((await RunAsync("dlq", "list", "--output", "json")).Ended(0).Json);
    }

    [Fact]
    public async Task A_queue_that_moves_messages_is_read_only_when_told()
    {
        await FailAsync();
        await SqsAsync("CreateQueue", """{"QueueName":"other"}""");
        string url = (string)JsonNode.Parse((await SqsAsync("GetQueueUrl", """{"QueueName":"mvp-dead-letters"}""")).Text)!["QueueUrl"]!;
        await SqsAsync("SetQueueAttributes", $$$$"""{"QueueUrl":"{{{{url}}}}","Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:123456789012:other\",\"maxReceiveCount\":\"5\"}"}}""");

        Outcome refused = await RunAsync("dlq", "list");
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("QueueMovesMessages: Queue mvp-dead-letters was not read. Its redrive policy moves a message that was received 5 times to another queue, and reading is receiving. To read it all the same, use --force.", refused.Error, StringComparison.Ordinal);
        Assert.Single((await RunAsync("dlq", "list", "--force", "--output", "json")).Ended(0).Json);
    }

    [Fact]
    public async Task Messages_of_others_are_no_dead_letters()
    {
        string url = (string)JsonNode.Parse((await SqsAsync("CreateQueue", """{"QueueName":"mixed"}""")).Text)!["QueueUrl"]!;
        await SqsAsync("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"not JSON"}""");
        await SqsAsync("SendMessage", $$$$"""
            {"QueueUrl":"{{{{url}}}}","MessageBody":"{\"id\":\"e1\",\"source\":\"s\",\"detail-type\":\"t\"}",
             "MessageAttributes":{"ERROR_CODE":{"DataType":"String","StringValue":"NO_PERMISSIONS"},"RULE_ARN":{"DataType":"String","StringValue":"arn:aws:events:eu-west-1:123456789012:rule/bus/gone"},"TARGET_ARN":{"DataType":"String","StringValue":"arn:aws:sqs:eu-west-1:123456789012:x"}}}
            """);
        JsonArray letters = (await RunAsync("dlq", "list", "mixed", "--output", "json")).Ended(0).Json;
        Assert.Equal(
            ["NoPermission NotRedrivable Rule gone on event bus bus no longer exists.", "NotADeadLetter NotRedrivable The message has none of the attributes of a dead letter, so its rule and its target are unknown."],
            letters.Select(letter => $"{letter!["Cause"]} {letter["State"]} {letter["Diagnosis"]}"));
    }

    [Fact]
    public async Task A_throttled_target_is_ready_because_only_a_delivery_shows_whether_it_is_available()
    {
        string url = (string)JsonNode.Parse((await SqsAsync("GetQueueUrl", """{"QueueName":"mvp-dead-letters"}""")).Text)!["QueueUrl"]!;
        JsonNode target = (await RunAsync("rule", "list", "--event-bus-name", "mvp-development", "--rule-name", "mvp-pipeline-development-rule", "--output", "json")).Ended(0).Json[0]!["Targets"]![0]!;
        await SqsAsync("SendMessage", $$$$"""
            {"QueueUrl":"{{{{url}}}}","MessageBody":"{\"id\":\"e1\"}",
             "MessageAttributes":{"ERROR_CODE":{"DataType":"String","StringValue":"THROTTLING"},"RETRY_ATTEMPTS":{"DataType":"String","StringValue":"185"},"RULE_ARN":{"DataType":"String","StringValue":"arn:aws:events:eu-west-1:123456789012:rule/mvp-development/mvp-pipeline-development-rule"},"TARGET_ARN":{"DataType":"String","StringValue":"{{{{target["Arn"]}}}}"}}}
            """);
        JsonNode letter = Assert.Single((await RunAsync("dlq", "list", "mvp-dead-letters", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("Throttled", "Ready", 185), ((string?)letter["Cause"], (string?)letter["State"], (int?)letter["RetryAttempts"]));
        Assert.Equal("The target was throttled or not available during 185 retries. Such a cause passes; only a delivery shows whether it has passed.", (string?)letter["Diagnosis"]);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:topic")]
    [InlineData("two words")]
    [InlineData("https://example.com/a/b/c")]
    public async Task What_is_no_queue_is_an_error(string queue)
    {
        Outcome outcome = await RunAsync("dlq", "list", queue);
        Assert.NotEqual(0, outcome.Code);
        Assert.Contains($"{queue} is not the name, the ARN or the URL of an Amazon SQS queue.", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Sends an event to a target that names a deregistered revision.</summary>
    private async Task FailAsync()
    {
        await SampleAccount.DeregisterAsync(Server, SampleAccount.RequestJobDefinition, Token);
        (await RunAsync("event", "send", "founderdash.web", "MVP Development Request", """{"jobId":"job_1734567890123_abc123def","priority":"high"}""", "--event-bus-name", "mvp-development")).Ended(0);
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
    }

    private async Task<Answer> SqsAsync(string operation, string input) => (await Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0")).Succeeded();
}
