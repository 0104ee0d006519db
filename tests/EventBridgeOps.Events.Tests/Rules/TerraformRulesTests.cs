using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Events.Tests;

/// <summary>Terraform plans, in the form that Terraform 1.11 writes. A value that is known only after apply is missing in the planned values, and marked in <c>after_unknown</c>.</summary>
public sealed class TerraformRulesTests
{
    private const string Rule = "aws_cloudwatch_event_rule";
    private const string Target = "aws_cloudwatch_event_target";
    private const string Bus = "aws_cloudwatch_event_bus";

    private readonly RecordingObserver _run = new();

    [Fact]
    public void Targets_find_their_rules_by_for_each_with_dotted_keys()
    {
        Plan plan = new();
        foreach (string key in new[] { "a.b", "c[d].e" })
        {
            plan.Add($"{Rule}.r[\"{key}\"]", $$"""{"name_prefix":"{{key[0]}}-","event_bus_name":"default","event_pattern":"{\"source\":[\"{{key[0]}}\"]}"}""", """{"name":true,"arn":true}""");
            plan.Add($"{Target}.t[\"{key}\"]", $$"""{"event_bus_name":"default","target_id":"to-{{key[0]}}","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", """{"rule":true}""");
        }

        plan.Configure($"{Target}.t", $$"""{"rule":{"references":["{{Rule}}.r","each.key"]} }""");

        Assert.Equal(["default/a-${aws_cloudwatch_event_rule.r[\"a.b\"].name} to-a", "default/c-${aws_cloudwatch_event_rule.r[\"c[d].e\"].name} to-c"], Read(plan).Select(Show));
        Assert.Empty(_run.Warnings);
    }

    [Theory]
    [InlineData("", "module.a.r t?, module.b.r t?")]
    [InlineData("module.b.", "module.a.r, module.b.r t")]
    [InlineData("module.c.", "module.a.r t?, module.b.r t?")]
    public void Which_of_two_rules_of_one_name_a_target_belongs_to_is_not_guessed(string module, string found)
    {
        Plan plan = new();
        foreach (string name in new[] { "module.a.", "module.b." })
            plan.Add($"{name}{Rule}.r", $$"""{"name":"same","event_bus_name":"default","event_pattern":"{\"source\":[\"{{name}}r\"]}"}""", "{}");
        plan.Add($"{module}{Target}.t", """{"rule":"same","event_bus_name":"default","target_id":"t","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", "{}");

        Assert.Equal(found, string.Join(", ", Read(plan).Select(rule => rule.EventPattern!.Split('"')[3] + string.Concat(rule.Targets.Select(target => $" {target.TargetId}{(target.UnknownValues.Any(value => value.Path == "/Rule") ? "?" : "")}")))));
        Assert.Equal(found.Contains('?') ? [$"plan.json: {module}{Target}.t may belong to any of these rules, which have the same name: module.a.{Rule}.r, module.b.{Rule}.r."] : [], _run.Warnings);
    }

    [Fact]
    public void Targets_find_their_rules_by_the_Region_of_the_resources()
    {
        Plan plan = new();
        foreach (string region in new[] { "us-east-1", "eu-west-1" })
        {
            string name = region[..2];
            plan.Add($"{Rule}.{name}", $$"""{"name":"same","event_bus_name":"default","region":"{{region}}","event_pattern":"{\"source\":[\"{{name}}\"]}"}""", "{}");
            plan.Add($"{Target}.{name}", $$"""{"rule":"same","event_bus_name":"default","region":"{{region}}","target_id":"to-{{name}}","arn":"arn:aws:sqs:{{region}}:123456789012:q"}""", "{}");
        }

        Assert.Equal(["""{"source":["us"]} to-us us-east-1""", """{"source":["eu"]} to-eu eu-west-1"""], Read(plan).Select(rule => $"{rule.EventPattern} {string.Join(' ', rule.Targets.Select(target => target.TargetId))} {rule.Arn!.Split(':')[3]}"));
    }

    [Fact]
    public void Targets_find_their_rules_by_count_and_by_each_value()
    {
        Plan plan = new();
        for (int i = 0; i < 2; i++)
        {
            plan.Add($"{Rule}.counted[{i}]", $$"""{"event_bus_name":"bus{{i}}","event_pattern":"{}"}""", """{"name":true}""");
            plan.Add($"{Target}.counted[{i}]", $$"""{"event_bus_name":"bus{{i}}","target_id":"c{{i}}","arn":"arn:aws:sns:eu-west-1:123456789012:t"}""", """{"rule":true}""");
            plan.Add($"{Target}.chained[\"{i}\"]", $$"""{"event_bus_name":"bus{{i}}","target_id":"e{{i}}","arn":"arn:aws:sns:eu-west-1:123456789012:t"}""", """{"rule":true}""");
        }

        plan.Configure($"{Target}.counted", $$"""{"rule":{"references":["{{Rule}}.counted","count.index"]} }""");
        plan.Configure($"{Target}.chained", """{"rule":{"references":["each.value.name","each.value"]}}""", $$"""{"references":["{{Rule}}.counted"]}""");

        Assert.Equal(["bus0 c0 e0", "bus1 c1 e1"], Read(plan).Select(rule => $"{rule.EventBusName} {string.Join(' ', rule.Targets.Select(target => target.TargetId))}"));
    }

    [Fact]
    public void A_bus_is_found_through_variables_and_outputs_of_nested_modules()
    {
        Plan plan = new();
        plan.Add($"module.core.module.bus[0].{Bus}.this", """{"name":"orders"}""", """{"arn":true,"id":true}""");
        plan.Add($"module.app[\"eu.west\"].{Rule}.r", """{"name":"r","event_pattern":"{}"}""", """{"event_bus_name":true}""");
        plan.Add($"module.app[\"eu.west\"].{Target}.t", """{"rule":"r","target_id":"t","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", """{"event_bus_name":true}""");
        plan.Configuration = $$"""
            {"module_calls":{
              "core":{"module":{"outputs":{"bus":{"expression":{"references":["module.bus[0].arn","module.bus[0]","module.bus"]} } },
                "module_calls":{"bus":{"count_expression":{"constant_value":1},"module":{"outputs":{"arn":{"expression":{"references":["{{Bus}}.this.arn","{{Bus}}.this"]} } } } } } } },
              "app":{"for_each_expression":{"references":["var.apps"]},"expressions":{"bus_arn":{"references":["module.core.bus","module.core"]} },
                "module":{"variables":{"bus_arn":{} },"resources":[
                  {"type":"{{Rule}}","name":"r","expressions":{"event_bus_name":{"references":["var.bus_arn"]} } },
                  {"type":"{{Target}}","name":"t","expressions":{"event_bus_name":{"references":["var.bus_arn"]},"rule":{"references":["{{Rule}}.r.name","{{Rule}}.r"]} } }]} } } }
            """;

        Assert.Equal("orders/r t", Show(Assert.Single(Read(plan))));
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void Instances_with_computed_keys_are_found_though_their_attributes_are_not_listed()
    {
        Plan plan = new();
        foreach (string key in new[] { "a.b", "c" })
        {
            plan.Add($"module.bus[\"{key}\"].{Bus}.this", $$"""{"name":"bus-{{key}}"}""", """{"arn":true}""");
            plan.Add($"aws_sqs_queue.q[\"{key}\"]", $$"""{"name":"q-{{key}}"}""", """{"arn":true}""");
            plan.Add($"{Rule}.r[\"{key}\"]", """{"name":"r","event_pattern":"{}"}""", """{"event_bus_name":true,"arn":true}""");
            plan.Add($"{Target}.t[\"{key}\"]", """{"target_id":"t"}""", """{"event_bus_name":true,"rule":true,"arn":true}""");
        }

        plan.Configuration = $$"""
            {"resources":[
              {"type":"{{Rule}}","name":"r","expressions":{"event_bus_name":{"references":["module.bus","each.key"]} } },
              {"type":"{{Target}}","name":"t","for_each_expression":{"references":["{{Rule}}.r","var.x"]},
               "expressions":{"event_bus_name":{"references":["module.bus","each.key"]},"rule":{"references":["each.value.rule","each.value"]},"arn":{"references":["aws_sqs_queue.q","each.key"]} } }],
             "module_calls":{"bus":{"module":{"outputs":{"name":{"expression":{"references":["var.name"]} },"arn":{"expression":{"references":["{{Bus}}.this.arn","{{Bus}}.this"]} } } } } } }
            """;
        plan.Variables = """{"x":{"value":1}}""";

        IReadOnlyList<RuleSummary> rules = Read(plan);

        Assert.Equal(["bus-a.b/r t", "bus-c/r t"], rules.Select(Show));
        Assert.Equal(["arn:${Partition}:sqs:${Region}:${AccountId}:q-a.b", "arn:${Partition}:sqs:${Region}:${AccountId}:q-c"], rules.Select(rule => rule.Targets[0].Arn));
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void A_target_whose_rule_is_open_may_belong_to_each_rule_whose_name_is_open()
    {
        Plan plan = new();
        plan.Add($"{Rule}.named", """{"name":"named","event_bus_name":"default","event_pattern":"{}"}""", "{}");
        foreach (string name in new[] { "a", "b" })
            plan.Add($"{Rule}.{name}", """{"name_prefix":"p-","event_bus_name":"default","event_pattern":"{}"}""", """{"name":true}""");
        plan.Add($"{Target}.t", """{"event_bus_name":"default","target_id":"t","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", """{"rule":true}""");
        plan.Configure($"{Target}.t", """{"rule":{"references":["local.rule"]}}""");

        IReadOnlyList<RuleSummary> rules = Read(plan);

        Assert.Equal([0, 1, 1], rules.Select(rule => rule.Targets.Count));
        Assert.Equal([("/Rule", "local.rule")], rules[1].Targets[0].UnknownValues.Select(value => (value.Path, value.Symbol)));
        Assert.Equal(2, _run.Warnings.Count);
    }

    [Fact]
    public void A_condition_that_is_known_does_not_decide()
    {
        Plan plan = new();
        plan.Add($"{Bus}.this[0]", """{"name":"made"}""", """{"arn":true}""");
        plan.Add($"{Rule}.r", """{"name":"r","event_pattern":"{}"}""", """{"event_bus_name":true}""");
        plan.Configure($"{Rule}.r", $$"""{"event_bus_name":{"references":["var.create","{{Bus}}.this[0].arn","{{Bus}}.this[0]","{{Bus}}.this","local.name"]} }""");
        plan.Variables = """{"create":{"value":true}}""";

        Assert.Equal("made", Assert.Single(Read(plan)).EventBusName);
    }

    [Fact]
    public void What_is_known_after_apply_is_warned_once_for_a_rule_with_addresses_and_symbols()
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default"}""", """{"event_pattern":true,"state":true}""");
        plan.Add($"{Target}.t", """{"rule":"r","event_bus_name":"default","target_id":"t"}""", """{"arn":true,"input":true,"role_arn":true}""");
        plan.Configure($"{Rule}.r", """{"event_pattern":{"references":["aws_s3_bucket.b.id","aws_s3_bucket.b","local.names"]},"state":{"references":["random_id.x.hex"]}}""");
        plan.Configure($"{Target}.t", """{"arn":{"references":["data.aws_ssm_parameter.target.value","data.aws_ssm_parameter.target"]},"input":{"references":["random_id.x.hex"]},"role_arn":{"references":["aws_iam_role.r.arn"]}}""");

        RuleSummary rule = Assert.Single(Read(plan));

        Assert.Equal([("/State", "random_id.x.hex"), ("/EventPattern", "local.names")], rule.UnknownValues.Where(value => value.Path != "/Arn").Select(value => (value.Path, value.Symbol)));
        Assert.Equal([("/Arn", "data.aws_ssm_parameter.target.value"), ("/Input", "random_id.x.hex"), ("/RoleArn", "aws_iam_role.r.arn")], rule.Targets[0].UnknownValues.Select(value => (value.Path, value.Symbol)));
        Assert.Equal(
            "plan.json: aws_cloudwatch_event_rule.r depends on values that are known only after the plan is applied: aws_cloudwatch_event_rule.r.State (${random_id.x.hex}), aws_cloudwatch_event_rule.r.EventPattern (${local.names}), aws_cloudwatch_event_target.t.Arn (${data.aws_ssm_parameter.target.value}), aws_cloudwatch_event_target.t.Input (${random_id.x.hex}).",
            Assert.Single(_run.Warnings));
    }

    [Fact]
    public void What_is_null_is_not_unknown()
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default","event_pattern":"{}","state":null}""", "{}");
        plan.Add($"{Target}.t", """{"rule":"r","event_bus_name":"default","target_id":"t","arn":"arn:aws:sqs:eu-west-1:123456789012:q","input":null,"input_path":""}""", "{}");
        plan.Configure($"{Rule}.r", """{"state":{"references":["var.state"]}}""");
        plan.Configure($"{Target}.t", """{"input":{"references":["var.input"]},"input_path":{"references":["var.path"]}}""");

