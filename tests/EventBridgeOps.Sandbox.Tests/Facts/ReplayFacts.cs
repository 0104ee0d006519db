using System.Globalization;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Replays. Sources: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html; LocalStack's test_archive_and_replay.snapshot.json, recorded from AWS, and its pull request 10890.</summary>
public sealed class ReplayFacts : FactTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (string archive in new[] { "a", "b" })
            (await Aws.Events("CreateArchive", $$"""{"ArchiveName":"{{archive}}","EventSourceArn":"{{Bus}}default",{{Pattern("""{"source":["a"]}""")}}}""")).Succeeded();
    }

    [Fact]
    public async Task ReplayGoesToTheBusOfItsArchiveOnly()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"other"}""")).Succeeded();
        (await Start("r", bus: "other")).Failed(400, "ValidationException", "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
    }

    [Fact]
    public async Task FilterArnsAreThoseOfRules()
    {
        (await Start("r", filter: Queues + "q")).Failed(400, "ValidationException");
        await PutRule("r");
        (await Start("r", filter: "arn:aws:events:eu-west-1:123456789012:rule/r")).Succeeded();
    }

    /// <summary>So a replay submits jobs again.</summary>
    [Fact]
    public async Task ReplayedEventTriggersEveryRuleThatDoesNotFilterReplayNameAndEntersNoArchive()
    {
        await MakeQueue("all");
        await MakeQueue("careful");
        await MakeBatch();
        await PutRule("batch");
        (await PutTargets("batch", Target("t"))).Succeeded();
        (await PutAnyRule("all", Pattern("""{"source":["a"]}"""))).Succeeded();
        (await PutAnyRule("careful", Pattern("""{"source":["a"],"replay-name":[{"exists":false}]}"""))).Succeeded();
        (await PutTargets("all", QueueTarget("all"))).Succeeded();
        (await PutTargets("careful", QueueTarget("careful"))).Succeeded();
        await Send();
        Assert.False(Assert.Single(await Take("all")).TryGetProperty("replay-name", out _));
        await Take("careful");
        int before = await Archived();

        (await Start("r")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        Assert.Equal("r", Assert.Single(await Take("all")).GetProperty("replay-name").GetString());
        Assert.Empty(await Take("careful"));
        Assert.Equal(2, Server.Deliveries.Count(delivery => delivery.RuleName == "batch"));
        Assert.Equal(before, await Archived());

        async Task<int> Archived() => (await Aws.Events("DescribeArchive", """{"ArchiveName":"b"}""")).Json.GetProperty("EventCount").GetInt32();
    }

    [Fact]
    public async Task TenReplaysAreActiveAtMost()
    {
        for (int number = 0; number < 10; number++)
            (await Start($"r{number}")).Succeeded();
        (await Start("r10")).Failed(400, "LimitExceededException");
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        (await Start("r10")).Succeeded();
    }

    [Fact]
    public async Task NameIsUniqueAcrossArchivesFor90Days()
    {
        (await Start("r")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromDays(89));
        (await Start("r", archive: "b")).Failed(400, "ResourceAlreadyExistsException", "Replay r already exists.");
        Server.AdvanceTime(TimeSpan.FromDays(2));
        (await Start("r", archive: "b")).Succeeded();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task EndMustBeAfterTheStart(int seconds) =>
        (await Start("r", seconds: seconds)).Failed(400, "ValidationException", "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");

    /// <summary>The snapshot has CANCELLING as the answer for a replay that just began; for other states the API reference has IllegalStatusException.</summary>
    [Fact]
    public async Task CancellingIsAnsweredAtOnceAndRefusedAfterTheEnd()
    {
        (await Start("r")).Succeeded();
        Assert.Equal("CANCELLING", (await Aws.Events("CancelReplay", """{"ReplayName":"r"}""")).Succeeded().Json.GetProperty("State").GetString());
        (await Start("s")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        (await Aws.Events("CancelReplay", """{"ReplayName":"s"}""")).Failed(400, "IllegalStatusException");
    }

    private Task<Answer> Start(string name, string archive = "a", string bus = "default", string? filter = null, int seconds = 3600)
    {
        long start = Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds();
        string filters = filter is null ? "" : $",\"FilterArns\":[\"{filter}\"]";
        return Aws.Events("StartReplay", string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"ReplayName":"{{{name}}}","EventSourceArn":"arn:aws:events:eu-west-1:123456789012:archive/{{{archive}}}","EventStartTime":{{{start}}},"EventEndTime":{{{start + seconds}}},"Destination":{"Arn":"{{{Bus}}}{{{bus}}}"{{{filters}}}} }"""));
    }
}
