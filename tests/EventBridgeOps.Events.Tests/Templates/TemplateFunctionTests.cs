using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Events.Tests.Templates;

/// <summary>What the functions of a template stand for, seen in the description of a rule.</summary>
public sealed class TemplateFunctionTests
{
    private const string Before = """
        Mappings:
          Cfg:
            dev: {bus: orders, list: [a, b]}
            prod: {bus: live}
        Parameters:
          Stage: {Type: String, Default: dev}
          Open: {Type: String}
          Other: {Type: String}
          Number: {Type: Number, Default: 5}
          Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
          Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /acme/image}
          Region: {Type: String}
          Secret: {Type: String, Default: hunter2, NoEcho: true}
        Conditions:
          IsDev: !Equals [!Ref Stage, dev]
          IsProd: !Not [!Condition IsDev]
          IsOpen: !Equals [!Ref Open, x]
          Both: !And [!Condition IsDev, !Condition IsOpen]
          Neither: !And [!Condition IsProd, !Condition IsOpen]
          Either: !Or [!Condition IsDev, !Condition IsOpen]
          Itself: !Equals [!Ref Open, !Ref Open]
          HasSecret: !Not [!Equals [!Ref Secret, '']]
          Circle: !Not [!Condition Circle]
        Resources:
          Named: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'q-${Stage}'}}
          Q: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
          F: {Type: AWS::Lambda::Function, Properties: {FunctionName: acme-f}}
          T: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
          S: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: s}}
          Role: {Type: AWS::IAM::Role, Properties: {RoleName: r, Path: /x/}}
          B: {Type: AWS::S3::Bucket, Properties: {BucketName: b}}
          Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
          Nested: {Type: AWS::CloudFormation::Stack}
          Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, Name: live}}
          Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: t}}
          Api: {Type: AWS::Events::ApiDestination, Properties: {Name: api}}
          R:
            Type: AWS::Events::Rule
            Properties:
              EventPattern: {source: [x]}
              Targets: []
              Description:
        """;

    private readonly RecordingObserver _run = new();

    [Theory]
    [InlineData("!Ref Stage", "dev")]
    [InlineData("!Ref Open", "${Open}")]
    [InlineData("!Ref Undeclared", "${Undeclared}")]
    [InlineData("!Ref Number", "5")]
    [InlineData("!Ref Image", "${Image}")]
    [InlineData("!Ref Secret", "${Secret}")]
    [InlineData("!Ref Region", "${Parameters.Region}")]
    [InlineData("!Ref AWS::Region", "${Region}")]
    [InlineData("{'Fn::Join': ['-', !Ref Names]}", "a-b-c")]
    [InlineData("!Join ['-', [x, !Ref Stage, !Ref AWS::NoValue, !Ref Open]]", "x-dev-${Open}")]
    [InlineData("!Join ['-', !Ref Open]", "${Join ${Open}}")]
    [InlineData("!Sub 'a-${Stage}-${!Stage}-${Open}'", "a-dev-${Stage}-${Open}")]
    [InlineData("!Sub ['${Stage}${Own}', {Own: !Ref Number}]", "dev5")]
    [InlineData("!Sub '${Named.Arn}'", "arn:${Partition}:sqs:${Region}:${AccountId}:q-dev")]
    [InlineData("!FindInMap [Cfg, !Ref Stage, bus]", "orders")]
    [InlineData("!FindInMap [Cfg, !Ref Open, bus]", "${FindInMap Cfg ${Open} bus}")]
    [InlineData("!FindInMap [Cfg, test, bus, {DefaultValue: none}]", "none")]
    [InlineData("!Select [1, !FindInMap [Cfg, dev, list]]", "b")]
    [InlineData("!Select ['1', !Split [',', 'a,b']]", "b")]
    [InlineData("!Select [5, !Split [':', !GetAtt Named.Arn]]", "q-dev")]
    [InlineData("!Select [3, !Split [':', !GetAtt Q.Arn]]", "${Region}")]
    [InlineData("!Select [1, !Split ['-', !Ref AWS::Region]]", "${Select 1 ${Split - ${Region}}}")]
    [InlineData("!Select [9, [a]]", "${Select 9 a}")]
    [InlineData("!If [IsDev, yes, no]", "yes")]
    [InlineData("!If [IsProd, yes, no]", "no")]
    [InlineData("!If [IsOpen, yes, no]", "${If IsOpen Open}")]
    [InlineData("!If [IsOpen, same, same]", "same")]
    [InlineData("!If [Both, yes, no]", "${If Both Open}")]
    [InlineData("!If [Neither, yes, no]", "no")]
    [InlineData("!If [Either, yes, no]", "yes")]
    [InlineData("!If [Itself, yes, no]", "yes")]
    [InlineData("!If [HasSecret, yes, no]", "yes")]
    [InlineData("!If [Circle, yes, no]", "${If Circle}")]
    [InlineData("!ImportValue orders-bus", "${ImportValue orders-bus}")]
    [InlineData("!ImportValue {'Fn::Sub': '${Open}-bus'}", "${ImportValue ${Open}-bus}")]
    [InlineData("!GetAtt Q.Arn", "arn:${Partition}:sqs:${Region}:${AccountId}:${Q}.fifo")]
    [InlineData("!GetAtt [F, Arn]", "arn:${Partition}:lambda:${Region}:${AccountId}:function:acme-f")]
    [InlineData("!Ref F", "acme-f")]
    [InlineData("!Ref T", "arn:${Partition}:sns:${Region}:${AccountId}:t")]
    [InlineData("!Ref S", "arn:${Partition}:states:${Region}:${AccountId}:stateMachine:s")]
    [InlineData("!GetAtt Role.Arn", "arn:${Partition}:iam::${AccountId}:role/x/r")]
    [InlineData("!GetAtt B.Arn", "arn:${Partition}:s3:::b")]
    [InlineData("!Ref Named", "https://sqs.${Region}.${URLSuffix}/${AccountId}/q-dev")]
    [InlineData("!Ref Bus", "orders")]
    [InlineData("!Ref Live", "arn:${Partition}:lambda:${Region}:${AccountId}:function:acme-f:live")]
    [InlineData("!Ref Task", "arn:${Partition}:ecs:${Region}:${AccountId}:task-definition/t:${Task.Revision}")]
    [InlineData("!GetAtt Api.Arn", "arn:${Partition}:events:${Region}:${AccountId}:api-destination/api/${Api}")]
    [InlineData("!GetAtt R.Arn", "arn:${Partition}:events:${Region}:${AccountId}:rule/R")]
    [InlineData("!GetAtt Nested.Outputs.Bus", "${Nested.Outputs.Bus}")]
    [InlineData("!Base64 ab", "YWI=")]
    [InlineData("!Cidr [10.0.0.0/16, 6, 8]", "${Cidr 10.0.0.0/16 6 8}")]
    [InlineData("{'Fn::ToJsonString': {a: [!Ref Stage, 1]}}", """{"a":["dev",1]}""")]
    [InlineData("!Join ['', ['', {'Fn::Length': !Ref Names}]]", "3")]
    [InlineData("'{{resolve:ssm:/acme/x:1}}'", "${resolve:ssm:/acme/x:1}")]
    [InlineData("{'Fn::Transform': {Name: Macro, Parameters: {A: b}}}", "${Transform Macro}")]
    public void A_function_is_what_CloudFormation_makes_of_it_or_a_symbol(string expression, string expected) =>
        Assert.Equal(expected, Read($"{Before} {expression}\n").Description);