        RuleSummary rule = Assert.Single(Read(plan));

        Assert.Equal("ENABLED", rule.State);
        Assert.Equal("""{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", rule.Targets[0].Document);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void Resources_that_are_deleted_are_not_there()
    {
        Plan plan = new();
        plan.Add($"{Rule}.gone", """{"name":"gone","event_pattern":"{}"}""", "{}", """["delete"]""");
        Assert.Equal("plan.json does not contain rules: the Terraform plan removes aws_cloudwatch_event_rule.gone, and no other resource in it is an aws_cloudwatch_event_rule.", Assert.Throws<OpsException>(() => Read(plan)).Message);

        plan.Add($"{Rule}.replaced", """{"name":"replaced","event_pattern":"{}"}""", "{}", """["delete","create"]""");
        Assert.Equal(["replaced"], Read(plan).Select(rule => rule.RuleName));
    }

    [Fact]
    public void A_plan_without_rules_is_an_error_that_says_what_was_looked_for()
    {
        Plan plan = new();
        plan.Add("aws_sqs_queue.q", """{"name":"q"}""", "{}");

        OpsException error = Assert.Throws<OpsException>(() => Read(plan));

        Assert.Equal((ErrorIds.InvalidRule, "plan.json does not contain rules: it is a Terraform plan or state with 1 resource, and none of them is an aws_cloudwatch_event_rule."), (error.ErrorId, error.Message));
    }

    [Fact]
    public void Data_sources_are_in_the_prior_state_or_unknown()
    {
        Plan plan = new();
        plan.Add($"{Rule}.read", """{"name":"read","event_bus_name":"shared","event_pattern":"{}"}""", "{}");
        plan.Add($"{Rule}.later", """{"name":"later","event_pattern":"{}"}""", """{"event_bus_name":true}""");
        plan.Configure($"{Rule}.later", """{"event_bus_name":{"references":["data.aws_cloudwatch_event_bus.x.arn","data.aws_cloudwatch_event_bus.x"]}}""");
        plan.Configure("data.aws_cloudwatch_event_bus.x", """{"name":{"constant_value":"partner"}}""");
        plan.Add("data.aws_cloudwatch_event_bus.x", """{"name":"partner"}""", """{"arn":true}""");

        Assert.Equal(["partner", "shared"], Read(plan).Select(rule => rule.EventBusName).Order());
    }

    [Fact]
    public void Rules_on_the_same_unknown_bus_are_together_and_others_apart()
    {
        Plan plan = new();
        foreach (string name in new[] { "a", "b", "c" })
        {
            plan.Add($"{Rule}.{name}", $$"""{"name":"{{name}}","event_pattern":"{}"}""", """{"event_bus_name":true}""");
            plan.Configure($"{Rule}.{name}", $$"""{"event_bus_name":{"references":["{{(name == "c" ? "local.other" : "local.bus")}}"]} }""");
        }

        Assert.Equal(["${local.bus}", "${local.bus}", "${local.other}"], Read(plan).Select(rule => rule.EventBusName));
        Assert.Equal(3, _run.Warnings.Count);
        Assert.Contains("aws_cloudwatch_event_rule.c.EventBusName (${local.other})", _run.Warnings[2], StringComparison.Ordinal);
    }

    [Fact]
    public void One_name_on_two_buses_is_two_rules()
    {
        Plan plan = new();
        foreach (string bus in new[] { "one", "two" })
        {
            plan.Add($"{Rule}.{bus}", $$"""{"name":"r","event_bus_name":"{{bus}}","event_pattern":"{}"}""", "{}");
            plan.Add($"{Target}.{bus}", $$"""{"rule":"r","event_bus_name":"{{bus}}","target_id":"t-{{bus}}","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", "{}");
        }

