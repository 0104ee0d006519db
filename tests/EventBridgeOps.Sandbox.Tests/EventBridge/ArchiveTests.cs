using System.Globalization;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Archives: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html; answers and errors as recorded in LocalStack's test_archive_and_replay.snapshot.json.</summary>
public sealed class ArchiveTests : QueueTest
{
    private const string Bus = "arn:aws:events:eu-west-1:123456789012:event-bus/default";

    [Fact]
    public async Task An_archive_is_made_described_listed_changed_and_deleted()
    {
        JsonElement created = (await Create("a", """ "Description":"d","EventPattern":"{\"source\":[\"a\"]}","RetentionDays":1 """)).Succeeded().Json;
        Assert.Equal(["ArchiveArn", "CreationTime", "State"], Names(created));
        Assert.Equal("arn:aws:events:eu-west-1:123456789012:archive/a", created.GetProperty("ArchiveArn").GetString());

        JsonElement described = await Describe("a");
        Assert.Equal(["ArchiveArn", "ArchiveName", "CreationTime", "Description", "EventCount", "EventPattern", "EventSourceArn", "RetentionDays", "SizeBytes", "State"], Names(described));
        Assert.Equal(("ENABLED", 1, 0, Bus), (described.GetProperty("State").GetString(), described.GetProperty("RetentionDays").GetInt32(), described.GetProperty("EventCount").GetInt32(), described.GetProperty("EventSourceArn").GetString()));
        (await Create("b", "")).Succeeded();
        Assert.Equal(["ArchiveArn", "ArchiveName", "CreationTime", "EventCount", "EventSourceArn", "RetentionDays", "SizeBytes", "State"], Names(await Describe("b")));

        Assert.Equal(["a", "b"], await Pages(token => Aws.Events("ListArchives", $$"""{"Limit":1{{Continued("NextToken", token)}}}"""), "Archives", "ArchiveName"));
        JsonElement listed = (await Aws.Events("ListArchives", """{"NamePrefix":"b"}""")).Succeeded().Json.GetProperty("Archives");
        Assert.Equal(["ArchiveName", "CreationTime", "EventCount", "EventSourceArn", "RetentionDays", "SizeBytes", "State"], Names(Assert.Single(listed.EnumerateArray())));
        Assert.Equal(2, await Count($$"""{"EventSourceArn":"{{Bus}}"}"""));
        Assert.Equal(0, await Count("""{"State":"DISABLED"}"""));
        (await Aws.Events("ListArchives", $$"""{"NamePrefix":"b","EventSourceArn":"{{Bus}}"}""")).Failed(400, "ValidationException");
        (await Aws.Events("ListArchives", $$"""{"EventSourceArn":"{{Bus}}x"}""")).Failed(400, "ResourceNotFoundException", "Event bus defaultx does not exist.");

        (await Aws.Events("UpdateArchive", """{"ArchiveName":"a","RetentionDays":7}""")).Succeeded();
        described = await Describe("a");
        Assert.Equal(("d", 7), (described.GetProperty("Description").GetString(), described.GetProperty("RetentionDays").GetInt32()));
        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Succeeded();
        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Failed(400, "ResourceNotFoundException", "Archive a does not exist.");

        async Task<int> Count(string filter) => (await Aws.Events("ListArchives", filter)).Succeeded().Json.GetProperty("Archives").GetArrayLength();
    }

    [Fact]
    public async Task Its_managed_rule_is_seen_and_cannot_be_changed_and_goes_with_it()
    {
        (await Create("a", """ "EventPattern":"{\"source\":[\"a\"]}" """)).Succeeded();
        JsonElement rule = (await Aws.Events("ListRules", """{"NamePrefix":"Events-Archive-a"}""")).Succeeded().Json.GetProperty("Rules")[0];
        Assert.Equal("prod.vhs.events.aws.internal", rule.GetProperty("ManagedBy").GetString());
        Assert.Equal("""{"source":["a"],"replay-name":[{"exists":false}]}""", rule.GetProperty("EventPattern").GetString());
        JsonElement target = (await ListTargets("Events-Archive-a")).Json.GetProperty("Targets")[0];
        Assert.Equal(("Events-Archive-a", "arn:aws:events:eu-west-1:::"), (target.GetProperty("Id").GetString(), target.GetProperty("Arn").GetString()));
        Assert.StartsWith("""{"archive-arn": "arn:aws:events:eu-west-1:123456789012:archive/a:""", target.GetProperty("InputTransformer").GetProperty("InputTemplate").GetString(), StringComparison.Ordinal);

        (await PutAnyRule("Events-Archive-a", "\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\"")).Failed(400, "ManagedRuleException");
        (await Aws.Events("DisableRule", """{"Name":"Events-Archive-a"}""")).Failed(400, "ManagedRuleException");
        (await PutTargets("Events-Archive-a", QueueTarget("q"))).Failed(400, "ManagedRuleException");
        (await PutRuleAndTarget("mine", target.GetRawText())).Failed(400, "ValidationException");

        (await Aws.Events("UpdateArchive", """{"ArchiveName":"a","EventPattern":"{\"source\":[\"b\"]}"}""")).Succeeded();
        Assert.Contains("[\\\"b\\\"]", (await Aws.Events("DescribeRule", """{"Name":"Events-Archive-a"}""")).Text, StringComparison.Ordinal);
        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Succeeded();
        (await Aws.Events("DescribeRule", """{"Name":"Events-Archive-a"}""")).Failed(400, "ResourceNotFoundException");
    }

