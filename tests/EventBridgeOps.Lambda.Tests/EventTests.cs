using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>What the function makes of events of all kinds.</summary>
public sealed class EventTests : FunctionTest
{
    [Theory]
    [InlineData("[1]", "The payload is not a valid JSON object.")]
    [InlineData("\"text\"", "The payload is not a valid JSON object.")]
    [InlineData("{}", "No handler is known for an event with the source  and the detail type .")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification"}""", "No handler is known for an event with the source aws.ec2 and the detail type EC2 Instance State-change Notification.")]
    [InlineData("""{"command":"explode"}""", "The command \"explode\" is unknown. Specify one of: image-push, ")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3"}]}""", "No handler is known")]
    [InlineData("""{"command":"dead-letter"}""", "The handler dead-letter needs Records, as Amazon SQS sends them")]
    [InlineData("""{"command":"dead-letter","Records":"text"}""", "The handler dead-letter needs Records, as Amazon SQS sends them")]
    [InlineData("""{"command":"dead-letter","event":{"a":1}}""", "The handler dead-letter needs Records, as Amazon SQS sends them")]
    public async Task An_event_that_it_does_not_know_is_an_error_that_names_it_and_the_next_one_is_handled(string payload, string expected)
    {
        await using RunningFunction function = new(Server, Settings);
        FunctionAnswer answer = await function.InvokeAsync(payload);
        Assert.True(answer.IsError);
        Assert.Equal(ErrorIds.InvalidEvent, answer["errorType"]);
        Assert.StartsWith(expected, answer["errorMessage"], StringComparison.Ordinal);
        Assert.Contains(function.Log, line => (string?)line["event"] == "invocation.failed" && (string?)line["errorId"] == ErrorIds.InvalidEvent);

        Assert.Equal("DriftCheck", (await function.InvokeAsync("""{"command":"drift-check"}""")).Succeeded()["task"]);
    }

    [Fact]
    public async Task Malformed_events_of_known_kinds_do_not_end_it()
    {
        await using RunningFunction function = new(Server, Settings);
        string[] payloads =
        [
            """{"source":"aws.ecr","detail-type":"ECR Image Action"}""",
            """{"source":"aws.ecr","detail-type":"ECR Image Action","detail":7}""",
            """{"source":"aws.ecr","detail-type":"ECR Image Action","account":"1","region":"r","detail":{"result":"SUCCESS","action-type":"PUSH","repository-name":{},"image-digest":[]}}""",
            """{"source":"aws.batch","detail-type":"Batch Job State Change","detail":{}}""",
            """{"source":"aws.batch","detail-type":"AWS API Call via CloudTrail","detail":null}""",
        ];
        foreach (string payload in payloads)
            await function.InvokeAsync(payload);
        (await function.InvokeAsync("""{"command":"drift-check"}""")).Succeeded();
    }

    [Fact]
    public async Task A_schedule_reports_drift_and_changes_nothing()
    {
        await RegisterAsync();
        await using RunningFunction function = new(Server, Settings);
        FunctionAnswer answer = (await function.InvokeAsync(Schedule("1"))).Succeeded();

        Assert.Equal(("DriftCheck", "Done", "1"), (answer["task"], answer["status"], answer["drift"]));
        Assert.Equal("1 target was checked, 1 target with drift. To repair them, run ebops target sync.", answer["message"]);
        Assert.Equal("job:1", await JobDefinitionAsync());
        JsonObject metrics = Assert.Single(function.Log, line => line.ContainsKey("_aws"));
        Assert.Equal((1, 0), ((int)metrics["DriftFound"]!, (int)metrics["Changes"]!));
    }

    [Theory]
    [InlineData("EBOPS_DRIFT_RULES", "other*", "The policy does not allow repairs of this rule (drift.rules).")]
    [InlineData("EBOPS_DRIFT_RULES", "r", null)]
    public async Task Drift_is_repaired_as_far_as_the_policy_allows(string variable, string value, string? reason)
    {
        await RegisterAsync();
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_DRIFT"] = "repair", [variable] = value });
        FunctionAnswer answer = (await function.InvokeAsync(Schedule("1"))).Succeeded();

        Assert.Equal(reason is null ? "job:2" : "job:1", await JobDefinitionAsync());
        JsonNode item = Assert.Single((JsonArray)answer.Document["items"]!)!;
        Assert.Equal(reason, (string?)item["reason"] is { } said && reason is not null ? said : null);
        Assert.Equal(reason is null ? "Updated" : "Behind", (string?)item["status"]);
    }

    [Fact]
    public async Task At_most_so_many_targets_are_repaired_in_a_run_and_the_next_run_continues()
    {
        await RegisterAsync();
        (await Aws.Events("PutRule", """{"Name":"r2","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        await PutTargetAsync("r2", "job:1");
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_DRIFT"] = "Repair", ["EBOPS_MAX_CHANGES"] = "1" });

        Assert.Equal("1", (await function.InvokeAsync(Schedule("1"))).Succeeded()["drift"]);
        Assert.Equal(["job:1", "job:2"], new[] { await JobDefinitionAsync(), await JobDefinitionAsync("r2") }.Order());
        Assert.Equal("0", (await function.InvokeAsync(Schedule("2"))).Succeeded()["drift"]);
        Assert.Equal(["job:2", "job:2"], new[] { await JobDefinitionAsync(), await JobDefinitionAsync("r2") });
    }

    [Fact]
    public async Task A_rule_of_a_stack_is_repaired_only_when_told()
    {
        await RegisterAsync();
        (await Aws.Events("TagResource", """{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r","Tags":[{"Key":"aws:cloudformation:stack-name","Value":"web"}]}""")).Succeeded();
        await using (RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_DRIFT"] = "Repair" }))
        {
            FunctionAnswer answer = (await function.InvokeAsync(Schedule("1"))).Succeeded();
            Assert.StartsWith("The rule belongs to CloudFormation stack web", (string?)((JsonArray)answer.Document["items"]!)[0]!["reason"], StringComparison.Ordinal);
        }

        Assert.Equal("job:1", await JobDefinitionAsync());
        await using RunningFunction told = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_DRIFT"] = "Repair", ["EBOPS_INCLUDE_STACK_OWNED"] = "true" });
        (await told.InvokeAsync(Schedule("2"))).Succeeded();
        Assert.Equal("job:2", await JobDefinitionAsync());
    }

    [Fact]
    public async Task Dead_letters_are_parked_with_their_diagnosis_and_only_what_could_not_be_parked_comes_again()
    {
        string parked = (await Sqs("CreateQueue", """{"QueueName":"parked"}""")).Json.GetProperty("QueueUrl").GetString()!;
        const string Batch = """
            {"Records":[
              {"messageId":"m1","eventSource":"aws:sqs","body":"{\"id\":\"e1\"}","messageAttributes":{"ERROR_CODE":{"stringValue":"NO_PERMISSIONS","dataType":"String"},"ERROR_MESSAGE":{"stringValue":"no","dataType":"String"},"RULE_ARN":{"stringValue":"arn:r","dataType":"String"},"TARGET_ARN":{"stringValue":"arn:t","dataType":"String"}}},
              {"messageId":"m2","eventSource":"aws:sqs","body":"text","messageAttributes":{}}]}
            """;
        await using (RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_PARKED_QUEUE"] = parked }))
        {
            Assert.Equal("""{"batchItemFailures":[]}""", (await function.InvokeAsync(Batch)).Succeeded().Document.ToJsonString());
            Assert.Equal(["NO_PERMISSIONS 1", "NOT_A_DEAD_LETTER 1"], function.Log.Where(line => line.ContainsKey("DeadLetters")).Select(line => $"{line["Cause"]} {line["DeadLetters"]}"));
        }

        string received = (await Sqs("ReceiveMessage", $$$$"""{"QueueUrl":"{{{{parked}}}}","MaxNumberOfMessages":10,"MessageAttributeNames":["All"]}""")).Text;
        Assert.Contains("The message does not name its rule (RULE_ARN).", received, StringComparison.Ordinal);
        Assert.Contains("The message has none of the attributes of a dead letter", received, StringComparison.Ordinal);

        await using RunningFunction without = new(Server, Settings);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m2"}]}""", (await without.InvokeAsync(Batch)).Succeeded().Document.ToJsonString());
    }

    [Fact]
    public async Task A_dead_letter_of_a_stale_target_is_delivered_after_the_repair_once_and_the_rest_is_parked()
    {
        string parked = await QueueAsync("parked");
        await PutTargetAsync("r", "job:1");
        (await Aws.Batch("RegisterJobDefinition", $$$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{{Registry}}}}/team/app:v1","vcpus":1,"memory":128}}""")).Succeeded();
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        string batch = Batch(Letter("m1", "ERROR_FROM_TARGET", "Job Definition job:1 not found or not ACTIVE."), Letter("m2", "ERROR_FROM_TARGET", "something else"));
        Dictionary<string, string> settings = new(Settings) { ["EBOPS_PARKED_QUEUE"] = parked, ["EBOPS_DEAD_LETTERS"] = "Redrive", ["EBOPS_DRIFT"] = "Repair" };

        await using (RunningFunction function = new(Server, settings))
        {
            Assert.Equal("""{"batchItemFailures":[]}""", (await function.InvokeAsync(batch)).Succeeded().Document.ToJsonString());
            Assert.Equal("""{"batchItemFailures":[]}""", (await function.InvokeAsync(batch)).Succeeded().Document.ToJsonString()); // Amazon SQS delivers at least once
            Assert.All(function.Log.Where(line => line.ContainsKey("DeadLetters")), line => Assert.Equal("ERROR_FROM_TARGET", $"{line["Cause"]}")); // The repaired target is not one.
        }

        Assert.Equal("job:2", await JobDefinitionAsync());
        JsonElement job = Assert.Single((await Aws.Batch("ListJobs", """{"jobQueue":"q","filters":[{"name":"JOB_NAME","values":["*"]}]}""")).Json.GetProperty("jobSummaryList").EnumerateArray());
        Assert.EndsWith("job-definition/job:2", job.GetProperty("jobDefinition").GetString(), StringComparison.Ordinal);
        string received = (await Sqs("ReceiveMessage", $$$$"""{"QueueUrl":"{{{{parked}}}}","MaxNumberOfMessages":10,"MessageAttributeNames":["All"]}""")).Text;
        Assert.Contains("\"dead/m2\"", received, StringComparison.Ordinal);
        Assert.DoesNotContain("dead/m1", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_that_its_target_rejects_again_is_parked_with_the_new_reason()
    {
        string parked = await QueueAsync("parked");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        (await Aws.Batch("RegisterJobDefinition", $$$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{{Registry}}}}/team/app:v1","vcpus":1,"memory":128}}""")).Succeeded();
        await PutTargetAsync("r", "job:2");
        Server.Faults.Add("SubmitJob", Fault.Error(403, "AccessDeniedException", "no"));
        Dictionary<string, string> settings = new(Settings) { ["EBOPS_PARKED_QUEUE"] = parked, ["EBOPS_DEAD_LETTERS"] = "Redrive" };

        await using RunningFunction function = new(Server, settings);
        Assert.Equal("""{"batchItemFailures":[]}""", (await function.InvokeAsync(Batch(Letter("m1", "THROTTLING", "slow")))).Succeeded().Document.ToJsonString());

        string received = (await Sqs("ReceiveMessage", $$$$"""{"QueueUrl":"{{{{parked}}}}","MaxNumberOfMessages":10,"MessageAttributeNames":["All"]}""")).Text;
        Assert.Contains("AccessDenied", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_without_room_for_its_diagnosis_is_parked_without_it()
    {
        string parked = (await Sqs("CreateQueue", """{"QueueName":"parked"}""")).Json.GetProperty("QueueUrl").GetString()!;
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_PARKED_QUEUE"] = parked });

        string batch = Batch($$"""{"messageId":"m","eventSource":"aws:sqs","body":"{{new string('x', 1024 * 1024 - 150)}}","messageAttributes":{} }""");
        Assert.Equal("""{"batchItemFailures":[]}""", (await function.InvokeAsync($$"""{"command":"dead-letter","event": {{batch}} }""")).Succeeded().Document.ToJsonString());
    }

    private static string Batch(params string[] records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    /// <summary>A record of a batch, as AWS Lambda receives it from a dead-letter queue.</summary>
    private static string Letter(string id, string code, string message) => $$$$"""
        {"messageId":"{{{{id}}}}","receiptHandle":"h","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:dead","attributes":{"ApproximateReceiveCount":"1"},
         "body":"{\"id\":\"e-{{{{id}}}}\",\"source\":\"s\",\"detail-type\":\"d\",\"time\":\"2026-01-01T00:00:00Z\",\"detail\":{}}",
         "messageAttributes":{"ERROR_CODE":{"stringValue":"{{{{code}}}}","dataType":"String"},"ERROR_MESSAGE":{"stringValue":"{{{{message}}}}","dataType":"String"},
          "RULE_ARN":{"stringValue":"arn:aws:events:eu-west-1:123456789012:rule/r","dataType":"String"},"TARGET_ARN":{"stringValue":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","dataType":"String"}}}
        """;

    [Fact]
    public async Task The_event_logger_writes_each_event_as_a_line_without_what_is_redacted()
    {
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["_HANDLER"] = "event-log", ["EBOPS_REDACT"] = "email,detail.card.number" });
        (await function.InvokeAsync("""{"source":"web","detail-type":"Order","detail":{"id":1.0,"email":"a@b.c","card":{"number":"4111","name":"n"},"items":[{"email":"d@e.f"}],"password":"hunter2"}}""")).Succeeded();

        JsonObject line = Assert.Single(function.Log, each => (string?)each["event"] == "event.received");
        Assert.Equal(
            """{"source":"web","detail-type":"Order","detail":{"id":1.0,"email":"[redacted]","card":{"number":"[redacted]","name":"n"},"items":[{"email":"[redacted]"}],"password":"[redacted]"}}""",
            line["received"]!.ToJsonString());
        Assert.Equal(("5759e988bd862e3fe1be46a994272793", "request-1"), ((string?)line["traceId"], (string?)line["requestId"]));
    }

    [Fact]
    public async Task A_change_is_announced_to_programs_and_to_people()
    {
        string results = await ResultsAsync(), people = await QueueAsync("people");
        (await Aws.Send("sns", "/", null, "Action=CreateTopic&Version=2010-03-31&Name=people", "application/x-www-form-urlencoded")).Succeeded();
        (await Aws.Send("sns", "/", null, "Action=Subscribe&Version=2010-03-31&TopicArn=arn:aws:sns:eu-west-1:123456789012:people&Protocol=sqs&Endpoint=arn:aws:sqs:eu-west-1:123456789012:people", "application/x-www-form-urlencoded")).Succeeded();
        string push = await PushAsync("v2");
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings)
        {
            ["EBOPS_RESULT_BUS"] = "default", ["EBOPS_TOPIC_ARN"] = "arn:aws:sns:eu-west-1:123456789012:people", ["PROJECT_NAME"] = "news",
        });
        FunctionAnswer answer = (await function.InvokeAsync(push)).Succeeded();
        (await function.InvokeAsync(push)).Succeeded();

        JsonNode announced = JsonNode.Parse(Assert.Single(await BodiesAsync(results)))!;
        Assert.Equal(("EventBridgeOps", "Automation Result"), ((string?)announced["source"], (string?)announced["detail-type"]));
        Assert.Equal(answer.Document.ToJsonString(), announced["detail"]!.ToJsonString());
        JsonNode told = JsonNode.Parse(Assert.Single(await BodiesAsync(people)))!;
        Assert.StartsWith("[news] After the push of team/app:v2, 1 new job definition revision was registered", (string?)told["Subject"], StringComparison.Ordinal);
        Assert.Contains("default/r/t: job:1 -> job:2, Updated", (string?)told["Message"], StringComparison.Ordinal);
        string change = (string)((JsonArray)answer.Document["changeIds"]!)[0]!;
        Assert.Contains($"To undo change {change}, run: ebops change undo {change} --journal-table ebops", (string?)told["Message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EBOPS_MAX_CHANGES", "many", "The value \"many\" of EBOPS_MAX_CHANGES is not valid. Specify a whole number from 1 to 1000.")]
    [InlineData("_HANDLER", "nonsense", "The handler nonsense is unknown.")]
    [InlineData("EBOPS_SETTINGS", "/missing", "GetParameter on parameter /missing was rejected: ParameterNotFound")]
    public async Task A_configuration_that_is_not_valid_ends_the_start_with_the_name_of_the_field(string variable, string value, string expected)
    {
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { [variable] = value });
        FunctionAnswer answer = await function.Runtime.NotStarted.WaitAsync(Token);
        Assert.Contains(expected, answer["errorMessage"], StringComparison.Ordinal);
        Assert.Equal(1, await function.Running.WaitAsync(Token));
    }

    [Fact]
    public async Task The_configuration_is_read_from_Parameter_Store_and_variables_take_precedence()
    {
        (await Aws.Send("ssm", "/", "AmazonSSM.PutParameter", """{"Name":"/ebops","Type":"String","Value":"{\"push\":{\"tags\":[\"latest\"]},\"drift\":{\"mode\":\"Repair\"}}"}""")).Succeeded();
        string push = await PushAsync("v2");
        await using (RunningFunction function = new(Server, new Dictionary<string, string> { ["EBOPS_TABLE"] = Table, ["EBOPS_SETTINGS"] = "/ebops" }))
            Assert.Equal("Nothing", (await function.InvokeAsync(push)).Succeeded()["status"]);
        await using RunningFunction told = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_SETTINGS"] = "/ebops" });
        Assert.Equal("Done", (await told.InvokeAsync(push)).Succeeded()["status"]);
    }

    private static string Schedule(string id) => $$$$"""{"id":"{{{{id}}}}","source":"aws.events","detail-type":"Scheduled Event","detail":{}}""";

    private async Task RegisterAsync() =>
        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();

    [Fact]
    public async Task The_configuration_can_be_in_the_variable_itself()
    {
        string push = await PushAsync("v2");
        await using (RunningFunction function = new(Server, new Dictionary<string, string> { ["EBOPS_TABLE"] = Table, ["EBOPS_SETTINGS"] = """{"push":{"tags":["v*"]}}""" }))
            Assert.Equal("Done", (await function.InvokeAsync(push)).Succeeded()["status"]);
        await using RunningFunction wrong = new(Server, new Dictionary<string, string> { ["EBOPS_SETTINGS"] = """{"push":{"tag":["v*"]}}""" });
        Assert.Contains("The configuration in EBOPS_SETTINGS has an unknown field push.tag.", (await wrong.Runtime.NotStarted).Document.ToJsonString(), StringComparison.Ordinal);
    }
}