    [Theory]
    [InlineData("!Ref Open", "Open=given", "given")]
    [InlineData("!Ref Stage", "Stage=prod", "prod")]
    [InlineData("!FindInMap [Cfg, !Ref Stage, bus]", "Stage=prod", "live")]
    [InlineData("!If [IsOpen, yes, no]", "Open=x", "yes")]
    [InlineData("!Ref Image", "Image=app:1", "app:1")]
    [InlineData("!Ref Secret", "Secret=s3cret", "${Secret}")]
    [InlineData("!Ref AWS::Region", "AWS::Region=cn-north-1", "cn-north-1")]
    [InlineData("!Sub '${AWS::Partition} ${AWS::URLSuffix}'", "AWS::Region=cn-north-1", "aws-cn amazonaws.com.cn")]
    [InlineData("!Ref AWS::StackName", "AWS::StackName=acme", "acme")]
    [InlineData("!Select [1, !Split ['-', !Ref AWS::Region]]", "AWS::Region=eu-west-1", "west")]
    [InlineData("!ImportValue orders-bus", "ImportValue orders-bus=orders", "orders")]
    [InlineData("!GetAtt Nested.Outputs.Bus", "Nested.Outputs.Bus=orders", "orders")]
    [InlineData("!Join ['-', !Ref Names]", "Names=x,y", "x-y")]
    public void What_is_specified_takes_the_place_of_what_is_not(string expression, string parameter, string expected)
    {
        string[] pair = parameter.Split('=', 2);

        Assert.Equal(expected, Read($"{Before} {expression}\n", (pair[0], pair[1])).Description);
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        const string template = """
            Parameters: {Token: {Type: String, NoEcho: true, Default: hunter2}}
            Resources:
              R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x], detail: {t: [!Ref Token]}}, Targets: [{Id: q, Arn: x, Input: !Sub '"${Token}"'}]}}
            """;

        RuleSummary rule = Read(template, ("Token", "s3cret"));

        string everything = rule.Document + rule.EventPattern + rule.Targets[0].Document + string.Concat(_run.Warnings);
        Assert.DoesNotContain("hunter2", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", everything, StringComparison.Ordinal);
        Assert.Contains("NoEcho", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_template_does_not_allow_is_an_error()
    {
        const string template = """
            Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
            Resources: {R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [!Ref Stage]}, Targets: []}}}
            """;

        OpsException error = Assert.Throws<OpsException>(() => Read(template, ("Stage", "test")));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("dev, prod", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_no_file_has_is_said()
    {
        Read($"{Before} x\n", ("Stag", "prod"));

        Assert.Contains(_run.Warnings, warning => warning.Contains("Stag", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_there_is_left_out()
    {
        const string template = """
            Parameters: {Stage: {Type: String, Default: dev}, Open: {Type: String}}
            Conditions:
              IsProd: !Equals [!Ref Stage, prod]
              IsOpen: !Equals [!Ref Open, x]
            Resources:
              Absent: {Type: AWS::Events::Rule, Condition: IsProd, Properties: {EventPattern: {source: [x]}, Targets: []}}
              Perhaps: {Type: AWS::Events::Rule, Condition: IsOpen, Properties: {EventPattern: {source: [x]}, Targets: []}}
              R:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern:
                    source: [x, !If [IsProd, y, !Ref AWS::NoValue]]
                    detail: !If [IsProd, {a: [1]}, !Ref 'AWS::NoValue']
                  State: !If [IsProd, ENABLED, DISABLED]
                  Targets:
                    - {Id: always, Arn: a}
                    - !If [IsProd, {Id: absent, Arn: b}, !Ref 'AWS::NoValue']
                    - !If [IsOpen, {Id: open, Arn: c}, {Id: closed, Arn: d}]
            """;

        IReadOnlyList<RuleSummary> rules = ReadAll(template);

        Assert.Equal(["Perhaps", "R"], rules.Select(rule => rule.RuleName));
        Assert.Equal(new UnknownValue(UnknownValue.Condition, "Open"), Assert.Single(rules[0].UnknownValues, value => !value.IsOfPlace && value.Path != UnknownValue.Name));
        Assert.Equal(("""{"source":["x"]}""", "DISABLED"), (rules[1].EventPattern, rules[1].State));
        Assert.Equal(["always ", "open Open", "closed Open"], rules[1].Targets.Select(target => $"{target.TargetId} {string.Join(',', target.UnknownValues.Select(value => value.Symbol))}"));
    }

    [Fact]
    public void A_loop_is_expanded_where_its_collection_is_known_and_said_where_not()
    {
        const string template = """
            Transform: AWS::LanguageExtensions
            Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b'}, Open: {Type: CommaDelimitedList}}
            Resources:
              'Fn::ForEach::Rules':
                - Name
                - !Ref Names
                - 'Rule${Name}':
                    Type: AWS::Events::Rule
                    Properties: {EventPattern: {source: [!Sub 'acme.${Name}', !Ref Name]}, Targets: [{Id: '${Name}', Arn: !GetAtt 'Queue${Name}.Arn'}]}
              'Fn::ForEach::Outer':
                - X
                - [x/1]
                - 'Fn::ForEach::Inner':
                    - Y
                    - [y]
                    - 'Rule&{X}${Y}': {Type: AWS::Events::Rule, Properties: {EventPattern: {source: ['${X}${Y}']}, Targets: []}}
              'Fn::ForEach::Open':
                - Name
                - !Ref Open
                - 'Rule${Name}': {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: []}}
            """;

        IReadOnlyList<RuleSummary> rules = ReadAll(template);

        Assert.Equal(["""Rulea {"source":["acme.a","a"]}""", """Ruleb {"source":["acme.b","b"]}""", """Rulex1y {"source":["x/1y"]}"""], rules.Select(rule => $"{rule.RuleName} {rule.EventPattern}"));
        Assert.Equal("a", rules[0].Targets[0].TargetId);
        Assert.Contains(_run.Warnings, warning => warning.Contains("Fn::ForEach::Open", StringComparison.Ordinal) && warning.Contains("Open", StringComparison.Ordinal));
        Assert.Equal(["Rulea", "Ruleb", "Rulec", "Ruled", "Rulex1y"], ReadAll(template, ("Open", "c,d")).Select(rule => rule.RuleName).OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Texts_that_double_without_end_come_to_an_end()
    {
        string buses = string.Concat(Enumerable.Range(1, 60).Select(i => $"  B{i}: {{Type: AWS::Events::EventBus, Properties: {{Name: !Sub '${{B{i - 1}}}${{B{i - 1}}}'}}}}\n"));
        string template = $"Resources:\n  B0: {{Type: AWS::Events::EventBus, Properties: {{Name: x}}}}\n{buses}  R: {{Type: AWS::Events::Rule, Properties: {{EventBusName: !Ref B60, EventPattern: {{source: [x]}}, Targets: []}}}}\n";

        Assert.InRange(Read(template).EventBusName.Length, 1, 2_000_000);
    }

    private RuleSummary Read(string template, params (string Name, string Value)[] parameters) => Assert.Single(ReadAll(template, parameters));

    private IReadOnlyList<RuleSummary> ReadAll(string template, params (string Name, string Value)[] parameters) => TemplateFile.Read(template, _run, parameters);
}
