using System.Text.Json.Nodes;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Targets whose ARN is none, or is that of something that cannot be a target.</summary>
public sealed class TargetArnRouteTests : RouteTest
{
    private const string Resources = """
        "Bus":{"Type":"AWS::Events::EventBus","Properties":{"Name":"orders"}},
        "Cluster":{"Type":"AWS::ECS::Cluster"},
        "Dest":{"Type":"AWS::Events::ApiDestination","Properties":{"HttpMethod":"POST"}},
        "Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/x"}},
        "L":{"Type":"AWS::Lambda::Function","Properties":{}},
        "Named":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"f"}},
        "Pipe":{"Type":"AWS::CodePipeline::Pipeline"},
        "Q":{"Type":"AWS::SQS::Queue"},
        "S":{"Type":"AWS::Serverless::Function"},
        "T":{"Type":"AWS::SNS::Topic"},
        "Bucket":{"Type":"AWS::S3::Bucket"},
        "Table":{"Type":"AWS::DynamoDB::Table"},
        "Alias":{"Type":"AWS::Lambda::Alias","Properties":{"FunctionName":"f","Name":"live"}},
        "Other":{"Type":"Custom::Thing"}
        """;

    [Theory]
    [InlineData("""{"Ref":"Q"}""", "https://sqs.eu-west-1.amazonaws.com/123456789012/${Q} is not an ARN; the ARN is !GetAtt Q.Arn")]
    [InlineData("\"https://sqs.eu-west-1.amazonaws.com/123456789012/q\"", "https://sqs.eu-west-1.amazonaws.com/123456789012/q is not an ARN")]
    [InlineData("""{"Fn::Sub":"https://sqs.${AWS::Region}.amazonaws.com/${Stage}/q"}""", "https://sqs.eu-west-1.amazonaws.com/${Stage}/q is not an ARN")]
    [InlineData("""{"Ref":"L"}""", "${L} is not an ARN; the ARN is !GetAtt L.Arn")]
    [InlineData("""{"Ref":"Named"}""", "f is not an ARN; the ARN is !GetAtt Named.Arn")]
    [InlineData("""{"Ref":"S"}""", "${S} is not an ARN; the ARN is !GetAtt S.Arn")]
    [InlineData("""{"Ref":"Dest"}""", "${Dest} is not an ARN; the ARN is !GetAtt Dest.Arn")]
    [InlineData("""{"Ref":"Group"}""", "/x is not an ARN; the ARN is !GetAtt Group.Arn")]
    [InlineData("""{"Ref":"Cluster"}""", "${Cluster} is not an ARN; the ARN is !GetAtt Cluster.Arn")]
    [InlineData("""{"Ref":"Bus"}""", "orders is not an ARN; the ARN is !GetAtt Bus.Arn")]
    [InlineData("""{"Ref":"Pipe"}""", "${Pipe} is not an ARN; the ARN is !Sub arn:${AWS::Partition}:codepipeline:${AWS::Region}:${AWS::AccountId}:${Pipe}")]
    public async Task A_template_that_names_a_target_by_something_else_than_its_ARN_fails(string arn, string reason)
    {
        Delivery delivery = Assert.Single(await RouteAsync(Template(arn)));

        Assert.Equal((DeliveryState.Failing, $"EventBridge rejects the Arn of the target: {reason}"), (delivery.State, delivery.Reason));
    }

    [Theory]
    [InlineData("""{"Ref":"T"}""")]
    [InlineData("""{"Ref":"Alias"}""")]
    [InlineData("""{"Fn::GetAtt":["Q","Arn"]}""")]
    [InlineData("""{"Fn::GetAtt":["Other","Arn"]}""")]
    public async Task A_template_that_names_the_ARN_is_delivered(string arn) => Assert.Equal(DeliveryState.Delivered, Assert.Single(await RouteAsync(Template(arn))).State);