    [Fact]
    public async Task It_is_filled_with_what_its_pattern_matches_and_retains_it_for_its_days()
    {
        (await Create("some", """ "EventPattern":"{\"source\":[\"core.update-account-command\"]}","RetentionDays":2 """)).Succeeded();
        (await Create("all", "")).Succeeded();
        const string Entry = """{"Source":"core.update-account-command","DetailType":"core.update-account-command","Detail":"{\"command\": \"update-account\", \"payload\": {\"acc_id\": \"0a787ecb-4015\", \"sf_id\": \"baz\"}}"}""";
        (await Aws.Events("PutEvents", $$"""{"Entries":[{{string.Join(',', Enumerable.Repeat(Entry, 10))}}]}""")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"other","DetailType":"d","Detail":"{}"}]}""")).Succeeded();

        Assert.Equal((10, 1590), await Size("some")); // The size that AWS said of the same ten events.
        Assert.Equal(11, (await Size("all")).Count);
        Server.AdvanceTime(TimeSpan.FromHours(47));
        Assert.Equal(10, (await Size("some")).Count);
        Server.AdvanceTime(TimeSpan.FromHours(2));
        Assert.Equal((0, 0), await Size("some"));
        Assert.Equal(11, (await Size("all")).Count);
        (await Aws.Events("UpdateArchive", """{"ArchiveName":"all","RetentionDays":1}""")).Succeeded();
        Assert.Equal(0, (await Size("all")).Count);
    }

    [Fact]
    public async Task An_archive_made_again_is_empty()
    {
        (await Create("a", "")).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Succeeded();
        (await Create("a", "")).Succeeded();
        Assert.Equal((0, 0), await Size("a"));
    }

    [Theory]
    [InlineData("""{"EventSourceArn":"BUS"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a b","EventSourceArn":"BUS"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a234567890123456789012345678901234567890123456789","EventSourceArn":"BUS"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"default"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"BUSx"}""", "ResourceNotFoundException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"BUS","EventPattern":"{"}""", "InvalidEventPatternException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"BUS","RetentionDays":-1}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"BUS","RetentionDays":"1"}""", "SerializationException")]
    [InlineData("""{"ArchiveName":"a","EventSourceArn":"BUS","KmsKeyIdentifier":"alias/k"}""", "ValidationException")]
    [InlineData("""{"ArchiveName":"made","EventSourceArn":"BUS"}""", "ResourceAlreadyExistsException")]
    [InlineData("""{"ArchiveName":"ruled","EventSourceArn":"BUS"}""", "ResourceAlreadyExistsException")]
    public async Task Bad_archives_are_refused_and_leave_nothing(string input, string code)
    {
        (await Create("made", "")).Succeeded();
        await PutRule("Events-Archive-ruled");
        string before = (await Aws.Admin(HttpMethod.Get, "state")).Text;
        (await Aws.Events("CreateArchive", input.Replace("BUS", Bus, StringComparison.Ordinal))).Failed(400, code);
        Assert.Equal(before, (await Aws.Admin(HttpMethod.Get, "state")).Text);
    }

    private static IEnumerable<string> Names(JsonElement document) => document.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    private async Task<Answer> PutRuleAndTarget(string rule, string target)
    {
        await PutRule(rule);
        return await PutTargets(rule, target);
    }

    private async Task<Answer> Create(string name, string more) =>
        await Aws.Events("CreateArchive", string.Create(CultureInfo.InvariantCulture, $$"""{"ArchiveName":"{{name}}","EventSourceArn":"{{Bus}}"{{(more.Length == 0 ? "" : "," + more)}}}"""));

    private async Task<JsonElement> Describe(string name) => (await Aws.Events("DescribeArchive", $$"""{"ArchiveName":"{{name}}"}""")).Succeeded().Json;

    private async Task<(int Count, int Bytes)> Size(string name)
    {
        JsonElement archive = await Describe(name);
        return (archive.GetProperty("EventCount").GetInt32(), archive.GetProperty("SizeBytes").GetInt32());
    }
}
