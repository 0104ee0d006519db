using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Replays: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html; answers and errors as recorded in LocalStack's test_archive_and_replay.snapshot.json.</summary>
public sealed class ReplayTests : QueueTest
{
    private const string Bus = "arn:aws:events:eu-west-1:123456789012:event-bus/default";
    private const string Archive = "arn:aws:events:eu-west-1:123456789012:archive/a";

    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-replays-").FullName;

    protected override SandboxOptions Options => base.Options with { StateFile = Path.Combine(folder, "state.json") };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string queue in new[] { "one", "two" })
        {
            await MakeQueue(queue);
            await PutRule(queue);
            (await PutTargets(queue, QueueTarget(queue))).Succeeded();
        }

        (await Aws.Events("CreateArchive", $$"""{"ArchiveName":"a","EventSourceArn":"{{Bus}}"}""")).Succeeded();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Events_go_through_the_rules_again_with_the_name_of_the_replay_and_are_not_archived_again()
    {
        await Send("{\\\"n\\\":1.0}");
        JsonElement original = Assert.Single(await Take("one"));
        await Take("two");
        JsonElement started = (await Start("r")).Succeeded().Json;
        Assert.Equal(("STARTING", "arn:aws:events:eu-west-1:123456789012:replay/r"), (started.GetProperty("State").GetString(), started.GetProperty("ReplayArn").GetString()));
        Assert.True(started.TryGetProperty("ReplayStartTime", out _));
        Server.AdvanceTime(TimeSpan.FromMinutes(10));

        JsonElement replayed = Assert.Single(await Take("one"));
        Assert.Equal(original.GetRawText().Replace("\"region\":\"eu-west-1\",", "\"region\":\"eu-west-1\",\"replay-name\":\"r\",", StringComparison.Ordinal), replayed.GetRawText());
        Assert.Single(await Take("two"));
        Assert.Equal(1, (await Aws.Events("DescribeArchive", """{"ArchiveName":"a"}""")).Json.GetProperty("EventCount").GetInt32());

        JsonElement described = await Describe("r");
        Assert.Equal(
            ["Destination", "EventEndTime", "EventLastReplayedTime", "EventSourceArn", "EventStartTime", "ReplayArn", "ReplayEndTime", "ReplayName", "ReplayStartTime", "State"],
            described.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal("COMPLETED", described.GetProperty("State").GetString());
    }

    [Fact]
    public async Task Only_the_rules_that_it_names_get_the_events()
    {
        await Send("{}");
        await Take("one");
        await Take("two");
        (await Start("r", """ ,"FilterArns":["arn:aws:events:eu-west-1:123456789012:rule/two"] """)).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        Assert.Empty(await Take("one"));
        Assert.Single(await Take("two"));
    }

    [Fact]
    public async Task Events_between_the_two_times_are_replayed_minute_by_minute()
    {
        DateTimeOffset begin = Clock.GetUtcNow();
        for (int minute = 0; minute < 5; minute++)
        {
            await Send($"{{\\\"minute\\\":{minute}}}", begin.AddMinutes(minute));
            await Send($"{{\\\"minute\\\":{minute}}}", begin.AddMinutes(minute).AddSeconds(30));
        }

        await Take("one");
        (await Start("r", "", begin.AddMinutes(1), begin.AddMinutes(3).AddSeconds(10))).Succeeded();
        Assert.Equal("STARTING", await State("r"));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("RUNNING", await State("r"));
        List<string> seen = [];
        for (int second = 0; second < 4; second++)
        {
            Server.AdvanceTime(TimeSpan.FromSeconds(1));
            JsonElement described = await Describe("r");
            string last = Seconds(described.GetProperty("EventLastReplayedTime")) - begin is { } since ? since.TotalSeconds.ToString(CultureInfo.InvariantCulture) : "";
            seen.Add($"{described.GetProperty("State").GetString()} {last}: {string.Join(',', (await Take("one")).Select(each => each.GetProperty("detail").GetProperty("minute").GetInt32()))}");
        }

        Assert.Equal(["RUNNING 90: 1,1", "RUNNING 150: 2,2", "RUNNING 180: 3", "COMPLETED 180: "], seen);
    }

    [Fact]
    public async Task A_cancelled_replay_sends_no_more_and_an_ended_one_cannot_be_cancelled()
    {
        await Send("{}");
        await Take("one");
        (await Start("r")).Succeeded();
        Assert.Equal("""{"ReplayArn":"arn:aws:events:eu-west-1:123456789012:replay/r","State":"CANCELLING"}""", (await Cancel("r")).Succeeded().Text);
        (await Cancel("r")).Failed(400, "IllegalStatusException", "Replay r is not in a valid state for this operation.");
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        Assert.Equal("CANCELLED", await State("r"));
        Assert.Empty(await Take("one"));
        (await Cancel("none")).Failed(400, "ResourceNotFoundException", "Replay none does not exist.");
    }

    [Fact]
    public async Task A_name_is_used_once_in_90_days_and_ten_replays_run_at_once()
    {
        for (int i = 0; i < 10; i++)
            (await Start($"r{i}")).Succeeded();
        (await Start("r10")).Failed(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Failed(400, "ConcurrentModificationException");
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        (await Start("r1")).Failed(400, "ResourceAlreadyExistsException", "Replay r1 already exists.");
        Assert.Equal(10, (await Pages(token => Aws.Events("ListReplays", $$"""{"Limit":3{{Continued("NextToken", token)}}}"""), "Replays", "ReplayName")).Count);
        Assert.Equal(10, (await Aws.Events("ListReplays", """{"State":"COMPLETED"}""")).Json.GetProperty("Replays").GetArrayLength());
        JsonElement listed = (await Aws.Events("ListReplays", """{"NamePrefix":"r1"}""")).Json.GetProperty("Replays")[0];
        Assert.Equal(
            ["EventEndTime", "EventSourceArn", "EventStartTime", "ReplayEndTime", "ReplayName", "ReplayStartTime", "State"],
            listed.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        (await Aws.Events("ListReplays", """{"State":"COMPLETED","NamePrefix":"r1"}""")).Failed(400, "ValidationException");

        (await Aws.Events("DeleteArchive", """{"ArchiveName":"a"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromDays(91));
        (await Aws.Events("DescribeReplay", """{"ReplayName":"r1"}""")).Failed(400, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData("\"EventSourceArn\":\"ARCHIVE\"", "\"EventSourceArn\":\"ARCHIVEx\"", "ValidationException", "Parameter EventSourceArn is not valid. Reason: Archive ax does not exist.")]
    [InlineData("\"Arn\":\"BUS\"", "\"Arn\":\"BUSx\"", "ResourceNotFoundException", "Event bus defaultx does not exist.")]
    [InlineData("\"Arn\":\"BUS\"", "\"Arn\":\"OTHER\"", "ValidationException", "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.")]
    [InlineData("\"Arn\":\"BUS\"", "\"Arn\":\"default\"", "ValidationException", "Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.")]
    [InlineData("\"EventEndTime\":2000000000", "\"EventEndTime\":0", "ValidationException", "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.")]
    [InlineData("\"EventEndTime\":2000000000", "\"EventEndTime\":\"soon\"", "SerializationException", null)]
    [InlineData(",\"EventEndTime\":2000000000", "", "ValidationException", null)]
    [InlineData("\"Arn\":\"BUS\"", "\"Arn\":\"BUS\",\"FilterArns\":[\"arn:aws:events:eu-west-1:123456789012:rule/none\"]", "ValidationException", null)]
    [InlineData("\"Arn\":\"BUS\"", "\"Arn\":\"BUS\",\"Speed\":2", "ValidationException", null)]
    [InlineData("\"ReplayName\":\"r\"", "\"ReplayName\":\"r\",\"Invented\":1", "ValidationException", null)]
    [InlineData("\"ReplayName\":\"r\"", "\"ReplayName\":\"r/s\"", "ValidationException", null)]
    [InlineData("\"Destination\":{\"Arn\":\"BUS\"}", "\"Destination\":\"BUS\"", "SerializationException", null)]
    public async Task Bad_replays_are_refused(string replaced, string by, string code, string? message)
    {
        (await Aws.Events("CreateEventBus", """{"Name":"other"}""")).Succeeded();
        string input = """{"ReplayName":"r","EventSourceArn":"ARCHIVE","EventStartTime":0,"EventEndTime":2000000000,"Destination":{"Arn":"BUS"}}"""
            .Replace(replaced, by, StringComparison.Ordinal)
            .Replace("OTHER", Bus.Replace("default", "other", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("ARCHIVE", Archive, StringComparison.Ordinal).Replace("BUS", Bus, StringComparison.Ordinal);
        (await Aws.Events("StartReplay", input)).Failed(400, code, message);
        Assert.Equal("""{"Replays":[]}""", (await Aws.Events("ListReplays", "{}")).Text);
    }

    [Fact]
    public async Task A_restart_loses_no_archived_event_and_no_running_replay()
    {
        await Send("{}");
        (await Start("r")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        await Server.StopAsync();

        await using SandboxServer again = await SandboxServer.StartAsync(Options, TestContext.Current.CancellationToken);
        again.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal(["one", "two"], again.Deliveries.Select(delivery => delivery.RuleName));
        using AwsClient aws = new(again.Endpoint);
        Assert.Equal("COMPLETED", (await aws.Events("DescribeReplay", """{"ReplayName":"r"}""")).Json.GetProperty("State").GetString());
    }

    private static DateTimeOffset Seconds(JsonElement time) => DateTimeOffset.FromUnixTimeSeconds((long)time.GetDouble());

    private async Task<string?> State(string name) => (await Describe(name)).GetProperty("State").GetString();

    private async Task<JsonElement> Describe(string name) => (await Aws.Events("DescribeReplay", $$"""{"ReplayName":"{{name}}"}""")).Succeeded().Json;

    private Task<Answer> Cancel(string name) => Aws.Events("CancelReplay", $$"""{"ReplayName":"{{name}}"}""");

    private async Task<Answer> Start(string name, string more = "", DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        long start = (from ?? Clock.GetUtcNow().AddHours(-1)).ToUnixTimeSeconds(), end = (to ?? Clock.GetUtcNow().AddHours(1)).ToUnixTimeSeconds();
        return await Aws.Events("StartReplay", string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"ReplayName":"{{name}}","EventSourceArn":"{{Archive}}","EventStartTime":{{start}},"EventEndTime":{{end}},"Destination":{"Arn":"{{Bus}}"{{more}}} }"""));
    }

    private async Task Send(string detail, DateTimeOffset? time = null)
    {
        string at = time is { } moment ? string.Create(CultureInfo.InvariantCulture, $",\"Time\":{moment.ToUnixTimeSeconds()}") : "";
        (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":"{{detail}}"{{at}}}]}""")).Succeeded();
    }
}
