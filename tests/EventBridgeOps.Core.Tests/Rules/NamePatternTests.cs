using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests;

public class NamePatternTests
{
    [Theory]
    [InlineData("mvp", "mvp", true)]
    [InlineData("mvp", "MVP", false)]
    [InlineData("mvp", "mvp-a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "any\nthing", true)]
    [InlineData("mvp-*", "mvp-", true)]
    [InlineData("mvp-*", "xmvp-", false)]
    [InlineData("*-x", "a-x", true)]
    [InlineData("*-x", "a-x\n", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[^a]x", "^x", true)]
    [InlineData("[^a]x", "bx", false)]
    [InlineData("[\\d]x", "dx", true)]
    [InlineData("[\\d]x", "1x", false)]
    [InlineData("[a[]x", "[x", true)]
    [InlineData("a.b*", "axb", false)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("a`[b`]*", "a[b]c", true)]
    [InlineData("a]*", "a]b", true)]
    [InlineData("a``", "a`", true)]
    [InlineData("a`", "a`", true)]
    [InlineData("(a|b)$*", "(a|b)$c", true)]
    public void A_name_fits_or_not(string pattern, string name, bool fits) => Assert.Equal(fits, NamePattern.Parse(pattern).IsMatch(name));

    [Theory]
    [InlineData("mvp-*", "mvp-", true)]
    [InlineData("mvp", "mvp", false)]
    [InlineData("*", "", true)]
    [InlineData("a`*b*c", "a*b", true)]
    [InlineData("a`*b", "a*b", false)]
    [InlineData("a[b]c", "a", true)]
    public void The_prefix_is_what_all_names_begin_with(string pattern, string prefix, bool wild)
    {
        NamePattern read = NamePattern.Parse(pattern);

        Assert.Equal((prefix, wild, pattern), (read.Prefix, read.HasWildcard, read.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a[b")]
    [InlineData("a[]")]
    [InlineData("[]a]")]
    [InlineData("[z-a]")]
    public void A_bad_pattern_is_explained(string pattern) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => NamePattern.Parse(pattern)).ErrorId);

    [Fact]
    public void No_pattern_means_all() => Assert.Equal("*", Assert.Single(NamePattern.ParseAll([])).Text);

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
