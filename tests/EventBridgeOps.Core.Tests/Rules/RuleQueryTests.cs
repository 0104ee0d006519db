using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests;

public sealed class RuleQueryTests
{
    [Fact]
    public void A_query_takes_what_is_given_then_the_environment_then_the_defaults()
    {
        Dictionary<string, string> variables = new() { ["EVENTBRIDGE_BUS_NAME"] = "env-bus", ["RULE_NAME"] = "env-rule", ["JOB_DEFINITION_NAME"] = "env-job" };
        string? Environment(string name) => variables.GetValueOrDefault(name);

        RuleQuery given = RuleQuery.From(["a", "b"], ["r*"], 3, Environment);
        RuleQuery fromEnvironment = RuleQuery.From(null, [], 16, Environment);
        RuleQuery bare = RuleQuery.From(null, null, 16, _ => "");

        Assert.Equal(["a", "b"], given.EventBusName);
        Assert.Equal(["r*"], given.RuleName);
        Assert.Equal(3, given.ThrottleLimit);
        Assert.Equal(("env-bus", "env-rule"), (Assert.Single(fromEnvironment.EventBusName), Assert.Single(fromEnvironment.RuleName)));
        Assert.Equal(("default", "*"), (Assert.Single(bare.EventBusName), Assert.Single(bare.RuleName)));
        Assert.Equal("env-job", Assert.Single(TargetQuery.From(bare, null, null, false, Environment).JobDefinition));
        Assert.Equal("x", Assert.Single(TargetQuery.From(bare, null, ["x"], false, Environment).JobDefinition));
        Assert.Equal("*", Assert.Single(TargetQuery.From(bare, null, null, false, _ => null).TargetId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void A_throttle_limit_out_of_range_is_refused(int limit) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => RuleQuery.From(null, null, limit, _ => null)).ErrorId);
}