        plan.Add($"{Target}.three", """{"rule":"r","event_bus_name":"three","target_id":"t","arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", "{}");

        Assert.Equal(["one/r t-one", "two/r t-two"], Read(plan).Select(Show));
        Assert.Equal("plan.json: aws_cloudwatch_event_target.three was skipped because its rule is not in the plan.", Assert.Single(_run.Warnings));
    }

    [Fact]
    public void New_resources_have_the_ARNs_that_they_will_have_as_far_as_that_is_known()
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default","event_pattern":"{}"}""", """{"arn":true}""");
        (string Resource, string Values, string Unknown)[] made =
        [
            ("aws_sqs_queue.q", """{"name":"orders.fifo","fifo_queue":true}""", """{"arn":true}"""),
            ("aws_sqs_queue.p", """{"name_prefix":"pre-","fifo_queue":true}""", """{"arn":true,"name":true}"""),
            ("aws_sfn_state_machine.s", """{"name":"flow","region":"eu-north-1"}""", """{"arn":true}"""),
            ($"{Bus}.b", """{"name":"next"}""", """{"arn":true}"""),
        ];
        foreach ((string resource, string values, string unknown) in made)
        {
            plan.Add(resource, values, unknown);
            plan.Configure(resource, "{}", provider: "aws.west");
            string name = resource.Split('.')[1];
            plan.Add($"{Target}.{name}", $$"""{"rule":"r","event_bus_name":"default","target_id":"{{name}}"}""", """{"arn":true}""");
            plan.Configure($"{Target}.{name}", $$"""{"arn":{"references":["{{resource}}.arn","{{resource}}"]} }""");
        }