    [Fact]
    public async Task What_is_not_known_may_be_an_ARN()
    {
        Delivery delivery = Assert.Single(await RouteAsync(Template("""{"Ref":"Stage"}""")));

        Assert.Equal((DeliveryState.Unknown, "the target depends on ${Stage}"), (delivery.State, delivery.Reason));
    }

    [Theory]
    [InlineData("aws_sqs_queue", "id", null, "${aws_sqs_queue.x.id} is not an ARN; the ARN is aws_sqs_queue.x.arn")]
    [InlineData("aws_sqs_queue", "url", "https://sqs.eu-west-1.amazonaws.com/123456789012/q", "https://sqs.eu-west-1.amazonaws.com/123456789012/q is not an ARN; the ARN is aws_sqs_queue.x.arn")]
    [InlineData("aws_lambda_function", "function_name", "f", "f is not an ARN; the ARN is aws_lambda_function.x.arn")]
    [InlineData("aws_cloudwatch_event_bus", "name", "orders", "orders is not an ARN; the ARN is aws_cloudwatch_event_bus.x.arn")]
    [InlineData(null, "", "https://sqs.eu-west-1.amazonaws.com/123456789012/q", "https://sqs.eu-west-1.amazonaws.com/123456789012/q is not an ARN")]
    public async Task So_does_a_plan(string? type, string attribute, string? arn, string reason)
    {
        JsonObject target = new() { ["rule"] = "r", ["target_id"] = "t" };
        if (arn is not null)
            target["arn"] = arn;
        JsonObject resource = new() { [attribute] = arn };
        string plan = $$"""
            {"planned_values":{"root_module":{"resources":[
              {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{"name":"r","event_pattern":"{\"source\":[\"s\"]}"} },
              {"address":"{{type}}.x","type":"{{type}}","name":"x","values":{{resource.ToJsonString()}} },
              {"address":"aws_cloudwatch_event_target.t","type":"aws_cloudwatch_event_target","name":"t","values":{{target.ToJsonString()}} }]} },
             "resource_changes":[
              {"address":"aws_cloudwatch_event_target.t","change":{"actions":["create"],"after_unknown":{{(arn is null ? """{"arn":true}""" : "{}")}} } },
              {"address":"{{type}}.x","change":{"actions":["create"],"after_unknown":{{(arn is null ? $$"""{"{{attribute}}":true}""" : "{}")}} } }],
             "configuration":{"root_module":{"resources":[{"type":"aws_cloudwatch_event_target","name":"t","expressions":{"arn":{{(type is null ? $$"""{"constant_value":"{{arn}}"}""" : $$"""{"references":["{{type}}.x.{{attribute}}","{{type}}.x"]}""")}} } }]} } }
            """;

        Delivery delivery = Assert.Single(await RouteAsync(plan));

        Assert.Equal((DeliveryState.Failing, $"EventBridge rejects the Arn of the target: {reason}"), (delivery.State, delivery.Reason));
    }

