using System.Text.Json.Nodes;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Inputs with what is known only when the rule is deployed or the event is received.</summary>
public sealed class RuleNameInputRouteTests : RouteTest
{
    private const string IngestionTime = "the ingestion time in the input is the time of the event, because when EventBridge received it is not known";

    [Theory]
    [InlineData("<aws.events.rule-name>", "", "${R}")]
    [InlineData("<aws.events.rule-arn>", "", "${R}")]
    [InlineData("<aws.events.rule-name>", "\"Name\":{\"Fn::Sub\":\"${AWS::StackName}-r\"},", "${StackName}")]
    [InlineData("<aws.events.rule-arn>", "\"Name\":\"r\",\"EventBusName\":{\"Fn::Sub\":\"${AWS::StackName}-bus\"},", "${StackName}")]
    public async Task A_name_that_CloudFormation_makes_is_not_known(string variable, string properties, string symbol)
    {
        Delivery delivery = Assert.Single(await RouteAsync(Template(variable, properties)));

        Assert.Equal((DeliveryState.Unknown, $"the input depends on {symbol}", null), (delivery.State, delivery.Reason, delivery.Input));
        Assert.DoesNotContain(Run.Warnings, warning => warning.Contains("${R}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<aws.events.rule-name>", "\"Name\":\"r\",", "r")]
    [InlineData("<aws.events.rule-arn>", "\"Name\":\"r\",", "arn:aws:events:eu-west-1:123456789012:rule/r")]
    [InlineData("<aws.events.rule-name>", "\"Name\":{\"Fn::Sub\":\"r-${AWS::Region}\"},", "r-eu-west-1")]
    [InlineData("<aws.events.rule-name>", "\"Name\":\"r\",\"EventBusName\":{\"Fn::Sub\":\"${AWS::StackName}-bus\"},", "r")]
    [InlineData("constant", "", "constant")]
    public async Task What_is_known_is_in_the_input(string variable, string properties, string input)
    {
        Delivery delivery = Assert.Single(await RouteAsync(Template(variable, properties)));

        Assert.Equal((DeliveryState.Delivered, null, $"\"{input}\""), (delivery.State, delivery.Reason, delivery.Input));
    }

    [Fact]
    public async Task Nor_is_a_name_that_SAM_leaves_to_CloudFormation()
    {
        string Function(string name) => $$"""
            {"Transform":"AWS::Serverless-2016-10-31","Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Events":{
              "E":{"Type":"EventBridgeRule","Properties":{{{name}}"Pattern":{"source":["s"]},"InputTransformer":{"InputTemplate":"\"<aws.events.rule-name>\""} } } } } } } }
            """;

        Delivery made = Assert.Single(await RouteAsync(Function("")));
        Delivery named = Assert.Single(await RouteAsync(Function("\"RuleName\":\"r\",")));

        Assert.Equal((DeliveryState.Unknown, "the input depends on ${FE}", null), (made.State, made.Reason, made.Input));
        Assert.Equal((DeliveryState.Delivered, "\"r\""), (named.State, named.Input));
    }

    [Fact]
    public async Task Nor_is_a_name_that_Terraform_makes()
    {
        Delivery delivery = Assert.Single(await RouteAsync("""
            {"planned_values":{"root_module":{"resources":[
              {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{"name_prefix":"n-","event_pattern":"{\"source\":[\"s\"]}"}},
              {"address":"aws_cloudwatch_event_target.q","type":"aws_cloudwatch_event_target","name":"q","values":{"target_id":"q","arn":"arn:aws:sqs:eu-west-1:123456789012:q","input_transformer":[{"input_template":"\"<aws.events.rule-name>\""}]}}]}},
             "resource_changes":[{"address":"aws_cloudwatch_event_target.q","change":{"actions":["create"],"after_unknown":{"rule":true}}},{"address":"aws_cloudwatch_event_rule.r","change":{"actions":["create"],"after_unknown":{"name":true}}}],
             "configuration":{"root_module":{"resources":[{"type":"aws_cloudwatch_event_target","name":"q","expressions":{"rule":{"references":["aws_cloudwatch_event_rule.r.name","aws_cloudwatch_event_rule.r"]}}}]}}}
            """));

        Assert.Equal((DeliveryState.Unknown, "the input depends on ${aws_cloudwatch_event_rule.r.name}", null), (delivery.State, delivery.Reason, delivery.Input));
    }

    [Fact]
    public async Task When_an_event_is_received_is_not_known_either()
    {
        Delivery given = Assert.Single(await RouteAsync(Template("<aws.events.event.ingestion-time>", "\"Name\":\"r\",")));
        Account.Rule("default", "r", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","InputTransformer":{"InputTemplate":"\"<aws.events.event.ingestion-time>\""}}""");
        Account.Bus("default")["r"].Document["EventPattern"] = """{"source":["s"]}""";
        Delivery own = Assert.Single(await RouteAsync(OfAccount()));

        Assert.All([given, own], delivery => Assert.Equal((DeliveryState.Delivered, IngestionTime, "\"2030-01-01T00:00:00Z\""), (delivery.State, delivery.Reason, delivery.Input)));
    }

    private static string Template(string variable, string properties) => $$"""
        {"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{{{properties}}"EventPattern":{"source":["s"]},
          "Targets":[{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","InputTransformer":{"InputTemplate":{{JsonValue.Create($"\"{variable}\"").ToJsonString()}} } }]} } } }
        """;

    private Task<List<Delivery>> RouteAsync(string rules) => RouteAsync(OfFile(rules));

    private Task<List<Delivery>> RouteAsync(EventRouter router) =>
        DeliveriesAsync(router, """{"id":"7","source":"s","account":"123456789012","region":"eu-west-1","time":"2030-01-01T00:00:00Z","detail":{}}""");
}
