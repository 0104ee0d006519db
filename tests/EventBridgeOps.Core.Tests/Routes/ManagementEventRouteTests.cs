using System.Text.Json.Nodes;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Read-only management events, which AWS CloudTrail delivers and most rules do not receive.</summary>
public sealed class ManagementEventRouteTests : RouteTest
{
    private const string Targets = """[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]""";
    private const string All = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    private const string Describe = """{"eventName":"DescribeInstances","readOnly":true,"managementEvent":true}""";
    private const string Omitted = "it does not match read-only management events that AWS CloudTrail delivers; only rules in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS do.";

    public static TheoryData<string> Forms => new(
        $$"""
        {"Resources":{
          "Plain":{"Type":"AWS::Events::Rule","Properties":{"Name":"plain","EventPattern":{"detail-type":[{"suffix":"CloudTrail"}]},"Targets":{{Targets}} } },
          "All":{"Type":"AWS::Events::Rule","Properties":{"Name":"all","State":"{{All}}","EventPattern":{"detail-type":[{"suffix":"CloudTrail"}]},"Targets":{{Targets}} } } } }
        """,
        $$"""
        {"Transform":"AWS::Serverless-2016-10-31","Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Events":{
          "Plain":{"Type":"EventBridgeRule","Properties":{"RuleName":"plain","Pattern":{"detail-type":[{"suffix":"CloudTrail"}]} } },
          "All":{"Type":"EventBridgeRule","Properties":{"RuleName":"all","State":"{{All}}","Pattern":{"detail-type":[{"suffix":"CloudTrail"}]} } } } } } } }
        """,
        $$"""
        {"values":{"root_module":{"resources":[
          {"address":"aws_cloudwatch_event_rule.plain","type":"aws_cloudwatch_event_rule","name":"plain","values":{"name":"plain","event_pattern":"{\"detail-type\":[{\"suffix\":\"CloudTrail\"}]}"} },
          {"address":"aws_cloudwatch_event_rule.all","type":"aws_cloudwatch_event_rule","name":"all","values":{"name":"all","state":"{{All}}","event_pattern":"{\"detail-type\":[{\"suffix\":\"CloudTrail\"}]}"} },
          {"address":"aws_cloudwatch_event_target.q","type":"aws_cloudwatch_event_target","name":"q","values":{"rule":"all","target_id":"q","arn":"arn:aws:sqs:eu-west-1:123456789012:q"} }]} } }
        """,
        $$"""
        [{"Name":"plain","EventPattern":"{\"detail-type\":[{\"suffix\":\"CloudTrail\"}]}","Targets":{{Targets}} },
         {"Name":"all","State":"{{All}}","EventPattern":"{\"detail-type\":[{\"suffix\":\"CloudTrail\"}]}","Targets":{{Targets}} }]
        """);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Only_a_rule_for_all_management_events_receives_the_read_only_ones(string rules)
    {
        EventRouter router = OfFile(rules);

        Assert.Equal([("all", DeliveryState.Delivered)], (await RouteAsync(router, "aws.ec2", Describe, times: 2)).Select(delivery => (delivery.RuleName, delivery.State)).Distinct());
        Assert.Equal([$"Rule default/plain: {Omitted}"], Run.Warnings.Where(warning => warning.Contains("CloudTrail", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_rules_of_anAccount_are_no_exception()
    {
        foreach ((string name, string state) in new[] { ("all", All), ("off", "DISABLED"), ("plain", "ENABLED") })
        {
            Account.Rule("default", name, """{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""");
            Account.Bus("default")[name].Document["State"] = state;
            Account.Bus("default")[name].Document["EventPattern"] = """{"source":["aws.ec2"]}""";
        }

        EventRouter router = OfAccount();

        Assert.Equal([("all", DeliveryState.Delivered), ("off", DeliveryState.Disabled)], (await RouteAsync(router, "aws.ec2", Describe)).Select(delivery => (delivery.RuleName, delivery.State)));
        Assert.Equal([$"Rule default/plain: {Omitted}"], Run.Warnings);
    }

    [Theory]
    [InlineData("aws.ec2", """{"eventName":"RunInstances","readOnly":false,"managementEvent":true}""")]
    [InlineData("aws.events", """{"eventName":"TestEventPattern","readOnly":true,"managementEvent":true}""")] // Of another name: received before there was the state.
    [InlineData("aws.sts", """{"eventName":"GetSessionToken","readOnly":true,"managementEvent":true}""")]
    [InlineData("aws.sts", """{"eventName":"GetFederationToken","readOnly":true,"eventCategory":"Management"}""")]
    [InlineData("aws.s3", """{"eventName":"GetObject","readOnly":true,"managementEvent":false,"eventCategory":"Data"}""")]
    [InlineData("aws.s3", """{"eventName":"GetObject","readOnly":true,"eventCategory":"Data"}""")]
    [InlineData("acme", Describe)]
    [InlineData("aws.ec2", Describe, "T")]
    public async Task Other_events_are_delivered(string source, string detail, string detailType = "AWS API Call via CloudTrail")
    {
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await RouteAsync(Plain(), source, detail, detailType)).State);
        Assert.Empty(Run.Warnings);
    }

    [Theory]
    [InlineData("aws.sts", """{"eventName":"GetCallerIdentity","readOnly":true,"managementEvent":true}""")]
    [InlineData("aws.iam", """{"eventName":"ListRoles","eventCategory":"Management"}""")]
    [InlineData("aws.kms", """{"eventName":"GetKeyPolicy","managementEvent":true}""")]
    public async Task The_names_of_read_only_management_events_start_with_Describe_Get_or_List(string source, string detail) => Assert.Empty(await RouteAsync(Plain(), source, detail));

    [Fact]
    public async Task An_event_that_does_not_say_what_it_is_may_not_be_delivered()
    {
        Delivery delivery = Assert.Single(await RouteAsync(Plain(), "aws.s3", """{"eventName":"GetObject","readOnly":true}"""));

        Assert.Equal(DeliveryState.Unknown, delivery.State);
        Assert.Contains("does not state whether it is one", delivery.Reason, StringComparison.Ordinal);
    }

    private EventRouter Plain() => OfFile($$"""{"Name":"r","State":"ENABLED","EventPattern":"{\"account\":[\"123456789012\"]}","Targets":{{Targets}} }""");

    private Task<List<Delivery>> RouteAsync(EventRouter router, string source, string detail, string detailType = "AWS API Call via CloudTrail", int times = 1)
    {
        JsonObject happened = new() { ["id"] = "7", ["source"] = source, ["detail-type"] = detailType, ["account"] = "123456789012", ["region"] = "eu-west-1", ["detail"] = JsonNode.Parse(detail) };
        return DeliveriesAsync(router, happened.ToJsonString(), times);
    }
}
