using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class RuleTests : SandboxTest
{
    protected override SandboxOptions Options => new() { Seed = 1, KeepUnknownMembers = true };

    [Fact]
    public async Task A_rule_is_replaced_whole_and_keeps_members_that_nobody_knows()
    {
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","Description":"old","Invented":{"deep":[1.0,1e400]}}""")).Succeeded();
        Assert.Contains("""
            "Invented":{"deep":[1.0,1e400]}
            """.Trim(), (await Describe()).Text, StringComparison.Ordinal);

        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","State":"DISABLED"}""")).Succeeded();
        JsonElement rule = (await Describe()).Json;
        Assert.False(rule.TryGetProperty("Description", out _));
        Assert.False(rule.TryGetProperty("Invented", out _));
        Assert.Equal("DISABLED", rule.GetProperty("State").GetString());
        Assert.Equal("arn:aws:events:eu-west-1:123456789012:rule/r", rule.GetProperty("Arn").GetString());
        Assert.Equal("123456789012", rule.GetProperty("CreatedBy").GetString());

        async Task<Answer> Describe() => (await Aws.Events("DescribeRule", """{"Name":"r"}""")).Succeeded();
    }

    [Fact]
    public async Task A_custom_bus_is_part_of_the_arn()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"bus"}""")).Succeeded();
        await PutRule("r", "arn:aws:events:eu-west-1:123456789012:event-bus/bus");
        JsonElement rule = (await Aws.Events("DescribeRule", """{"Name":"r","EventBusName":"bus"}""")).Succeeded().Json;
        Assert.Equal("arn:aws:events:eu-west-1:123456789012:rule/bus/r", rule.GetProperty("Arn").GetString());
        Assert.Equal("bus", rule.GetProperty("EventBusName").GetString());
    }

    [Theory]
    [InlineData("""{"EventPattern":"{\"source\":[\"a\"]}"}""", "ValidationException")]
    [InlineData("""{"Name":"a/b","EventPattern":"{\"source\":[\"a\"]}"}""", "ValidationException")]
    [InlineData("""{"Name":"r"}""", "ValidationException")]
    [InlineData("""{"Name":"r","ScheduleExpression":"now and then"}""", "ValidationException")]
    [InlineData("""{"Name":"r","EventPattern":"{"}""", "InvalidEventPatternException")]
    [InlineData("""{"Name":"r","EventPattern":"[]"}""", "InvalidEventPatternException")]
    [InlineData("""{"Name":"r","EventPattern":"{}"}""", "InvalidEventPatternException")]
    [InlineData("""{"Name":"r","EventPattern":"{\"source\":\"a\"}"}""", "InvalidEventPatternException")]
    [InlineData("""{"Name":"r","EventPattern":"{\"source\":[{\"wildcard\":\"*:*:*:*:*:event-bus/*\"}]}"}""", "InvalidEventPatternException")]
    [InlineData("""{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","State":"MAYBE"}""", "ValidationException")]
    [InlineData("""{"Name":7,"EventPattern":"{\"source\":[\"a\"]}"}""", "SerializationException")]
    [InlineData("""{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","EventBusName":"nowhere"}""", "ResourceNotFoundException")]
    public async Task Bad_rules_are_refused(string input, string code) => (await Aws.Events("PutRule", input)).Failed(400, code);

    [Fact]
    public async Task All_violations_are_told_at_once_in_aws_words()
    {
        string name = new('x', 65);
        (await Aws.Events("PutRule", $$"""{"Name":"{{name}}","State":"MAYBE"}""")).Failed(400, "ValidationException",
            $"2 validation errors detected: Value '{name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; "
            + "Value 'MAYBE' at 'state' failed to satisfy constraint: Member must satisfy enum value set: "
            + "[ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]");
    }

    [Fact]
    public async Task Schedules_belong_on_the_default_bus()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"bus"}""")).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"r","ScheduleExpression":"rate(5 minutes)"}""")).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"r","EventBusName":"bus","ScheduleExpression":"rate(5 minutes)"}"""))
            .Failed(400, "ValidationException", "ScheduleExpression is supported only on the default event bus.");
    }

    [Fact]
    public async Task Rules_are_switched_off_and_on()
    {
        await PutRule("r");
        (await Aws.Events("DisableRule", """{"Name":"r"}""")).Succeeded();
        Assert.Contains("\"DISABLED\"", (await Aws.Events("DescribeRule", """{"Name":"r"}""")).Text, StringComparison.Ordinal);
        (await Aws.Events("EnableRule", """{"Name":"r"}""")).Succeeded();
        Assert.Contains("\"ENABLED\"", (await Aws.Events("DescribeRule", """{"Name":"r"}""")).Text, StringComparison.Ordinal);
        (await Aws.Events("EnableRule", """{"Name":"s"}"""))
            .Failed(400, "ResourceNotFoundException", "Rule s does not exist on EventBus default.");
    }

    [Fact]
    public async Task A_rule_with_targets_stays_and_deleting_twice_succeeds()
    {
        await PutRule("r");
        (await PutTargets("r", Target("1"))).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Failed(400, "ValidationException", "Rule can't be deleted since it has targets.");
        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["1"]}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r","EventBusName":"nowhere"}""")).Failed(400, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_managed_rule_is_protected_from_everything_but_force()
    {
        await PutRule("r");
        (await PutTargets("r", Target("1"))).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","ManagedBy":"states.amazonaws.com"}""")).Succeeded();

        (await PutTargets("r", Target("1"))).Failed(400, "ManagedRuleException");
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}"}""")).Failed(400, "ManagedRuleException");
        (await Aws.Events("DisableRule", """{"Name":"r"}""")).Failed(400, "ManagedRuleException");
        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["1"]}""")).Failed(400, "ManagedRuleException");
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Failed(400, "ManagedRuleException");
        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["1"],"Force":true}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r","Force":true}""")).Succeeded();
    }

    [Fact]
    public async Task Rules_are_listed_by_prefix_in_pages_and_a_strange_token_is_refused()
    {
        foreach (string? name in new[] { "b1", "a1", "b3", "b2" })
            await PutRule(name);
        Assert.Equal(["b1", "b2", "b3"], await Pages(
            token => Aws.Events("ListRules", $$"""{"NamePrefix":"b","Limit":1{{Continued("NextToken", token)}}}"""), "Rules", "Name"));
        (await Aws.Events("ListRules", """{"NextToken":"made up"}""")).Failed(400, "ValidationException");
        (await Aws.Events("ListRules", """{"Limit":0}""")).Failed(400, "ValidationException");

        string? others = (await Aws.Events("ListRules", """{"Limit":1}""")).NextToken;
        (await Aws.Events("ListEventBuses", $$"""{"NextToken":"{{others}}"}""")).Failed(400, "ValidationException");
    }

    [Fact]
    public async Task A_rule_that_goes_between_two_pages_hides_no_other()
    {
        foreach (string? name in new[] { "a", "b", "c", "d" })
            await PutRule(name);
        Answer first = (await Aws.Events("ListRules", """{"Limit":2}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"a"}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"b"}""")).Succeeded();
        Answer second = (await Aws.Events("ListRules", $$"""{"Limit":2,"NextToken":"{{first.NextToken}}"}""")).Succeeded();
        Assert.Equal(["c", "d"], second.Json.GetProperty("Rules").EnumerateArray().Select(rule => rule.GetProperty("Name").GetString()));
    }

    [Fact]
    public async Task Tags_are_kept_with_their_rule()
    {
        const string Arn = "arn:aws:events:eu-west-1:123456789012:rule/r";
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","Tags":[{"Key":"a","Value":"1"}]}""")).Succeeded();
        (await Aws.Events("TagResource", $$"""{"ResourceARN":"{{Arn}}","Tags":[{"Key":"b","Value":"2"}]}""")).Succeeded();
        (await Aws.Events("UntagResource", $$"""{"ResourceARN":"{{Arn}}","TagKeys":["a"]}""")).Succeeded();
        Assert.Equal("""{"Tags":[{"Key":"b","Value":"2"}]}""", (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"{{Arn}}"}""")).Text);
        (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"{{Arn}}x"}""")).Failed(400, "ResourceNotFoundException");
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded();
        await PutRule("r");
        Assert.Equal("""{"Tags":[]}""", (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"{{Arn}}"}""")).Text);
    }
}
