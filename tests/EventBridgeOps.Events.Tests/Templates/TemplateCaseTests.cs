using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Events.Tests.Templates;

/// <summary>Templates as they are found.</summary>
public sealed class TemplateCaseTests
{
    private readonly RecordingObserver _run = new();

    [Fact]
    public void Flow_style_with_trailing_commas_is_read_as_CloudFormation_reads_it()
    {
        RuleSummary rule = Assert.Single(Case("a3-flowyaml.template"));

        Assert.Equal(("""{"source":["acme.orders"]}""", "arn:${Partition}:sqs:${Region}:${AccountId}:${Q}"), (rule.EventPattern, rule.Targets[0].Arn));
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void The_events_of_a_SAM_function_are_rules()
    {
        IReadOnlyList<RuleSummary> rules = Case("a4-sam.yaml");

        Assert.Equal(
            ["""orders/FnOrder {"source":["acme.orders"],"detail-type":["Order Placed"]} FnOrderLambdaTarget""", """default/FnOld {"source":["aws.ec2"]} FnOldLambdaTarget"""],
            rules.Select(rule => $"{rule} {rule.EventPattern} {rule.Targets[0].TargetId}"));
        Assert.Contains("\"InputPath\":\"$.detail\"", rules[0].Targets[0].Document, StringComparison.Ordinal);
        Assert.Equal("arn:${Partition}:lambda:${Region}:${AccountId}:function:${Fn}", rules[0].Targets[0].Arn);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void Of_a_duplicate_key_the_last_value_counts()
    {
        Assert.Single(Case("a7-duplicate-key.yaml"));
        Assert.Contains("the key 'Q' occurs twice", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_names_the_bus_and_the_state()
    {
        RuleSummary rule = Assert.Single(Case("c9-logs.yaml"));

        Assert.Equal(("orders", "DISABLED"), (rule.EventBusName, rule.State));
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void What_may_make_rules_and_is_not_read_is_said_and_is_no_success()
    {
        OpsException error = Assert.Throws<OpsException>(() => Case("cfn-nested-include-module.yaml"));

        Assert.Equal(ErrorIds.InvalidRule, error.ErrorId);
        Assert.Equal(["Child (AWS::CloudFormation::Stack)", "Mod (Acme::Events::Rules::MODULE)", "Inc (AWS::Include)"], _run.Warnings.Select(warning => warning.Split(": ")[1].Split(" was not read")[0]));
    }

    [Fact]
    public void Values_in_a_pattern_are_those_of_the_event_and_what_is_open_may_match()
    {
        RuleSet set = new("default", Case("cfn-values-in-pattern.yaml"), _run);
        EventDocument happened = EventDocument.Parse(
            """{"source":"acme","account":"123456789012","region":"eu-west-1","resources":["arn:aws:s3:::acme-123456789012"],"detail":{"fn":"arn:aws:lambda:eu-west-1:123456789012:function:acme-f"}}""", "e");

        Assert.Equal(["W True", "X True", "Y False"], set.Match(happened).Select(rule => $"{rule.RuleName} {rule.UnknownValues.All(value => value.Path == UnknownValue.Name)}"));
        string warning = Assert.Single(_run.Warnings);
        Assert.Contains("default/Y", warning, StringComparison.Ordinal);
        Assert.Contains("${Num}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Fractions_and_exponents_are_numbers()
    {
        IReadOnlyList<RuleSummary> rules = Case("yaml-fraction.yaml");

        Assert.Contains("""[{"numeric":[">=",0.75]}]""", rules[0].EventPattern, StringComparison.Ordinal);
        Assert.Contains("""[{"numeric":[">",0.0,"<=",1e2]}]""", rules[1].EventPattern, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.75", "0.75")]
    [InlineData("-1", "-1")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.5E-3", "1.5E-3")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("2026-01-01T00:00:00Z", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("012345678901", "\"012345678901\"")]
    [InlineData("123456789012", "123456789012")]
    [InlineData("'5'", "\"5\"")]
    [InlineData("10.0.0.1", "\"10.0.0.1\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("true", "true")]
    [InlineData("~", "null")]
    [InlineData("+1", "\"+1\"")]
    [InlineData(".5", "\".5\"")]
    public void A_plain_value_is_what_CloudFormation_takes_it_for(string value, string json) =>
        Assert.Equal("{\"detail\":{\"v\":[" + json + "]}}", Assert.Single(Read($"Resources: {{R: {{Type: AWS::Events::Rule, Properties: {{EventPattern: {{detail: {{v: [{value}]}}}}, Targets: []}}}}}}")).EventPattern);

    [Fact]
    public void Aliases_and_merge_keys_are_read_with_a_warning()
    {
        const string template = """
            Resources:
              A: &rule
                Type: AWS::Events::Rule
                Properties: &properties
                  EventPattern: {source: [acme.a]}
                  State: DISABLED
                  Targets: []
              B:
                <<: *rule
                Properties:
                  <<: [*properties, {Description: merged, State: no}]
                  EventPattern: {source: [acme.b]}
            """;

        IReadOnlyList<RuleSummary> rules = Read(template);

        Assert.Equal(["""A {"source":["acme.a"]} DISABLED """, """B {"source":["acme.b"]} DISABLED merged"""], rules.Select(rule => $"{rule.RuleName} {rule.EventPattern} {rule.State} {rule.Description}"));
        Assert.Contains("CloudFormation may reject", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_imported_buses_stay_two()
    {
        IReadOnlyList<RuleSummary> rules = Read("""
            Resources:
              A: {Type: AWS::Events::Rule, Properties: {EventBusName: !ImportValue a-bus, EventPattern: {source: [x]}, Targets: []}}
              B: {Type: AWS::Events::Rule, Properties: {EventBusName: !ImportValue b-bus, EventPattern: {source: [x]}, Targets: []}}
            """);

        Assert.Equal(["${ImportValue a-bus}", "${ImportValue b-bus}"], rules.Select(rule => rule.EventBusName));
        Assert.Equal(2, _run.Warnings.Count);
    }

    [Fact]
    public void A_SAM_event_takes_what_the_event_the_resource_and_the_globals_say()
    {
        IReadOnlyList<RuleSummary> rules = Read("""
            Transform: AWS::Serverless-2016-10-31
            Globals: {Function: {AutoPublishAlias: live}}
            Parameters: {Stage: {Type: String, Default: dev}}
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Fn:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: acme-fn
                  Events:
                    Rule: {Type: EventBridgeRule, Properties: {RuleName: !Sub 'orders-${Stage}', State: DISABLED, Pattern: {source: [acme]}, Target: {Id: mine}, DeadLetterConfig: {Type: SQS}, RetryPolicy: {MaximumRetryAttempts: 3}}}
                    Off: {Type: CloudWatchEvent, Properties: {Enabled: false, Pattern: {source: [acme]}, Input: '{"a":1}'}}
                    Nightly: {Type: Schedule, Properties: {Name: nightly, Schedule: rate(1 day), Input: '{}'}}
                    Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
                    Queue: {Type: SQS, Properties: {Queue: x}}
              Ignoring:
                Type: AWS::Serverless::Function
                IgnoreGlobals: [AutoPublishAlias]
                Properties: {FunctionName: plain, Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {source: [acme]}}}}}
              Absent:
                Type: AWS::Serverless::Function
                Condition: Never
                Properties: {Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {source: [acme]}}}}}
              Machine:
                Type: AWS::Serverless::StateMachine
                Properties: {Name: steps, Events: {Go: {Type: EventBridgeRule, Properties: {EventBusName: orders, Pattern: {source: [acme]}, InputTransformer: {InputTemplate: '"x"'}}}}}
            """);

        const string function = "arn:${Partition}:lambda:${Region}:${AccountId}:function:";
        Assert.Equal(
        [
            $"default/orders-dev DISABLED mine {function}acme-fn:live",
            $"default/FnOff DISABLED FnOffLambdaTarget {function}acme-fn:live",
            $"default/nightly ENABLED FnNightlyLambdaTarget {function}acme-fn:live",
            $"default/IgnoringE ENABLED IgnoringELambdaTarget {function}plain",
            "orders/MachineGo ENABLED MachineGoStepFunctionsTarget arn:${Partition}:states:${Region}:${AccountId}:stateMachine:steps",
        ],
            rules.Select(rule => $"{rule} {rule.State} {rule.Targets[0].TargetId} {rule.Targets[0].Arn}"));
        Assert.Contains("FnLater", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]}""", "'terraform show -json'")]
    [InlineData("resource \"aws_cloudwatch_event_rule\" \"x\" {\n  name = \"x\"\n}\n", "'terraform plan -out plan'")]
    [InlineData("# comment\nterraform {\n}\n", "'terraform plan -out plan'")]
    [InlineData("""{"resource":{"aws_cloudwatch_event_rule":{"x":{"name":"x"}}}}""", "'terraform plan -out plan'")]
    [InlineData("{\"@level\":\"info\",\"@message\":\"Terraform 1.9\",\"type\":\"version\"}\n{\"@level\":\"info\",\"@message\":\"x\"}\n", "log of 'terraform plan -json'")]
    [InlineData("PK\u0003\u0004...", "binary")]
    [InlineData("""{"version":3,"deployment":{"resources":[]}}""", "Pulumi")]
    [InlineData("name: acme\nruntime: yaml\nresources: {}\n", "Pulumi")]
    [InlineData("service: acme\nprovider: {name: aws}\nfunctions: {}\n", "'serverless package'")]
    [InlineData("""{"version":"36.0.0","artifacts":{}}""", "'cdk synth'")]
    [InlineData("""{"app":"npx ts-node bin/app.ts"}""", "'cdk synth'")]
    [InlineData("""{"StackResources":[]}""", "get-template")]
    [InlineData("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""", "AWS::Events::Rule")]
    [InlineData("""{"planned_values":{"root_module":{}}}""", "aws_cloudwatch_event_rule")]
    [InlineData("""{"Rules":[]}""", "empty list")]
    [InlineData("[]", "empty list")]
    public void A_form_that_is_not_taken_or_has_no_rules_is_refused_with_the_way_out(string content, string way)
    {
        OpsException error = Assert.Throws<OpsException>(() => Read(content));

        Assert.Equal(ErrorIds.InvalidRule, error.ErrorId);
        Assert.Contains(way, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"TemplateBody":{"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["x"]},"Targets":[]}}}},"StagesAvailable":["Original","Processed"]}""")]
    [InlineData("""{"TemplateBody":"Resources:\n  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: []}}\n","StagesAvailable":["Original"]}""")]
    public void The_template_in_what_GetTemplate_returns_is_read(string content) => Assert.Equal("R", Assert.Single(Read(content)).RuleName);

    [Fact]
    public async Task A_file_without_rules_among_others_is_an_error_and_the_others_are_read()
    {
        string folder = Directory.CreateTempSubdirectory("ebops-templates-").FullName;
        string[] paths = [Path.Combine(folder, "vpc.yaml"), Path.Combine(folder, "root.yaml"), Path.Combine(folder, "rules.yaml")];
        await File.WriteAllTextAsync(paths[0], "Resources: {V: {Type: AWS::EC2::VPC}}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(paths[1], "Resources: {Child: {Type: AWS::CloudFormation::Stack}}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(paths[2], "Resources: {R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: []}}}", TestContext.Current.CancellationToken);

        Assert.Single(await RuleFile.ReadAsync(paths, _run, TestContext.Current.CancellationToken));
        Assert.Contains("vpc.yaml", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
        Assert.Contains("Child", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_template_whose_conditions_leave_no_rule_has_none()
    {
        Assert.Empty(Read("Conditions: {Never: !Equals [a, b]}\nResources: {R: {Type: AWS::Events::Rule, Condition: Never, Properties: {EventPattern: {source: [x]}, Targets: []}}}"));
        Assert.Single(_run.Warnings);
    }

    [Fact]
    public void A_macro_may_change_rules_and_is_said()
    {
        Assert.Single(Read("Transform: [AWS::Serverless-2016-10-31, Acme::Macro]\nResources: {R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: []}}}"));
        Assert.Contains("Acme::Macro", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_include_adds_to_a_rule_is_not_known()
    {
        RuleSummary rule = Assert.Single(Read("Resources: {R: {Type: AWS::Events::Rule, Properties: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://a/b}}, Targets: []}}}"));

        Assert.Single(new RuleSet("default", [rule], _run).Match(EventDocument.Parse("""{"source":"anything"}""", "e")));
        Assert.Contains("Transform", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    private IReadOnlyList<RuleSummary> Case(string name) => TemplateFile.ReadFile(TemplateFile.Case(name), _run);

    private IReadOnlyList<RuleSummary> Read(string content) => TemplateFile.Read(content, _run);
}
