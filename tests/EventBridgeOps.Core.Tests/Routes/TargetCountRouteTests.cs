using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>What EventBridge rejects in the targets of a rule together.</summary>
public sealed class TargetCountRouteTests : RouteTest
{
    private const string Many = "Rule default/r: it has 6 targets, but at most 5 are allowed unless the quota of the account was increased.";
    private const string Same = "Rule default/r: the Id of a target must be unique in its rule, and several targets have";

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task More_than_five_targets_are_a_warning(int count, bool isWarned)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"t{i}")];
        foreach (string rules in new[] { Template(ids), Plan(ids), Listed(ids) })
        {
            int before = Run.Warnings.Count;

            Assert.Equal(2 * count, (await RouteAsync(OfFile(rules))).Count);
            Assert.Equal(isWarned ? [Many] : [], Run.Warnings.Skip(before));
        }
    }

    [Fact]
    public async Task Targets_with_one_ID_are_a_warning()
    {
        string[] ids = ["q", "q", "p"];
        foreach (string rules in new[] { Template(ids), Plan(ids), Listed(ids) })
        {
            int before = Run.Warnings.Count;

            await RouteAsync(OfFile(rules));
            Assert.StartsWith(Same, Assert.Single(Run.Warnings.Skip(before)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Targets_that_may_not_be_there_do_not_count()
    {
        string rules = Template(["a", "b", "c", "d", "e"], """,{"Fn::If":["C",{"Id":"a","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"},{"Ref":"AWS::NoValue"}]}""");

        Assert.Equal(12, (await RouteAsync(OfFile(rules))).Count);
        Assert.DoesNotContain(Run.Warnings, warning => warning.StartsWith("Rule default/r: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_quota_of_anAccount_is_its_own()
    {
        Account.Rule("default", "r", [.. Enumerable.Range(0, 6).Select(i => Target($"t{i}"))]);
        Account.Bus("default")["r"].Document["EventPattern"] = """{"source":["s"]}""";

        Assert.Equal(12, (await RouteAsync(OfAccount())).Count);
        Assert.Empty(Run.Warnings);
    }

    private static string Target(string id) => $$"""{"Id":"{{id}}","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""";

    private static string Listed(string[] ids) => $$"""{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","Targets":[{{string.Join(',', ids.Select(Target))}}]}""";

    private static string Template(string[] ids, string more = "") => $$"""
        {"Parameters":{"P":{"Type":"String"} },"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"x"]} },"Resources":{
          "R":{"Type":"AWS::Events::Rule","Properties":{"Name":"r","EventPattern":{"source":["s"]},"Targets":[{{string.Join(',', ids.Select(Target))}}{{more}}]} } } }
        """;

    private static string Plan(string[] ids) => $$"""
        {"values":{"root_module":{"resources":[
          {"address":"aws_cloudwatch_event_rule.r","type":"aws_cloudwatch_event_rule","name":"r","values":{"name":"r","event_pattern":"{\"source\":[\"s\"]}"} },
          {{string.Join(',', ids.Select((id, i) => $$"""{"address":"aws_cloudwatch_event_target.t[{{i}}]","index":{{i}},"type":"aws_cloudwatch_event_target","name":"t","values":{"rule":"r","target_id":"{{id}}","arn":"arn:aws:sqs:eu-west-1:123456789012:q"} }"""))}}]} } }
        """;

    private Task<List<Delivery>> RouteAsync(EventRouter router) =>
        DeliveriesAsync(router, """{"id":"7","source":"s","account":"123456789012","region":"eu-west-1","detail":{}}""", 2);
}
