using System.Text.Json.Nodes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Routes;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Rules out of files: each answer is what AWS would do, or unknown with what decides it.</summary>
public sealed class GivenTargetRouteTests : IDisposable
{
    private const string Role = "\"RoleArn\":\"arn:aws:iam::123456789012:role/r\"";
    private const string Queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/q";

    private readonly FakeAccount _account = new();
    private readonly Run _run;

    public GivenTargetRouteTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_plan_whose_bus_is_named_by_its_ARN_is_tied_to_it() =>
        Assert.Equal(["orders/r/q Delivered"], (await RouteAsync(Case("b1-bus-arn.json"), "acme.a", bus: "orders")).Select(Show));

    [Fact]
    public async Task A_bus_of_a_module_is_followed() =>
        Assert.Equal(["default/fwd/bus Followed", "default > orders/r/q Delivered"], (await RouteAsync(Case("tf-module-output-bus.json"), "acme.a")).Select(Show));

    [Fact]
    public async Task A_deregistered_revision_of_a_plan_fails()
    {
        _account.Define("mvp-agent", [2], [1]);

        Delivery delivery = Assert.Single(await RouteAsync(Case("e03-plan.json"), "acme.nightly", account: Account));

        Assert.Equal((DeliveryState.Failing, "revision 1 is deregistered", RevisionState.Inactive, 2), (delivery.State, delivery.Reason, delivery.RevisionState, delivery.LatestRevision));
    }

