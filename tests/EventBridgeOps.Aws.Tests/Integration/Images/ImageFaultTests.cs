using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Whatever goes wrong on the way, there is one new revision and no more.</summary>
public sealed class ImageFaultTests
{
    private const string App = ImageAccount.Registry + "/team/app";

    public static TheoryData<string, Fault> Faults => new()
    {
        { "throttled", Fault.Throttle() },
        { "failed inside", Fault.InternalError() },
        { "unavailable", Fault.InternalError(503) },
        { "reset before the effect", Fault.ResetBefore() },
        { "reset after the effect", Fault.ResetAfter() },
        { "cut off", Fault.CutOffBody() },
        { "malformed", Fault.Malformed() },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_registration_that_is_answered_badly_is_made_once(string kind, Fault fault)
    {
        Assert.NotEmpty(kind);
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add("RegisterJobDefinition", fault, times: 1);

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2"));

        Assert.Equal((SyncStatus.Updated, true, 2), (update.Status, update.Verified, update.Revision));
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
        ChangeItem item = Assert.Single(Assert.Single(account.Session.Get<ChangeJournal>().Read()).Items);
        Assert.Equal((ChangeItemStatus.Written, "job:1", "job:2"), (item.Status, item.From, item.To));
    }

    [Fact]
    public async Task An_effect_that_shows_late_is_waited_for()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add("RegisterJobDefinition", Fault.ResetAfter(), times: 1);
        account.Sandbox.Faults.Add("RegisterJobDefinition", Fault.HoldEffect(2), times: 1);

        Assert.Equal((SyncStatus.Updated, 2), Assert.Single(await account.UpdateAsync("team/app", "v2")) is var update ? (update.Status, update.Revision) : default);
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
    }

    [Fact]
    public async Task A_throttle_between_the_look_and_the_registration_is_sat_out()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "DescribeJobDefinitions", After = 1, Times = 9, Fault = Fault.Throttle() });

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "v2")).Status);
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
    }

    [Fact]
    public async Task A_registration_that_is_refused_is_not_tried_again()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        int before = account.Count("RegisterJobDefinition");
        account.Sandbox!.Faults.Add("RegisterJobDefinition", Fault.Error(403, "AccessDeniedException", "User: x is not authorized to perform: batch:RegisterJobDefinition"));

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2"));

        Assert.Equal((SyncStatus.Failed, ErrorIds.AccessDenied, 1), (update.Status, update.ErrorId, update.Revision));
        Assert.Equal(1, account.Count("RegisterJobDefinition") - before);
        Assert.Equal(ChangeStatus.Failed, Assert.Single(account.Session.Get<ChangeJournal>().Read()).Status);
    }

    [Fact]
    public async Task Whoever_is_quicker_with_the_same_image_is_not_repeated()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule
        {
            Operation = "DescribeJobDefinitions", After = 1, Times = 1,
            Fault = Fault.ChangeUnderfoot("batch", "RegisterJobDefinition", $$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{App}}}:v2"}}"""),
        });

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2"));

        Assert.Equal((SyncStatus.AlreadyCurrent, 2), (update.Status, update.Revision));
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
        Assert.Empty(account.Session.Get<ChangeJournal>().Read());
    }

    [Fact]
    public async Task What_somebody_else_registered_meanwhile_is_what_the_new_revision_is_made_from()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule
        {
            Operation = "DescribeJobDefinitions", After = 1, Times = 1,
            Fault = Fault.ChangeUnderfoot("batch", "RegisterJobDefinition", $$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{App}}}:v1","command":["new"]}}"""),
        });

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2"));
        JsonObject made = (await account.RevisionsAsync("job"))[^1];

        Assert.Equal((SyncStatus.Updated, 2, 3), (update.Status, update.PreviousRevision, update.Revision));
        Assert.Equal((App + ":v2", "new"), (made.Image(), (string?)made["containerProperties"]!["command"]![0]));
    }

    [Fact]
    public async Task A_revision_that_never_shows_is_told()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "DescribeJobDefinitions", BodyContains = "jobDefinitions", Fault = Fault.Malformed("""{"jobDefinitions":[]}""") });

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2"));

        Assert.Equal((SyncStatus.Failed, ErrorIds.NotVerified, 2), (update.Status, update.ErrorId, update.Revision));
    }

    [Fact]
    public async Task A_storm_costs_no_job_definition_and_makes_none_twice()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.PushAsync("team/app", "v2");
        for (int i = 0; i < 40; i++)
            await account.DefineImageAsync($"job-{i:00}", App + ":v1");
        foreach (Fault fault in new[] { Fault.Throttle(), Fault.InternalError(), Fault.ResetBefore(), Fault.ResetAfter() })
            account.Sandbox!.Faults.Add(new FaultRule { Probability = 0.06, Fault = fault });

        List<BatchImageUpdate> results = await account.UpdateAsync("team/app", "v2");
        account.Sandbox!.Faults.Clear();

        Assert.Equal(40, results.Count(result => result is { Status: SyncStatus.Updated, Verified: true, Revision: 2 }));
        for (int i = 0; i < 40; i++)
            Assert.Equal(2, (await account.RevisionsAsync($"job-{i:00}")).Count);
    }
}
