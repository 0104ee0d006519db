using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Rules of files that are in another Region than the event.</summary>
public sealed class RegionRouteTests : RouteTest
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";
    private const string Reason = "the rule is in Region us-east-1 and the event in eu-west-1, and an event bus receives the events of another Region only if a rule there forwards them";

    public static TheoryData<string> Forms => new(
        $$"""
        {"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"Name":"r","EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default","EventPattern":{"source":["s"]},"Targets":[{"Id":"q","Arn":"{{Queue}}"}]} } } }
        """,
        """
        {"Transform":"AWS::Serverless-2016-10-31","Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Events":{
          "E":{"Type":"EventBridgeRule","Properties":{"RuleName":"r","EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default","Pattern":{"source":["s"]},"Target":{"Id":"q"} } } } } } } }
        """,
        Plan("\"event_bus_name\":\"arn:aws:events:us-east-1:123456789012:event-bus/default\",", ""),
        Plan("\"region\":\"us-east-1\",", ""),
        Plan("", "\"provider_config_key\":\"aws.use1\","),
        $$"""{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"q","Arn":"{{Queue}}"}]}""",
        $$"""{"Name":"r","EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"q","Arn":"{{Queue}}"}]}""");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_rule_sees_the_events_of_its_own_Region(string rules)
    {
        Delivery there = Assert.Single(await RouteAsync(rules, "eu-west-1"));
        Delivery here = Assert.Single(await RouteAsync(rules, "us-east-1"));

        Assert.Equal(("default/r/q", DeliveryState.Elsewhere, Reason), (there.ToString(), there.State, there.Reason));
        Assert.Equal(("default/r/q", DeliveryState.Delivered), (here.ToString(), here.State));
    }

    [Fact]
    public async Task A_rule_without_targets_and_a_disabled_one_say_so()
    {
        const string Rules = """
            [{"Name":"none","Arn":"arn:aws:events:us-east-1:123456789012:rule/none","EventPattern":"{\"source\":[\"s\"]}","Targets":[]},
             {"Name":"off","State":"DISABLED","Arn":"arn:aws:events:us-east-1:123456789012:rule/off","EventPattern":"{\"source\":[\"s\"]}","Targets":[]}]
            """;

        Assert.Equal([(DeliveryState.Elsewhere, $"{Reason}; the rule has no targets"), (DeliveryState.Disabled, "the rule has no targets")], (await RouteAsync(Rules, "eu-west-1")).Select(delivery => (delivery.State, delivery.Reason!)));
    }

    [Fact]
    public async Task A_bus_of_the_same_name_in_another_Region_is_another_one()
    {
        const string Rule = """{"Name":"NAME","EventBusName":"BUS","Arn":"arn:aws:events:REGION:123456789012:rule/NAME","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"t","Arn":"arn:aws:TARGET"}]}""";
        string Of(string name, string bus, string region, string target) =>
            Rule.Replace("NAME", name, StringComparison.Ordinal).Replace("BUS", bus, StringComparison.Ordinal).Replace("REGION", region, StringComparison.Ordinal).Replace("TARGET", target, StringComparison.Ordinal);

        List<Delivery> found = await RouteAsync(
            $"""
            [{Of("forward", "default", "eu-west-1", "events:eu-west-1:123456789012:event-bus/next")},{Of("far", "default", "us-east-1", "events:us-east-1:123456789012:event-bus/next")},
             {Of("near", "next", "eu-west-1", "sqs:eu-west-1:123456789012:q")},{Of("there", "next", "us-east-1", "sqs:us-east-1:123456789012:q")}]
            """,
            "eu-west-1");

        Assert.Equal(["default/far/t Elsewhere", "default/forward/t Followed", "default > next/near/t Delivered"], found.Select(delivery => $"{delivery} {delivery.State}"));
    }

    [Fact]
    public async Task The_rules_of_anAccount_also_see_the_events_that_are_forwarded_to_them()
    {
        Account.Rule("default", "r", $$"""{"Id":"q","Arn":"arn:aws:sqs:{{FakeAccount.Region}}:123456789012:q"}""");
        Account.Bus("default")["r"].Document["EventPattern"] = """{"source":["s"]}""";

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await RouteAsync(OfAccount(), "ap-south-1")).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"region\":\"\",")]
    public async Task An_event_that_does_not_say_its_Region_may_be_anywhere(string region)
    {
        EventRouter router = OfFile($$"""{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"source\":[\"s\"]}","Targets":[{"Id":"q","Arn":"{{Queue}}"}]}""");

        Assert.Equal(DeliveryState.Delivered, Assert.Single(await DeliveriesAsync(router, $$"""{"id":"7","source":"s",{{region}}"detail":{} }""")).State);
    }

    private static string Plan(string argument, string provider) => $$"""
        {"planned_values":{"root_module":{"resources":[
          {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{{{argument}}"name":"r","event_pattern":"{\"source\":[\"s\"]}"} },
          {"address":"aws_cloudwatch_event_target.q","type":"aws_cloudwatch_event_target","name":"q","values":{{{argument}}"rule":"r","target_id":"q","arn":"{{Queue}}"} }]} },
         "configuration":{"provider_config":{"aws.use1":{"name":"aws","alias":"use1","expressions":{"region":{"constant_value":"us-east-1"} } } },
          "root_module":{"resources":[
          {{{provider}}"type":"aws_cloudwatch_event_rule","name":"r","expressions":{} },
          {{{provider}}"type":"aws_cloudwatch_event_target","name":"q","expressions":{"rule":{"references":["aws_cloudwatch_event_rule.r.name","aws_cloudwatch_event_rule.r"]} } }]} } }
        """;

    private Task<List<Delivery>> RouteAsync(string rules, string region) => RouteAsync(OfFile(rules), region);

    private Task<List<Delivery>> RouteAsync(EventRouter router, string region) =>
        DeliveriesAsync(router, $$"""{"id":"7","source":"s","account":"123456789012","region":"{{region}}","detail":{} }""");
}
