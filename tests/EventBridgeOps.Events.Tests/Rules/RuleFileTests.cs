using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Events.Tests;

public sealed class RuleFileTests : IDisposable
{
    private readonly RecordingObserver _run = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_AWS_CLIs_answers_are_read_and_targets_find_their_rule()
    {
        Write("rules.json", """{"Rules":[{"Name":"a","Arn":"arn:aws:events:eu-west-1:1:rule/bus/a","EventPattern":"{\"source\":[\"s\"]}","State":"ENABLED","EventBusName":"bus"},{"Name":"b","ScheduleExpression":"rate(1 day)","State":"DISABLED","EventBusName":"default"}]}""");
        Write("c.json", """{"Name":"c","EventPattern":"{\"source\":[\"s\"]}","State":"ENABLED","EventBusName":"arn:aws:events:eu-west-1:1:event-bus/bus","CreatedBy":"1"}""");
        Write("a.targets.json", """{"Targets":[{"Id":"1","Arn":"arn:a"},{"Id":"2","Arn":"arn:b","BatchParameters":{"JobDefinition":"j:1","JobName":"n"}}]}""");
        Write("b-targets.json", """{"Targets":[]}""");
        Write("whatever.json", """{"Targets":[{"Id":"3","Arn":"arn:c"}]}""");

        IReadOnlyList<RuleSummary> rules = await ReadAsync("rules.json", "c.json", "a.targets.json", "b-targets.json", "whatever.json");

        Assert.Equal(["bus/a 1 2", "default/b ", "bus/c 3"], rules.Select(Show));
        Assert.Equal(("j:1", "arn:b", """{"source":["s"]}""", "DISABLED"), (rules[0].Targets[1].JobDefinition, rules[0].Targets[1].Arn, rules[0].EventPattern, rules[1].State));
    }

    [Fact]
    public async Task Targets_of_nobody_are_an_error()
    {
        Write("rules.json", """[{"Name":"a"},{"Name":"b"}]""");
        Write("x.json", """{"Targets":[{"Id":"1","Arn":"arn:a"}]}""");

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => ReadAsync("rules.json", "x.json"));

