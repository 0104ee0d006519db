using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Archives and managed rules. Sources: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html; LocalStack's archive.py and test_archive_and_replay.snapshot.json.</summary>
public sealed class ArchiveFacts : FactTest
{
    private const string Rule = "Events-Archive-a";

    [Fact]
    public async Task ArchiveIsFilledThroughAManagedRuleThatSkipsReplays()
    {
        await Create();
        JsonElement rule = (await Aws.Events("DescribeRule", $$"""{"Name":"{{Rule}}"}""")).Succeeded().Json;
        Assert.NotEmpty(rule.GetProperty("ManagedBy").GetString()!);
        Assert.Equal("""{"replay-name":[{"exists":false}]}""", rule.GetProperty("EventPattern").GetString());
        await Send();
        Assert.Equal(1, (await Aws.Events("DescribeArchive", """{"ArchiveName":"a"}""")).Json.GetProperty("EventCount").GetInt32());
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html and API_RemoveTargets.html have Force; the other operations have none.</summary>
    [Theory]
    [InlineData("PutRule", """{"Name":"RULE","EventPattern":"{\"source\":[\"b\"]}","State":"DISABLED"}""")]
    [InlineData("PutTargets", """{"Rule":"RULE","Targets":[{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}]}""")]
    [InlineData("EnableRule", """{"Name":"RULE"}""")]
    [InlineData("DisableRule", """{"Name":"RULE"}""")]
    [InlineData("TagResource", """{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/RULE","Tags":[{"Key":"k","Value":"v"}]}""")]
    [InlineData("UntagResource", """{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/RULE","TagKeys":["k"]}""")]
    [InlineData("DeleteRule", """{"Name":"RULE"}""")]
    [InlineData("RemoveTargets", """{"Rule":"RULE","Ids":["Events-Archive-a"]}""")]
    public async Task ManagedRuleIsNotChanged(string operation, string input)
    {
        await Create();
        string before = (await Aws.Admin(HttpMethod.Get, "state")).Text;
        (await Aws.Events(operation, input.Replace("RULE", Rule, StringComparison.Ordinal))).Failed(400, "ManagedRuleException");
        Assert.Equal(before, (await Aws.Admin(HttpMethod.Get, "state")).Text);
    }

    [Fact]
    public async Task ForceRemovesTargetsOfAManagedRuleAndTheRule()
    {
        await Create();
        (await Aws.Events("RemoveTargets", $$"""{"Rule":"{{Rule}}","Ids":["{{Rule}}"],"Force":true}""")).Succeeded();
        (await Aws.Events("DeleteRule", $$"""{"Name":"{{Rule}}","Force":true}""")).Succeeded();
        (await Aws.Events("DescribeRule", $$"""{"Name":"{{Rule}}"}""")).Failed(400, "ResourceNotFoundException");
    }

    /// <summary>The page: events may take some time; wait 10 minutes before a replay.</summary>
    [Fact]
    public async Task EventsComeLateIntoAnArchiveWhereTheSandboxIsToldSo()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(Options with { ArchiveDelay = TimeSpan.FromMinutes(5) }, Token);
        using AwsClient aws = new(server.Endpoint);
        (await aws.Events("CreateArchive", $$"""{"ArchiveName":"a","EventSourceArn":"{{Bus}}default"}""")).Succeeded();
        (await aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        foreach (int expected in new[] { 0, 1 })
        {
            Assert.Equal(expected, (await aws.Events("DescribeArchive", """{"ArchiveName":"a"}""")).Json.GetProperty("EventCount").GetInt32());
            server.AdvanceTime(TimeSpan.FromMinutes(5));
        }
    }

    [Theory]
    [InlineData(48, true)]
    [InlineData(49, false)]
    public async Task NameHas48LettersAtMost(int length, bool isTaken)
    {
        Answer answer = await Aws.Events("CreateArchive", $$"""{"ArchiveName":"{{new string('a', length)}}","EventSourceArn":"{{Bus}}default"}""");
        if (isTaken)
            answer.Succeeded();
        else
            answer.Failed(400, "ValidationException");
    }

    [Fact]
    public async Task RetentionOfZeroDaysIsForEver()
    {
        await Create(",\"RetentionDays\":0");
        await Send();
        Server.AdvanceTime(TimeSpan.FromDays(366));
        Assert.Equal(1, (await Aws.Events("DescribeArchive", """{"ArchiveName":"a"}""")).Json.GetProperty("EventCount").GetInt32());
    }

    private async Task Create(string more = "") =>
        (await Aws.Events("CreateArchive", $$"""{"ArchiveName":"a","EventSourceArn":"{{Bus}}default"{{more}}}""")).Succeeded();
}