        plan.Providers = """{"aws.west":{"alias":"west","expressions":{"region":{"references":["var.region"]}}}}""";
        plan.Variables = """{"region":{"value":"us-west-2"}}""";

        RuleSummary rule = Assert.Single(Read(plan));

        Assert.Equal("arn:${Partition}:events:${Region}:${AccountId}:rule/r", rule.Arn);
        Assert.Equal(
            [
                "arn:aws:sqs:us-west-2:${aws.west.AccountId}:orders.fifo", "arn:aws:sqs:us-west-2:${aws.west.AccountId}:pre-${aws_sqs_queue.p.name}.fifo",
                "arn:aws:states:eu-north-1:${aws.west.AccountId}:stateMachine:flow", "arn:aws:events:us-west-2:${aws.west.AccountId}:event-bus/next",
            ],
            rule.Targets.Select(target => target.Arn));
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void Account_and_Region_are_those_of_what_is_there_already()
    {
        Plan plan = new();
        plan.Add($"{Bus}.b", """{"name":"next"}""", """{"arn":true}""");
        plan.Add($"{Rule}.old", """{"name":"old","arn":"arn:aws-cn:events:cn-north-1:123456789012:rule/old","event_bus_name":"default","event_pattern":"{}"}""", "{}");
        plan.Add($"{Target}.t", """{"rule":"old","event_bus_name":"default","target_id":"t"}""", """{"arn":true}""");
        plan.Add($"{Target}.u", """{"rule":"old","event_bus_name":"default","target_id":"u","arn":"arn:aws-cn:sqs:cn-northwest-1:999999999999:q"}""", "{}");
        plan.Configure($"{Target}.t", $$"""{"arn":{"references":["{{Bus}}.b.arn","{{Bus}}.b"]} }""");

        Assert.Equal("arn:aws-cn:events:cn-north-1:123456789012:event-bus/next", Assert.Single(Read(plan)).Targets[0].Arn);
    }