    [Theory]
    [InlineData("\"Arn\":\"q\"", "EventBridge rejects the Arn of the target: q is not an ARN")]
    [InlineData("\"RoleArn\":\"arn:aws:iam::123456789012:role/r\"", "the target has no Arn")]
    public async Task So_do_rules_of_the_service(string target, string reason)
    {
        Delivery given = Assert.Single(await RouteAsync($$"""{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"t",{{target}} }]}"""));
        Account.Rule("default", "r", $$"""{"Id":"t",{{target}} }""");
        Account.Bus("default")["r"].Document["EventPattern"] = """{"source":["s"]}""";
        Delivery own = Assert.Single(await RouteAsync(OfAccount()));

        Assert.All([given, own], delivery => Assert.Equal((DeliveryState.Failing, reason), (delivery.State, delivery.Reason)));
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:dynamodb:eu-west-1:123456789012:table/t")]
    [InlineData("arn:aws:rds:eu-west-1:123456789012:db:x")]
    [InlineData("arn:aws:ec2:eu-west-1:123456789012:instance/i-1")]
    [InlineData("arn:aws:events:eu-west-1:123456789012:rule/r")]
    [InlineData("arn:aws:states:eu-west-1:123456789012:activity:a")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:layer:l:1")]
    [InlineData("arn:aws:iam::123456789012:role/r")]
    public async Task What_is_in_no_list_of_targets_is_doubtful(string arn)
    {
        string reason = $"{arn} is not of a type in the list of targets of the EventBridge User Guide, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html";
        Account.Rule("default", "r", $$"""{"Id":"t","Arn":"{{arn}}"}""");
        Account.Bus("default")["r"].Document["EventPattern"] = """{"source":["s"]}""";

        Delivery given = Assert.Single(await RouteAsync(Template($"\"{arn}\"")));
        Delivery planned = Assert.Single(await RouteAsync($$"""
            {"values":{"root_module":{"resources":[
              {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{"name":"r","event_pattern":"{\"source\":[\"s\"]}"} },
              {"address":"aws_cloudwatch_event_target.t","type":"aws_cloudwatch_event_target","name":"t","values":{"rule":"r","target_id":"t","arn":"{{arn}}"} }]} } }
            """));
        Delivery own = Assert.Single(await RouteAsync(OfAccount()));

        Assert.All([given, planned, own], delivery => Assert.Equal((DeliveryState.Unknown, reason), (delivery.State, delivery.Reason)));
        Assert.All(Run.Warnings, warning => Assert.Equal($"Rule default/r, target t: {reason}.", warning));
        Assert.Equal(3, Run.Warnings.Count);
    }

    [Theory]
    [InlineData("""{"Fn::GetAtt":["Bucket","Arn"]}""", "arn:aws:s3:::${Bucket} is not of a type")]
    [InlineData("""{"Fn::GetAtt":["Table","Arn"]}""", "arn:aws:dynamodb:eu-west-1:123456789012:table/${Table} is not of a type")]
    public async Task So_are_such_resources_of_a_template(string arn, string reason)
    {
        Delivery delivery = Assert.Single(await RouteAsync(Template(arn)));

        Assert.Equal(DeliveryState.Unknown, delivery.State);
        Assert.StartsWith(reason, delivery.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:events:eu-west-1:123456789012:target/create-snapshot")]
    [InlineData("arn:aws:glue:eu-west-1:123456789012:workflow/w")]
    [InlineData("arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/p")]
    [InlineData("arn:aws:inspector:eu-west-1:123456789012:target/0-a/template/0-b")]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:automation-definition/AWS-StopEC2Instance:$DEFAULT")]
    [InlineData("arn:aws:ssm:eu-west-1:123456789012:opsitem")]
    [InlineData("arn:aws:ssm-incidents::123456789012:response-plan/p")]
    [InlineData("arn:aws:execute-api:eu-west-1:123456789012:abc/prod/POST/x")]
    public async Task What_is_in_the_list_is_not(string arn)
    {
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await RouteAsync(Template($"\"{arn}\""))).State);
        Assert.Empty(Run.Warnings);
    }

    private static string Template(string arn) => $$"""
        {"Parameters":{"Stage":{"Type":"String"} },"Resources":{{{Resources}},
          "R":{"Type":"AWS::Events::Rule","Properties":{"Name":"r","EventPattern":{"source":["s"]},
            "Targets":[{"Id":"t","RoleArn":"arn:aws:iam::123456789012:role/r","Arn":{{arn}} }]} } } }
        """;

    private Task<List<Delivery>> RouteAsync(string rules) => RouteAsync(OfFile(rules, "default"));

    private Task<List<Delivery>> RouteAsync(EventRouter router) =>
        DeliveriesAsync(router, """{"id":"7","source":"s","account":"123456789012","region":"eu-west-1","detail":{}}""");
}
