using EventBridgeOps.Archives;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Core.Tests.Archives;

/// <summary>What becomes of replays: waiting, listing, cancelling.</summary>
public sealed class ReplayCourseTests : ReplayTest
{
    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html: "The value returned for EventLastReplayedTime indicates the time within the specified time range associated with the last event replayed."</summary>
    [Fact]
    public async Task A_replay_is_followed_by_the_time_of_its_last_event()
    {
        Rule("audit", targets: [Queue()]);
        long from = Noon.AddHours(-2).ToUnixTimeSeconds();
        foreach ((string State, long? Last) step in new (string, long?)[] { ("STARTING", null), ("RUNNING", from + 1800), ("RUNNING", from + 3600), ("COMPLETED", from + 5000) })
            Fake.Course.Enqueue(step);
        string? started = null;

        Replay replay = await StartAsync(Options("2h", "1h") with { Wait = true, Started = name => started = name });

        Assert.Equal((ReplayState.Completed, 100, started), (replay.State, replay.Percent, replay.ReplayName));
        Assert.Equal([0, 50, 100], Run.ProgressSeen.Where(progress => progress.Total == 100).Select(progress => progress.Done));
        Assert.Single(replay.Rules);
        Assert.Empty(Run.Failures);
    }

    [Theory]
    [InlineData("FAILED", "Replay mine failed. EventBridge states no reason.")]
    [InlineData("CANCELLED", "Replay mine was cancelled before it was completed.")]
    public async Task A_replay_that_ends_otherwise_has_failed(string state, string said)
    {
        Rule("audit", targets: [Queue()]);
        Fake.Course.Enqueue((state, null));
        Replay replay = await StartAsync(Options() with { Wait = true, ReplayName = "mine" });
        Assert.Equal((ErrorIds.ReplayFailed, said), (Assert.Single(Run.Failures).Error.ErrorId, replay.Reason));
    }

    [Fact]
    public async Task The_wait_ends_and_the_replay_goes_on()
    {
        Rule("audit", targets: [Queue()]);
        Replay replay = await StartAsync(Options() with { Wait = true, ReplayName = "mine", TimeoutSeconds = 60 });
        Assert.Equal((ErrorIds.WaitTimeout, ReplayState.Starting), (replay.ErrorId, replay.State));
        Assert.Equal("Replay mine did not end within 60 seconds. It goes on. To follow it, run replay list mine. To cancel it, run replay cancel mine.", replay.Reason);
        Assert.Empty(Fake.Cancelled);
    }

    [Fact]
    public async Task Replays_are_selected_by_name_archive_and_state()
    {
        Fake.Replay("one", "RUNNING", "a", last: 25).Replay("two", "COMPLETED", "a").Replay("other", "RUNNING", "b");
        Assert.Equal(["one: 25", "other: ", "two: 100"], await ListAsync(new ReplayQuery()));
        Assert.Equal(["one: 25", "two: 100"], await ListAsync(new ReplayQuery { ArchiveName = ["a"] }));
        Assert.Equal(["one: 25", "other: "], await ListAsync(new ReplayQuery { ReplayName = ["o*"], State = ["running"] }));
        Assert.Equal(["two: 100"], await ListAsync(new ReplayQuery { ReplayName = ["two"] }));
        Assert.Empty(await ListAsync(new ReplayQuery { ReplayName = ["none"] }));
        Assert.Equal(ErrorIds.ResourceNotFound, Assert.Single(Run.Failures).Error.ErrorId);
        Assert.Contains("'Done' is not a state of a replay.", Assert.Throws<OpsException>(() => new ReplayQuery { State = ["Done"] }.Check()).Message, StringComparison.Ordinal);

        async Task<List<string>> ListAsync(ReplayQuery query) => [.. (await new ReplayReader(Fake, Run.Retry).ReadAsync(query, Run, Run.Token).ToListAsync(Run.Token)).Select(replay => $"{replay.ReplayName}: {replay.Percent}")];
    }

    /// <summary>CancelReplay of a completed replay was answered CANCELLING by AWS (LocalStack's test_archive_and_replay.snapshot.json), so the answer proves nothing.</summary>
    [Fact]
    public async Task A_replay_that_has_ended_is_not_cancelled()
    {
        Fake.Replay("done", "COMPLETED").Replay("going", "RUNNING").Replay("stopping", "CANCELLING");
        Assert.Equal([ReplayState.Completed, ReplayState.Cancelling, ReplayState.Cancelling], (await CancelAsync("done", "going", "stopping")).Select(replay => replay.State));
        Assert.Equal(["going"], Fake.Cancelled);
        Assert.Equal(["Replay done has already ended (Completed), so it was not cancelled.", "Replay stopping is being cancelled already."], Run.Warnings);
    }

    [Fact]
    public async Task A_replay_that_ends_meanwhile_is_not_an_error()
    {
        Fake.Replay("r", "RUNNING");
        Fake.BeforeCancel = () =>
        {
            Fake.Replay("r", "COMPLETED");
            throw FakeArchives.Error("IllegalStatusException");
        };
        Assert.Equal(ReplayState.Completed, Assert.Single(await CancelAsync("r")).State);
        Assert.Empty(Run.Failures);
    }

    [Fact]
    public async Task What_if_cancels_nothing_and_a_missing_replay_does_not_stop_the_rest()
    {
        Fake.Replay("r", "RUNNING");
        Assert.Equal(ReplayState.WouldCancel, Assert.Single(await new ReplayStopper(Fake, Run.Retry).RunAsync(["none", "r"], (_, _) => Task.FromResult(Approval.WhatIf), Run, Run.Token).ToListAsync(Run.Token)).State);
        Assert.Empty(Fake.Cancelled);
        Assert.Equal("none", Assert.Single(Run.Failures).Target);
    }

    [Fact]
    public async Task Archives_are_listed_with_what_only_a_description_has()
    {
        Fake.Archive("b", bus: "default", days: 30, pattern: """{"source":["s"]}""");
        ArchiveReader reader = new(Fake, Run.Retry);
        List<EventArchive> all = await reader.ReadAsync(new ArchiveQuery(), Run, Run.Token).ToListAsync(Run.Token);
        Assert.Equal([("a", "bus", false, 0), ("b", "default", true, 30)], all.Select(archive => (archive.ArchiveName, archive.EventBusName, archive.IsFiltered, archive.RetentionDays)));
        Assert.Equal("b", Assert.Single(await reader.ReadAsync(new ArchiveQuery { EventBusName = ["def*"] }, Run, Run.Token).ToListAsync(Run.Token)).ArchiveName);
        Assert.Equal("a", Assert.Single(await reader.ReadAsync(new ArchiveQuery { ArchiveName = [all[0].Arn!] }, Run, Run.Token).ToListAsync(Run.Token)).ArchiveName);
    }

    private Task<List<Replay>> CancelAsync(params string[] names) => new ReplayStopper(Fake, Run.Retry).RunAsync(names, Run.Yes, Run, Run.Token).ToListAsync(Run.Token);
}