    [Fact]
    public void A_job_definition_that_the_plan_registers_is_told_from_one_that_is_not_known()
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default","event_pattern":"{}"}""", "{}");
        plan.Add("aws_batch_job_definition.d", """{"name":"agent"}""", """{"arn":true,"revision":true}""");
        foreach ((string name, string reference) in new[] { ("a", "aws_batch_job_definition.d.arn"), ("b", "local.definition") })
        {
            plan.Add($"{Target}.{name}", $$"""{"rule":"r","event_bus_name":"default","target_id":"{{name}}","arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","batch_target":[{"job_name":"n","array_size":null,"job_attempts":0}]}""", """{"batch_target":[{"job_definition":true}]}""");
            plan.Configure($"{Target}.{name}", $$"""{"batch_target":[{"job_definition":{"references":["{{reference}}"]},"job_name":{"constant_value":"n"} }]}""");
        }

        IReadOnlyList<RuleTarget> targets = Assert.Single(Read(plan)).Targets;

        Assert.Equal(["arn:${Partition}:batch:${Region}:${AccountId}:job-definition/agent:${aws_batch_job_definition.d:revision}", "${local.definition}"], targets.Select(target => target.JobDefinition));
        Assert.Equal("""{"JobDefinition":"${local.definition}","JobName":"n"}""", Document.Write(Document.Parse(targets[1].Document)["BatchParameters"]));
        Assert.Contains("aws_cloudwatch_event_target.b.BatchParameters.JobDefinition (${local.definition})", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ecs_target":[{"task_definition_arn":"arn:t","task_count":2,"launch_type":"FARGATE","platform_version":null,"group":"","propagate_tags":"TASK_DEFINITION","enable_ecs_managed_tags":true,"enable_execute_command":false,"tags":{"a":"b"},"network_configuration":[{"subnets":["s"],"security_groups":null,"assign_public_ip":true}],"placement_constraint":[{"type":"distinctInstance","expression":""}],"ordered_placement_strategy":[{"type":"spread","field":"host"}],"capacity_provider_strategy":[{"capacity_provider":"FARGATE","weight":1,"base":0}]}]}""",
        """{"EcsParameters":{"TaskDefinitionArn":"arn:t","TaskCount":2,"LaunchType":"FARGATE","PropagateTags":"TASK_DEFINITION","EnableECSManagedTags":true,"EnableExecuteCommand":false,"CapacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":1,"base":0}],"PlacementStrategy":[{"type":"spread","field":"host"}],"PlacementConstraints":[{"type":"distinctInstance"}],"NetworkConfiguration":{"awsvpcConfiguration":{"Subnets":["s"],"AssignPublicIp":"ENABLED"}},"Tags":[{"Key":"a","Value":"b"}]}}""")]
    [InlineData("""{"sqs_target":[{"message_group_id":"g"}],"dead_letter_config":[{"arn":"arn:d"}],"retry_policy":[{"maximum_event_age_in_seconds":60,"maximum_retry_attempts":0}]}""",
        """{"SqsParameters":{"MessageGroupId":"g"},"DeadLetterConfig":{"Arn":"arn:d"},"RetryPolicy":{"MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":0}}""")]
    [InlineData("""{"kinesis_target":[{"partition_key_path":"$.id"}],"appsync_target":[{"graphql_operation":"mutation {a}"}]}""", """{"KinesisParameters":{"PartitionKeyPath":"$.id"},"AppSyncParameters":{"GraphQLOperation":"mutation {a}"}}""")]
    [InlineData("""{"http_target":[{"header_parameters":{"h":"1"},"path_parameter_values":["p"],"query_string_parameters":{}}]}""", """{"HttpParameters":{"HeaderParameters":{"h":"1"},"PathParameterValues":["p"],"QueryStringParameters":{}}}""")]
    [InlineData("""{"redshift_target":[{"database":"d","db_user":"u","secrets_manager_arn":null,"sql":"select 1","statement_name":"s","with_event":true}]}""", """{"RedshiftDataParameters":{"Database":"d","DbUser":"u","Sql":"select 1","StatementName":"s","WithEvent":true}}""")]
    [InlineData("""{"run_command_targets":[{"key":"tag:Name","values":["a","b"]},{"key":"InstanceIds","values":["i-1"]}]}""", """{"RunCommandParameters":{"RunCommandTargets":[{"Key":"tag:Name","Values":["a","b"]},{"Key":"InstanceIds","Values":["i-1"]}]}}""")]
    [InlineData("""{"sagemaker_pipeline_target":[{"pipeline_parameter_list":[{"name":"n","value":"v"}]}]}""", """{"SageMakerPipelineParameters":{"PipelineParameterList":[{"Name":"n","Value":"v"}]}}""")]
    [InlineData("""{"batch_target":[],"ecs_target":[],"sqs_target":[],"input_transformer":[]}""", "{}")]
    public void Blocks_are_the_services_structures(string blocks, string expected)
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default","event_pattern":"{}"}""", "{}");
        JsonObject values = Document.Parse(blocks);
        values["rule"] = "r";
        values["event_bus_name"] = "default";
        values["target_id"] = "t";
        values["arn"] = "arn:a";
        plan.Add($"{Target}.t", Document.Write(values), "{}");

        JsonObject target = Document.Parse(Assert.Single(Read(plan)).Targets[0].Document);
        target.Remove("Id");
        target.Remove("Arn");

        Assert.True(DocumentDiff.Same(Document.Parse(expected), target), Document.Write(target));
    }

    [Fact]
    public void Parts_of_a_block_can_be_unknown_and_a_dynamic_block_as_a_whole()
    {
        Plan plan = new();
        plan.Add($"{Rule}.r", """{"name":"r","event_bus_name":"default","event_pattern":"{}"}""", "{}");
        plan.Add($"{Target}.t", """{"rule":"r","event_bus_name":"default","target_id":"t","arn":"arn:a","ecs_target":[{"task_definition_arn":"arn:t","network_configuration":[{"subnets":["s",null]}]}]}""",
            """{"ecs_target":[{"network_configuration":[{"subnets":[false,true]}]}],"input_transformer":true}""");
        plan.Configure($"{Target}.t", """{"ecs_target":[{"network_configuration":[{"subnets":{"references":["aws_subnet.s.id"]}}]}]}""");

        RuleTarget target = Assert.Single(Read(plan)).Targets[0];

        Assert.Equal([("/InputTransformer", "aws_cloudwatch_event_target.t.input_transformer"), ("/EcsParameters/NetworkConfiguration/awsvpcConfiguration/Subnets/1", "aws_subnet.s.id")], target.UnknownValues.Select(value => (value.Path, value.Symbol)));
    }

    [Fact]
    public void A_state_is_read_as_well()
    {
        const string State = """{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"aws_cloudwatch_event_rule.r","mode":"managed","type":"aws_cloudwatch_event_rule","name":"r","values":{"name":"r","arn":"arn:aws:events:eu-west-1:123456789012:rule/bus/r","event_bus_name":"arn:aws:events:eu-west-1:123456789012:event-bus/bus","event_pattern":"{}","state":"DISABLED"}},{"address":"aws_cloudwatch_event_target.t","mode":"managed","type":"aws_cloudwatch_event_target","name":"t","values":{"rule":"r","event_bus_name":"bus","target_id":"t","arn":"arn:a"}}]}}}""";

        RuleSummary rule = Assert.Single(RuleFile.Read(State, "state.json", _run));

        Assert.Equal(("bus/r t", "DISABLED", 0), (Show(rule), rule.State, rule.UnknownValues.Count));
    }

    private static string Show(RuleSummary rule) => $"{rule.EventBusName}/{rule.RuleName} {string.Join(' ', rule.Targets.Select(target => target.TargetId))}";

    private IReadOnlyList<RuleSummary> Read(Plan plan) => RuleFile.Read(Document.Write(plan.Build()), "plan.json", _run);

    /// <summary>Puts a plan together as Terraform writes it.</summary>
    private sealed class Plan
    {
        private readonly JsonObject _root = [];
        private readonly JsonArray _changes = [];
        private readonly JsonArray _configured = [];

        public string? Configuration { get; set; }

        public string Providers { get; set; } = "{}";

        public string Variables { get; set; } = "{}";

        public void Add(string address, string values, string unknown, string actions = """["create"]""")
        {
            (string module, string local) = Split(address);
            (string mode, string type, string name) = Parts(local);
            JsonObject resource = new() { ["address"] = address, ["mode"] = mode, ["type"] = type, ["name"] = name, ["values"] = Document.Parse(values) };
            if (local.IndexOf('[') is > 0 and var bracket)
                resource["index"] = JsonNode.Parse(local[(bracket + 1)..^1]);
            Resources(module).Add(resource);
            _changes.Add(new JsonObject { ["address"] = address, ["change"] = new JsonObject { ["actions"] = JsonNode.Parse(actions), ["after_unknown"] = JsonNode.Parse(unknown) } });
        }

        public void Configure(string address, string expressions, string? forEach = null, string? provider = null)
        {
            (string mode, string type, string name) = Parts(address);
            JsonObject resource = new() { ["mode"] = mode, ["type"] = type, ["name"] = name, ["expressions"] = Document.Parse(expressions) };
            if (forEach is not null)
                resource["for_each_expression"] = Document.Parse(forEach);
            if (provider is not null)
                resource["provider_config_key"] = provider;
            _configured.Add(resource);
        }

        public JsonObject Build() => new()
        {
            ["format_version"] = "1.2",
            ["variables"] = Document.Parse(Variables),
            ["planned_values"] = new JsonObject { ["root_module"] = _root.DeepClone() },
            ["resource_changes"] = _changes.DeepClone(),
            ["configuration"] = new JsonObject
            {
                ["provider_config"] = Document.Parse(Providers),
                ["root_module"] = Configuration is null ? new JsonObject { ["resources"] = _configured.DeepClone() } : Document.Parse(Configuration),
            },
        };

        private static (string Mode, string Type, string Name) Parts(string local)
        {
            string[] parts = (local.IndexOf('[') is > 0 and var bracket ? local[..bracket] : local).Split('.');
            return (parts[0] == "data" ? "data" : "managed", parts[^2], parts[^1]);
        }

        private static (string Module, string Local) Split(string address)
        {
            int at = address.IndexOf("aws_", StringComparison.Ordinal);
            if (address.StartsWith("data.", StringComparison.Ordinal))
                at = 0;
            return (at > 0 ? address[..(at - 1)] : "", address[at..]);
        }

        private JsonArray Resources(string module)
        {
            JsonObject at = _root;
            string path = "";
            foreach (string step in module.Split("module.", StringSplitOptions.RemoveEmptyEntries))
            {
                path += (path.Length > 0 ? "." : "") + "module." + step.TrimEnd('.');
                JsonArray children = at["child_modules"] as JsonArray ?? (JsonArray)(at["child_modules"] = new JsonArray())!;
                JsonObject? child = children.OfType<JsonObject>().FirstOrDefault(one => (string?)one["address"] == path);
                if (child is null)
                    children.Add(child = new JsonObject { ["address"] = path });
                at = child;
            }

            return at["resources"] as JsonArray ?? (JsonArray)(at["resources"] = new JsonArray())!;
        }
    }
}