    [Fact]
    public async Task Without_credentials_the_revision_was_not_looked_up()
    {
        foreach (Func<string?, Task<BatchAccount>>? account in new[] { null, _ => throw new OpsException(ErrorIds.NoCredentials, Message.Verbatim("None.")), (Func<string?, Task<BatchAccount>>)(_ => throw FakeAccount.Error(ErrorIds.AccessDenied)) })
        {
            Delivery delivery = Assert.Single(await RouteAsync(Case("e03-plan.json"), "acme.nightly", account: account));

            Assert.Equal((DeliveryState.Unknown, null), (delivery.State, delivery.RevisionState));
            Assert.StartsWith("the job definition was not looked up in AWS Batch", delivery.Reason, StringComparison.Ordinal);
        }

        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task The_account_is_asked_once_in_the_Region_of_the_job_definition_and_only_for_what_an_event_reaches()
    {
        List<string?> regions = [];
        Func<string?, Task<BatchAccount>> open = region =>
        {
            regions.Add(region);
            return Account(region);
        };
        _account.Define("mvp-agent", [1]);

        Assert.Empty(await RouteAsync(Case("e03-plan.json"), "another", account: open));
        Assert.Empty(regions);
        Assert.Equal([DeliveryState.Delivered, DeliveryState.Delivered], (await RouteAsync(Case("e03-plan.json"), "acme.nightly", account: open, times: 2)).Select(delivery => delivery.State));
        Assert.Equal(["eu-west-1"], regions);
        Assert.Equal(1, _account.Count("GetCallerIdentity"));
    }

    [Fact]
    public async Task What_cannot_be_opened_is_tried_once()
    {
        int tries = 0;

        await RouteAsync(Case("e03-plan.json"), "acme.nightly", times: 3, account: _ =>
        {
            tries++;
            throw new OpsException(ErrorIds.NoCredentials, Message.Verbatim("None."));
        });

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task The_credentials_of_another_account_say_nothing()
    {
        _account.Caller = "999999999999";

        Delivery delivery = Assert.Single(await RouteAsync(Case("e03-plan.json"), "acme.nightly", account: Account));

        Assert.Equal((DeliveryState.Unknown, "the job definition was not looked up in AWS Batch, because it belongs to account 123456789012 and the credentials are for account 999999999999"), (delivery.State, delivery.Reason));
        Assert.Equal(0, _account.Count("DescribeJobDefinitions"));
    }

    [Fact]
    public async Task A_name_without_an_account_is_looked_up_in_that_of_the_credentials_which_is_said()
    {
        _account.Define("j", [2], [1]);

        List<Delivery> found = await RouteAsync(Rules($$"""{"Id":"t","Arn":"{{Queue}}",{{Role}},"BatchParameters":{"JobDefinition":"j:1","JobName":"n"} }"""), "s", account: Account);

        Assert.Equal((DeliveryState.Failing, "revision 1 is deregistered in account 123456789012"), (found[0].State, found[0].Reason));
    }

    [Fact]
    public async Task What_a_target_requires_is_foretold()
    {
        _account.Define("j", [1]);
        List<Delivery> found = await RouteAsync(Case("target-parameters.json"), "acme", account: Account);

        Assert.Equal([DeliveryState.Failing, DeliveryState.Unknown, DeliveryState.Failing, DeliveryState.Unknown, DeliveryState.Failing], found.Select(delivery => delivery.State));
        Assert.Equal(
            [
                "an AWS Batch job queue as a target requires BatchParameters", "an AWS Batch job queue as a target requires a RoleArn", "a FIFO queue as a target requires SqsParameters with a MessageGroupId",
                "the target must be an AWS Batch job queue, and job-definition/j:1 is not", "BatchParameters.ArrayProperties.Size is 1, but must be from 2 to 10000",
            ],
            found.Select(delivery => delivery.Reason));
        Assert.Equal(
            ["Rule default/r16, target batch no role: an AWS Batch job queue as a target requires a RoleArn.", "Rule default/r19, target batch targets job-definition arn: the target must be an AWS Batch job queue, and job-definition/j:1 is not."],
            _run.Warnings);
    }

    [Theory]
    [InlineData("Failing", "EcsParameters", """{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:cluster/c","RoleArn":"arn:aws:iam::123456789012:role/r"}""")]
    [InlineData("Failing", "RoleArn", """{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:cluster/c","EcsParameters":{"TaskDefinitionArn":"arn:t"}}""")]
    [InlineData("Failing", "TaskDefinitionArn", """{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:cluster/c","RoleArn":"arn:aws:iam::123456789012:role/r","EcsParameters":{}}""")]
    [InlineData("Failing", "NetworkConfiguration", """{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:cluster/c","RoleArn":"arn:aws:iam::123456789012:role/r","EcsParameters":{"TaskDefinitionArn":"arn:t","LaunchType":"FARGATE"}}""")]
    [InlineData("Unknown", "an Amazon ECS cluster", """{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/d:1","RoleArn":"arn:aws:iam::123456789012:role/r","EcsParameters":{"TaskDefinitionArn":"arn:t"}}""")]
    [InlineData("Failing", "RoleArn", """{"Id":"t","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:s"}""")]
    [InlineData("Failing", "RoleArn", """{"Id":"t","Arn":"arn:aws:kinesis:eu-west-1:123456789012:stream/s"}""")]
    [InlineData("Failing", "PartitionKeyPath", """{"Id":"t","Arn":"arn:aws:kinesis:eu-west-1:123456789012:stream/s","RoleArn":"arn:aws:iam::123456789012:role/r","KinesisParameters":{}}""")]
    [InlineData("Failing", "RoleArn", """{"Id":"t","Arn":"arn:aws:events:eu-west-1:123456789012:api-destination/a/1"}""")]
    [InlineData("Unknown", "RoleArn", """{"Id":"t","Arn":"arn:aws:firehose:eu-west-1:123456789012:deliverystream/s"}""")]
    [InlineData("Failing", "MaximumEventAgeInSeconds", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","RetryPolicy":{"MaximumEventAgeInSeconds":30}}""")]
    [InlineData("Failing", "MaximumRetryAttempts", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","RetryPolicy":{"MaximumRetryAttempts":"186"}}""")]
    [InlineData("Failing", "Size is 10001", """{"Id":"t","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"j","JobName":"n","ArrayProperties":{"Size":10001}}}""")]
    [InlineData("Failing", "JobName", """{"Id":"t","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"j"}}""")]
    [InlineData("Failing", "MessageGroupId", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q.fifo","SqsParameters":{}}""")]
    [InlineData("Unknown", "SqsParameters does not apply to a Lambda function", """{"Id":"t","Arn":"arn:aws:lambda:eu-west-1:123456789012:function:f","SqsParameters":{"MessageGroupId":"g"}}""")]
    [InlineData("Unknown", "RunCommandParameters", """{"Id":"t","Arn":"arn:aws:ssm:eu-west-1::document/AWS-RunShellScript","RoleArn":"arn:aws:iam::123456789012:role/r"}""")]
    [InlineData("Failing", "Database", """{"Id":"t","Arn":"arn:aws:redshift:eu-west-1:123456789012:cluster:c","RoleArn":"arn:aws:iam::123456789012:role/r","RedshiftDataParameters":{"Sql":"select 1"}}""")]
    [InlineData("Failing", "CloudWatch Logs accepts only", """{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g","InputTransformer":{"InputTemplate":"\"text\""}}""")]
    [InlineData("Failing", "CloudWatch Logs accepts only", """{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g","InputTransformer":{"InputTemplate":"{\"message\":\"m\"}"}}""")]
    [InlineData("Unknown", "CloudWatch Logs accepts only", """{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g","InputPath":"$.detail"}""")]
    [InlineData("Unknown", "a FIFO topic requires a message group ID", """{"Id":"t","Arn":"arn:aws:sns:eu-west-1:123456789012:t.fifo"}""")]
    [InlineData("Unknown", "the dead-letter queue must be a standard queue, and d.fifo is a FIFO queue", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:d.fifo"}}""")]
    [InlineData("Unknown", "the dead-letter queue must be the ARN of an Amazon SQS queue, and arn:aws:sns:eu-west-1:123456789012:d is not", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","DeadLetterConfig":{"Arn":"arn:aws:sns:eu-west-1:123456789012:d"}}""")]
    [InlineData("Unknown", "the dead-letter queue must be the ARN of an Amazon SQS queue, and https://", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","DeadLetterConfig":{"Arn":"https://sqs.eu-west-1.amazonaws.com/123456789012/d"}}""")]
    public async Task What_EventBridge_would_reject_fails_and_what_it_may_reject_is_unknown(string state, string reason, string target)
    {
        _account.Define("j", [1]);

        Delivery delivery = Assert.Single(await RouteAsync(Rules(target), "s", account: Account, times: 1));

        Assert.Equal(state, $"{delivery.State}");
        Assert.Contains(reason, delivery.Reason, StringComparison.Ordinal);
        Assert.Equal(state == "Unknown" ? 1 : 0, _run.Warnings.Count);
    }

    [Theory]
    [InlineData("""{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q.fifo","SqsParameters":{"MessageGroupId":"g"},"DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:d"},"RetryPolicy":{"MaximumRetryAttempts":0,"MaximumEventAgeInSeconds":60}}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","SqsParameters":{"MessageGroupId":"fair"}}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g:*"}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g","InputTransformer":{"InputPathsMap":{"t":"$.time","m":"$.source"},"InputTemplate":"{\"timestamp\":<t>,\"message\":<m>}"}}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:kinesis:eu-west-1:123456789012:stream/s","RoleArn":"arn:aws:iam::123456789012:role/r"}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:ecs:eu-west-1:123456789012:cluster/c","RoleArn":"arn:aws:iam::123456789012:role/r","EcsParameters":{"TaskDefinitionArn":"arn:t","CapacityProviderStrategy":[{"capacityProvider":"FARGATE"}]}}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"j","JobName":"n","ArrayProperties":{"Size":2},"RetryStrategy":{"Attempts":10}}}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:lambda:eu-west-1:999999999999:function:f"}""")]
    [InlineData("""{"Id":"t","Arn":"arn:aws:inspector:eu-west-1:123456789012:target/t"}""")]
    public async Task What_EventBridge_accepts_is_delivered(string target)
    {
        _account.Define("j", [1]);

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await RouteAsync(Rules(target), "s", account: Account)).State);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public async Task What_a_disabled_rule_would_fail_of_is_warned_once()
    {
        const string Logs = """[{"Name":"r","State":"DISABLED","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"t","Arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/g","InputTransformer":{"InputTemplate":"\"text\""}}]}]""";

        Assert.All(await RouteAsync(Logs, "s", times: 2), delivery => Assert.Equal(DeliveryState.Disabled, delivery.State));
        Assert.Equal("Rule default/r, target t: CloudWatch Logs accepts only the event itself, or an InputTransformer whose output has the form {\"timestamp\":\"...\",\"message\":\"...\"}.", Assert.Single(_run.Warnings));
    }

    [Fact]
    public async Task Targets_in_another_Region_or_account_than_their_rule_are_doubtful()
    {
        const string Arn = "\"Arn\":\"arn:aws:events:eu-west-1:123456789012:rule/r\",";
        (string Target, string? Reason)[] targets =
        [
            ("""{"Id":"1","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}""", "an Amazon SQS queue as a target must be in the Region of the rule, and it is in us-east-1"),
            ("""{"Id":"2","Arn":"arn:aws:sqs:eu-west-1:999999999999:q"}""", null),
            ("""{"Id":"3","Arn":"arn:aws:states:eu-west-1:999999999999:stateMachine:s","RoleArn":"arn:aws:iam::123456789012:role/r"}""", "a Step Functions state machine as a target must be in the account of the rule, and it is in 999999999999"),
        ];

        List<Delivery> found = await RouteAsync($$"""[{"Name":"r",{{Arn}}"EventPattern":"{\"source\":[\"s\"]}","Targets":[{{string.Join(',', targets.Select(target => target.Target))}}]}]""", "s");

        Assert.Equal(targets.Select(target => target.Reason), found.Select(delivery => delivery.Reason));
    }

    [Theory]
    [InlineData("eu-west-1", "123456789012", "Followed")]
    [InlineData("us-east-1", "123456789012", "Elsewhere")]
    [InlineData("eu-west-1", "999999999999", "Elsewhere")]
    public async Task A_bus_named_by_its_ARN_is_followed_if_it_is_the_own_one(string region, string account, string state)
    {
        // The rule is not deployed yet: it is where the event is.
        string rules = $$"""
            [{"Name":"f","Arn":"arn:${Partition}:events:${Region}:${AccountId}:rule/f","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"b","Arn":"arn:aws:events:{{region}}:{{account}}:event-bus/next"}]},
             {"Name":"r","EventBusName":"next","EventPattern":"{\"source\":[\"s\"]}","Targets":[]}]
            """;

        Assert.Equal(state, $"{(await RouteAsync(rules, "s"))[0].State}");
    }

    [Fact]
    public async Task A_loop_is_only_one_if_it_is_the_same_bus()
    {
        const string Rule = """{"Name":"NAME","EventBusName":"BUS","Arn":"arn:aws:events:eu-west-1:123456789012:rule/NAME","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"b","Arn":"TARGET"}]}""";
        string forth = Rule.Replace("NAME", "forth", StringComparison.Ordinal).Replace("BUS", "a", StringComparison.Ordinal).Replace("TARGET", "arn:aws:events:eu-west-1:123456789012:event-bus/b", StringComparison.Ordinal);
        string back = Rule.Replace("NAME", "back", StringComparison.Ordinal).Replace("BUS", "b", StringComparison.Ordinal);

        Assert.StartsWith("a loop", (await RouteAsync($"[{forth},{back.Replace("TARGET", "arn:aws:events:eu-west-1:123456789012:event-bus/a", StringComparison.Ordinal)}]", "s", bus: "a"))[1].Reason, StringComparison.Ordinal);
        Assert.StartsWith("EventBridge forwards an event", (await RouteAsync($"[{forth},{back.Replace("TARGET", "arn:aws:events:us-east-1:123456789012:event-bus/a", StringComparison.Ordinal)}]", "s", bus: "a"))[1].Reason, StringComparison.Ordinal);
    }

    private const string Plan = """
        {"format_version":"1.2","planned_values":{"root_module":{"resources":[
          {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{"name":"r","event_pattern":"{\"source\":[\"s\"]}"}},
          {"address":"aws_cloudwatch_event_target.t","type":"aws_cloudwatch_event_target","name":"t","values":{"rule":"r","target_id":"t"}},
          {"address":"aws_batch_job_definition.d","type":"aws_batch_job_definition","name":"d","values":{"name":"agent"}},
          {"address":"aws_batch_job_definition.unnamed","type":"aws_batch_job_definition","name":"unnamed","values":{}},
          {"address":"aws_sqs_queue.q","type":"aws_sqs_queue","name":"q","values":{"name":"q.fifo"}}]}},
         "resource_changes":[
          {"address":"aws_cloudwatch_event_rule.r","change":{"actions":["create"],"after_unknown":RULE}},
          {"address":"aws_cloudwatch_event_target.t","change":{"actions":["create"],"after_unknown":TARGET}},
          {"address":"aws_sqs_queue.q","change":{"actions":["create"],"after_unknown":{"arn":true}}},
          {"address":"aws_batch_job_definition.unnamed","change":{"actions":["create"],"after_unknown":{"arn":true,"name":true}}},
          {"address":"aws_batch_job_definition.d","change":{"actions":["create"],"after_unknown":{"arn":true}}}],
         "configuration":{"root_module":{"resources":[
          {"type":"aws_cloudwatch_event_rule","name":"r","expressions":{"event_bus_name":{"references":["var.bus"]},"event_pattern":{"references":["local.pattern"]},"state":{"references":["local.state"]}}},
          {"type":"aws_cloudwatch_event_target","name":"t","expressions":EXPRESSIONS}]}}}
        """;

    [Theory]
    [InlineData("""{"event_pattern":true}""", """{"arn":true}""", "Unknown", "whether the rule matches depends on ${local.pattern}; a FIFO queue as a target requires SqsParameters with a MessageGroupId")]
    [InlineData("""{"state":true}""", "{}", "Unknown", "whether the rule is enabled depends on ${local.state}")]
    [InlineData("{}", """{"arn":true}""", "Failing", "a FIFO queue as a target requires SqsParameters with a MessageGroupId")]
    [InlineData("{}", """{"arn":true}""", "Unknown", "the target depends on ${local.arn}", """{"arn":{"references":["local.arn"]}}""")]
    [InlineData("{}", """{"input":true}""", "Unknown", "the input depends on ${local.input}", """{"arn":{"constant_value":"arn:x"},"input":{"references":["local.input"]}}""", "arn:aws:sqs:eu-west-1:123456789012:q")]
    [InlineData("{}", """{"batch_target":[{"job_definition":true}]}""", "Delivered", "the job definition revision is registered together with the rule", """{"batch_target":[{"job_definition":{"references":["aws_batch_job_definition.d.arn"]}}]}""", "arn:aws:batch:eu-west-1:123456789012:job-queue/q")]
    [InlineData("{}", """{"batch_target":[{"job_definition":true}]}""", "Delivered", "the job definition revision is registered together with the rule", """{"batch_target":[{"job_definition":{"references":["aws_batch_job_definition.unnamed.arn"]}}]}""", "arn:aws:batch:eu-west-1:123456789012:job-queue/q")]
    [InlineData("{}", """{"batch_target":[{"job_definition":true}]}""", "Unknown", "the job definition depends on ${var.definition}", """{"batch_target":[{"job_definition":{"references":["var.definition"]}}]}""", "arn:aws:batch:eu-west-1:123456789012:job-queue/q")]
    public async Task What_a_plan_does_not_know_yet_is_unknown_with_what_decides_it(string rule, string target, string state, string? reason, string expressions = """{"arn":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}}""", string? arn = null)
    {
        string plan = Plan.Replace("RULE", rule, StringComparison.Ordinal).Replace("TARGET", target, StringComparison.Ordinal).Replace("EXPRESSIONS", expressions, StringComparison.Ordinal);
        if (rule.Contains("pattern", StringComparison.Ordinal))
            plan = plan.Replace(""","event_pattern":"{\"source\":[\"s\"]}" """.TrimEnd(), "", StringComparison.Ordinal);
        JsonNode document = JsonNode.Parse(plan)!;
        JsonNode values = document["planned_values"]!["root_module"]!["resources"]![1]!["values"]!;
        if (arn is not null)
            values["arn"] = arn;
        else if (!target.Contains("arn", StringComparison.Ordinal))
            values["arn"] = "arn:aws:sqs:eu-west-1:123456789012:q";
        if (target.Contains("batch", StringComparison.Ordinal))
            values["batch_target"] = JsonNode.Parse("""[{"job_name":"n"}]""");
        values["role_arn"] = "arn:aws:iam::123456789012:role/r";

        Delivery delivery = Assert.Single(await RouteAsync(document.ToJsonString(), "s"));

        Assert.Equal((state, reason), ($"{delivery.State}", delivery.Reason));
        Assert.Equal(target.Contains("input", StringComparison.Ordinal), delivery.Input is null);
    }

    [Fact]
    public async Task A_target_whose_rule_is_open_is_unknown_at_each_rule_that_it_may_belong_to()
    {
        JsonNode plan = JsonNode.Parse(Plan.Replace("RULE", """{"name":true}""", StringComparison.Ordinal).Replace("TARGET", """{"rule":true}""", StringComparison.Ordinal).Replace("EXPRESSIONS", """{"rule":{"references":["local.rule"]}}""", StringComparison.Ordinal))!;
        JsonNode resources = plan["planned_values"]!["root_module"]!["resources"]!;
        resources[0]!["values"]!.AsObject().Remove("name");
        resources[1]!["values"]!.AsObject().Remove("rule");
        resources[1]!["values"]!["arn"] = "arn:aws:sqs:eu-west-1:123456789012:q";

        Delivery delivery = Assert.Single(await RouteAsync(plan.ToJsonString(), "s"));

        Assert.Equal((DeliveryState.Unknown, "whether the target belongs to the rule depends on ${local.rule}"), (delivery.State, delivery.Reason));
    }

    [Fact]
    public async Task Rules_on_an_unknown_bus_may_be_on_the_one_that_is_asked_for()
    {
        string plan = Plan.Replace("RULE", """{"event_bus_name":true}""", StringComparison.Ordinal).Replace("TARGET", "{}", StringComparison.Ordinal).Replace("EXPRESSIONS", "{}", StringComparison.Ordinal)
            .Replace("\"target_id\":\"t\"", "\"target_id\":\"t\",\"arn\":\"arn:aws:sqs:eu-west-1:123456789012:q\"", StringComparison.Ordinal);

        Delivery delivery = Assert.Single(await RouteAsync(plan, "s", bus: "orders"));
        Assert.Equal(("${var.bus}/r/t Unknown", "whether the rule is on the event bus depends on ${var.bus}"), (Show(delivery), delivery.Reason));
        Assert.Equal(["${var.bus}/r/t Delivered"], (await RouteAsync(plan, "s")).Select(Show));
        Assert.Equal(["${var.bus}/r/t Delivered"], (await RouteAsync(plan, "s", bus: "*")).Select(Show));
    }

    private static string Case(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Routes", "Cases", name));

    private static string Rules(string target) => $$"""[{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","Targets":[{{target}}]}]""";

    private static string Show(Delivery delivery) => $"{delivery} {delivery.State}";

    private Task<BatchAccount> Account(string? region) => Task.FromResult(new BatchAccount(_account, _account, region ?? FakeAccount.Region, _run.Retry));

    private async Task<List<Delivery>> RouteAsync(string rules, string source, string? bus = null, Func<string?, Task<BatchAccount>>? account = null, int times = 1)
    {
        EventDocument happened = EventDocument.Parse($$"""{"id":"7","source":"{{source}}","account":"123456789012","region":"eu-west-1","time":"2026-11-21T09:30:05Z","detail":{"c":"x"} }""", "e");
        EventRouter router = new(RuleFile.Read(rules, "f", _run), bus is null ? null : [BusName.Of(bus)], null, account);
        return await router.RouteAsync(Streams.From(Enumerable.Repeat(happened, times)), _run, Run.Token).ToListAsync(Run.Token);
    }
}