        Assert.Equal(ErrorIds.InvalidRule, error.ErrorId);
        Assert.Contains("my-rule.targets.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad name!", "ENABLED", "EventBridge does not accept this name")]
    [InlineData("good", "enabled", "EventBridge does not accept the state enabled")]
    [InlineData("good.a-b_1", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", null)]
    [InlineData("good", null, null)]
    public async Task A_name_and_a_state_that_the_service_rejects_are_said(string name, string? state, string? warning)
    {
        Write("rules.json", JsonSerializer.Serialize(new { Name = name, State = state, EventPattern = """{"source":["s"]}""" }));

        Assert.Single(await ReadAsync("rules.json"));
        Assert.Equal(warning is null ? 0 : 1, _run.Warnings.Count(said => warning is not null && said.Contains(warning, StringComparison.Ordinal)));
        Assert.Equal(warning is null ? 0 : 1, _run.Warnings.Count);
        IEnumerable<string> said = [.. _run.Warnings];
        RuleFile.Read(File.ReadAllText(Path.Combine(_folder, "rules.json")), "rules.json", _run);
        Assert.Equal(said.Concat(said), _run.Warnings); // A text says the same as a file.
    }

    [Fact]
    public async Task What_this_product_gives_out_is_read_back()
    {
        Write("rules.json", """[{"EventBusName":"bus","RuleName":"a","State":"ENABLED","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"TargetId":"t","Arn":"arn:a","JobDefinition":"j:1","Document":"{\"Id\":\"t\",\"Arn\":\"arn:a\",\"Input\":\"{}\",\"BatchParameters\":{\"JobDefinition\":\"j:1\"}}"},{"TargetId":"u","Arn":"arn:b"}],"Document":"{}"}]""");

        RuleSummary rule = Assert.Single(await ReadAsync("rules.json"));

        Assert.Equal("bus/a t u", Show(rule));
        Assert.Equal("{}", Document.Parse(rule.Targets[0].Document).String("Input"));
    }

    private const string Template = """
        {"AWSTemplateFormatVersion":"2010-09-09","Parameters":{"Stage":{"Type":"String","Default":"dev"},"Other":{"Type":"String"}},
        "Resources":{
          "Bus":{"Type":"AWS::Events::EventBus","Properties":{"Name":{"Fn::Sub":"mvp-${Stage}"}}},
          "Plain":{"Type":"AWS::Events::EventBus","Properties":{}},
          "OnUpload":{"Type":"AWS::Events::Rule","Properties":{"EventBusName":{"Ref":"Bus"},"EventPattern":{"source":["s",{"Ref":"Stage"}],"detail":{"size":[{"numeric":[">",0]}]}},
            "Targets":[{"Id":"job","Arn":{"Ref":"Queue"},"RoleArn":{"Fn::GetAtt":["Role","Arn"]},"BatchParameters":{"JobDefinition":{"Ref":"Definition"},"JobName":"n"}},
                       {"Id":"forward","Arn":{"Fn::GetAtt":"Plain.Arn"}},
                       {"Id":"text","Arn":{"Fn::Join":[":",["arn:aws:sqs",{"Ref":"AWS::Region"},{"Ref":"AWS::AccountId"},"q"]]},"InputTransformer":{"InputPathsMap":{"id":"$.id"},"InputTemplate":{"Fn::Sub":["\"${Who} ${!Literal} <id>\"",{"Who":{"Ref":"Stage"}}]}}}]}},
          "Nightly":{"Type":"AWS::Events::Rule","Properties":{"Name":"nightly","ScheduleExpression":"rate(1 day)","State":"DISABLED","Targets":[{"Id":"t","Arn":{"Fn::ImportValue":"x"}}]}},
          "Onward":{"Type":"AWS::Events::Rule","Properties":{"Name":"onward","EventBusName":{"Fn::GetAtt":["Plain","Name"]},"EventPattern":"{\"source\":[\"s\"]}","Targets":[]}},
          "Queue":{"Type":"AWS::Batch::JobQueue"}}}
        """;

    private const string TemplateInYaml = """
        AWSTemplateFormatVersion: '2010-09-09'
        Parameters:
          Stage: {Type: String, Default: dev}
          Other: {Type: String}
        Resources:
          Bus:
            Type: AWS::Events::EventBus
            Properties:
              Name: !Sub mvp-${Stage}
          Plain: &plain
            Type: AWS::Events::EventBus
            Properties: {}
          OnUpload:
            Type: AWS::Events::Rule
            Properties:
              EventBusName: !Ref Bus
              EventPattern:
                source: [s, !Ref Stage]
                detail:
                  size:
                    - numeric: [">", 0]
              Targets:
                - Id: job
                  Arn: !Ref Queue
                  RoleArn: !GetAtt Role.Arn
                  BatchParameters: {JobDefinition: !Ref Definition, JobName: n}
                - Id: forward
                  Arn: !GetAtt Plain.Arn
                - Id: text
                  Arn: !Join [":", [arn:aws:sqs, !Ref "AWS::Region", !Ref AWS::AccountId, q]]
                  InputTransformer:
                    InputPathsMap: {id: $.id}
                    InputTemplate: !Sub
                      - '"${Who} ${!Literal} <id>"'
                      - Who: !Ref Stage
          Nightly:
            Type: AWS::Events::Rule
            Properties:
              Name: nightly
              ScheduleExpression: rate(1 day)
              State: DISABLED
              Targets:
                - {Id: t, Arn: !ImportValue x}
          Onward:
            Type: AWS::Events::Rule
            Properties:
              Name: onward
              EventBusName: !GetAtt Plain.Name
              EventPattern: '{"source":["s"]}'
              Targets: []
          Queue: {Type: AWS::Batch::JobQueue}
        """;

    [Theory]
    [InlineData("template.json", Template)]
    [InlineData("template.yaml", TemplateInYaml)]
    public async Task CloudFormation_templates_are_read_with_their_functions_as_far_as_they_tell(string name, string template)
    {
        Write(name, template);

        IReadOnlyList<RuleSummary> rules = await ReadAsync(name);

        Assert.Equal(["mvp-dev/OnUpload job forward text", "default/nightly t", "Plain/onward "], rules.Select(Show));
        Assert.True(DocumentDiff.Same(JsonNode.Parse("""{"source":["s","dev"],"detail":{"size":[{"numeric":[">",0]}]}}"""), JsonNode.Parse(rules[0].EventPattern!)));
        Assert.Equal(["arn:${Partition}:batch:${Region}:${AccountId}:job-queue/${Queue}", "arn:${Partition}:events:${Region}:${AccountId}:event-bus/Plain", "arn:aws:sqs:${Region}:${AccountId}:q"], rules[0].Targets.Select(target => target.Arn));
        Assert.Equal("${Definition}", rules[0].Targets[0].JobDefinition);
        Assert.Equal("\"dev ${Literal} <id>\"", (string?)Document.Parse(rules[0].Targets[2].Document)["InputTransformer"]!["InputTemplate"]);
        Assert.Equal(("DISABLED", "rate(1 day)", "${ImportValue x}"), (rules[1].State, rules[1].ScheduleExpression, rules[1].Targets[0].Arn));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Terraform_plans_are_read_with_modules_and_what_is_not_known_yet()
    {
        Write("plan.json", """
            {"format_version":"1.2","planned_values":{"root_module":{
              "resources":[
                {"address":"aws_cloudwatch_event_rule.upload","mode":"managed","type":"aws_cloudwatch_event_rule","name":"upload","values":{"name":"on-upload","event_bus_name":"mvp","event_pattern":"{\"source\":[\"s\"]}","state":"ENABLED","schedule_expression":null}},
                {"address":"aws_cloudwatch_event_rule.old","mode":"managed","type":"aws_cloudwatch_event_rule","name":"old","values":{"name":"old","event_pattern":"{\"source\":[\"s\"]}","is_enabled":false}},
                {"address":"aws_cloudwatch_event_rule.prefixed","mode":"managed","type":"aws_cloudwatch_event_rule","name":"prefixed","values":{"name_prefix":"pre-","event_pattern":"{\"source\":[\"s\"]}"}},
                {"address":"data.aws_cloudwatch_event_rule.x","mode":"data","type":"aws_cloudwatch_event_rule","name":"x","values":{"name":"x"}},
                {"address":"aws_cloudwatch_event_target.job","mode":"managed","type":"aws_cloudwatch_event_target","name":"job","values":{"rule":"on-upload","event_bus_name":"mvp","target_id":"job","arn":"arn:aws:batch:eu-west-1:1:job-queue/q","input":null,
                  "input_transformer":[{"input_paths":{"id":"$.id"},"input_template":"\"<id>\""}],"batch_target":[{"job_definition":"agent:3","job_name":"n","array_size":10,"job_attempts":2}]}},
                {"address":"aws_cloudwatch_event_target.unknown[0]","mode":"managed","type":"aws_cloudwatch_event_target","name":"unknown","index":0,"values":{"event_bus_name":"default","input_path":"$.detail","batch_target":[{"job_name":"n"}]}},
                {"address":"aws_cloudwatch_event_target.lost","mode":"managed","type":"aws_cloudwatch_event_target","name":"lost","values":{"rule":"elsewhere","target_id":"l","arn":"arn:x"}}],
              "child_modules":[{"address":"module.a[\"x\"]","resources":[
                {"address":"module.a[\"x\"].aws_cloudwatch_event_rule.inner","mode":"managed","type":"aws_cloudwatch_event_rule","name":"inner","values":{"name":"inner","event_bus_name":"mvp","event_pattern":"{\"source\":[\"s\"]}"}},
                {"address":"module.a[\"x\"].aws_cloudwatch_event_target.inner","mode":"managed","type":"aws_cloudwatch_event_target","name":"inner","values":{"event_bus_name":"mvp","target_id":"i","input":"{}"}}]}]}},
             "configuration":{"root_module":{
               "resources":[{"address":"aws_cloudwatch_event_target.unknown","type":"aws_cloudwatch_event_target","name":"unknown","expressions":{"rule":{"references":["aws_cloudwatch_event_rule.prefixed.name","aws_cloudwatch_event_rule.prefixed"]},"arn":{"references":["aws_batch_job_queue.q.arn","aws_batch_job_queue.q"]},"batch_target":[{"job_definition":{"references":["aws_batch_job_definition.d.arn"]}}]}}],
               "module_calls":{"a":{"module":{"resources":[{"address":"aws_cloudwatch_event_target.inner","type":"aws_cloudwatch_event_target","name":"inner","expressions":{"rule":{"references":["aws_cloudwatch_event_rule.inner.name"]},"arn":{"references":["var.queue_arn"]}}}]}}}}}}
            """);

        IReadOnlyList<RuleSummary> rules = await ReadAsync("plan.json");

        Assert.Equal(["mvp/on-upload job", "default/old ", "default/pre-${aws_cloudwatch_event_rule.prefixed.name} aws_cloudwatch_event_target.unknown[0]", "mvp/inner i"], rules.Select(Show));
        Assert.Equal(["ENABLED", "DISABLED", "ENABLED", "ENABLED"], rules.Select(rule => rule.State));
        Assert.True(DocumentDiff.Same(
            JsonNode.Parse("""{"Id":"job","Arn":"arn:aws:batch:eu-west-1:1:job-queue/q","InputTransformer":{"InputPathsMap":{"id":"$.id"},"InputTemplate":"\"<id>\""},"BatchParameters":{"JobDefinition":"agent:3","JobName":"n","ArrayProperties":{"Size":10},"RetryStrategy":{"Attempts":2}}}"""),
            JsonNode.Parse(rules[0].Targets[0].Document)));
        Assert.Equal(("${aws_batch_job_queue.q.arn}", "${aws_batch_job_definition.d.arn}"), (rules[2].Targets[0].Arn, rules[2].Targets[0].JobDefinition));
        Assert.Equal("${var.queue_arn}", rules[3].Targets[0].Arn);
        Assert.Equal(
            [
                "plan.json: aws_cloudwatch_event_target.lost was skipped because its rule is not in the plan.",
                "plan.json: aws_cloudwatch_event_rule.prefixed depends on values that are known only after the plan is applied: aws_cloudwatch_event_target.unknown[0].Arn (${aws_batch_job_queue.q.arn}), aws_cloudwatch_event_target.unknown[0].BatchParameters.JobDefinition (${aws_batch_job_definition.d.arn}).",
                "plan.json: module.a[\"x\"].aws_cloudwatch_event_rule.inner depends on values that are known only after the plan is applied: module.a[\"x\"].aws_cloudwatch_event_target.inner.Arn (${var.queue_arn}).",
            ],
            _run.Warnings);
    }

    [Theory]
    [InlineData("", "It is empty")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[1]", "a rule has a Name")]
    [InlineData("""{"a":1}""", "a rule has a Name")]
    [InlineData("""{"Name":"a","Name":"b"}""", "same key twice")]
    [InlineData("a: [1", "neither valid JSON nor valid YAML")]
    [InlineData("a: 1\na: 2", "a rule has a Name")]
    [InlineData("a: *b", "is not preceded by its anchor")]
    [InlineData("just words", "a rule has a Name")]
    [InlineData("? [a, b]\n: c", "Line 1, column 3: A key is not a string.")]
    public async Task What_holds_no_rules_is_an_error_that_says_why(string content, string why)
    {
        Write("file", content);

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => ReadAsync("file"));

        Assert.Equal(ErrorIds.InvalidRule, error.ErrorId);
        Assert.StartsWith("file does not contain rules: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_do_not_multiply_without_end()
    {
        Write("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 10))}]\n")));

        Assert.Contains("too many values", (await Assert.ThrowsAsync<OpsException>(() => ReadAsync("bomb.yaml"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_goes_in_circles_comes_to_an_end()
    {
        Write("circle.json", """{"AWSTemplateFormatVersion":"x","Resources":{"A":{"Type":"AWS::Events::EventBus","Properties":{"Name":{"Ref":"B"}}},"B":{"Type":"AWS::Events::EventBus","Properties":{"Name":{"Fn::Sub":"${A}${A}"}}},"R":{"Type":"AWS::Events::Rule","Properties":{"EventBusName":{"Ref":"A"},"EventPattern":{"source":["s"]}}}}}""");

        Assert.Single(await ReadAsync("circle.json"));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error() =>
        Assert.Equal(ErrorIds.FileNotReadable, (await Assert.ThrowsAsync<OpsException>(() => ReadAsync("none.json"))).ErrorId);

    [Fact]
    public void Whatever_the_document_is_there_are_rules_or_an_error_that_is_ours()
    {
        RandomDocument random = new(13);
        JsonObject[] seeds = [Document.Parse(Template), Document.Parse("""{"Rules":[{"Name":"a","EventPattern":"{}","Targets":[{"Id":"1","Arn":"x"}]}]}"""), Document.Parse("""{"planned_values":{"root_module":{"resources":[{"address":"a","type":"aws_cloudwatch_event_rule","values":{"name":"x"}},{"type":"aws_cloudwatch_event_target","values":{"rule":"x"}}],"child_modules":[{"address":"module.a"}]}}}""")];
        for (int round = 0; round < 3_000; round++)
        {
            JsonObject document = seeds[random.Below(seeds.Length)];
            for (int times = random.Below(6); times >= 0; times--)
                document = random.Mutate(document);
            try
            {
                RuleFile.Read(Document.Write(document), "f", _run);
            }
            catch (OpsException e)
            {
                Assert.Equal(ErrorIds.InvalidRule, e.ErrorId);
            }
        }
    }

    private static string Show(RuleSummary rule) => $"{rule.EventBusName}/{rule.RuleName} {string.Join(' ', rule.Targets.Select(target => target.TargetId))}";

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private Task<IReadOnlyList<RuleSummary>> ReadAsync(params string[] names) => RuleFile.ReadAsync(names.Select(name => Path.Combine(_folder, name)), _run, TestContext.Current.CancellationToken);
}
