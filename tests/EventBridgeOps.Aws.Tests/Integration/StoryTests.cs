using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Scan, sync, verify and undo over HTTP, on both engines.</summary>
public sealed class StoryTests(MotoFixture moto)
{
    private const string Arn = "arn:aws:batch:eu-west-1:123456789012:job-definition/";

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task Drift_is_found_repaired_and_put_back(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);
        string bus = "story-" + engine;
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""");
        await account.DefineAsync("story", 3, 1);
        await account.DefineAsync("story-old", 1, 1);
        await account.RuleAsync(bus, "a",
            Account.Target("t1", "story:1", ""","RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600},"DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"}"""),
            Account.Target("t2", Arn + "story:2", ""","InputTransformer":{"InputPathsMap":{"k":"$.detail.k"},"InputTemplate":"{\"k\": <k>, \"ü\": \"✓ \\\"\"}"}"""),
            Account.Target("t3", "story:3"));
        await account.RuleAsync(bus, "b", Account.Target("t1", "story"), Account.Target("t2", "story-old:1"), """{"Id":"x","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""");

        List<TargetRevision> before = await account.ScanAsync(bus);
        List<TargetSyncResult> synced = await account.SyncAsync(before.Where(target => target.IsDrift() && target.State != RevisionState.Missing));
        List<TargetRevision> after = await account.ScanAsync(bus);
        Change change = Assert.Single(account.Session.Get<ChangeJournal>().Read());
        List<TargetSyncResult> undone = await account.UndoAsync(change);
        List<TargetRevision> back = await account.ScanAsync(bus);

        Assert.Equal([RevisionState.Inactive, RevisionState.Behind, RevisionState.Current, RevisionState.Floating, RevisionState.Missing], before.Select(target => target.State));
        Assert.Equal(["story:3", Arn + "story:3"], synced.Select(result => result.To));
        Assert.All(synced, result => Assert.Equal((SyncStatus.Updated, true, change.Id), (result.Status, result.Verified, result.ChangeId)));
        Assert.Equal([RevisionState.Current, RevisionState.Current, RevisionState.Current, RevisionState.Floating, RevisionState.Missing], after.Select(target => target.State));
        Assert.Equal(["/BatchParameters/JobDefinition"], DocumentDiff.Between(Document.Parse(before[1].Document), Document.Parse(after[1].Document)).Select(difference => difference.Pointer));
        Assert.All(undone, result => Assert.Equal(SyncStatus.Reverted, result.Status));
        Assert.All(before.Zip(back), pair => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair.First.Document), JsonNode.Parse(pair.Second.Document)), pair.Second.Document));
        Assert.Equal("123456789012", change.AccountId);
        Assert.Empty(account.Failures);
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task An_unknown_bus_and_rule_are_named(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);

        Assert.Empty(await account.ScanAsync("nowhere"));
        List<TargetSyncResult> results = await account.SyncAsync([new TargetRevision { EventBusName = "default", RuleName = "nothing", TargetId = "t", JobDefinition = "j:1", Document = Account.Target("t", "j:1") }]);

        Assert.Equal([ErrorIds.EventBusNotFound, ErrorIds.RuleNotFound], account.Failures.Select(failure => failure.Error.ErrorId));
        Assert.Contains("nowhere", account.Failures[0].Error.Message, StringComparison.Ordinal);
        Assert.Equal(SyncStatus.Failed, Assert.Single(results).Status);
    }
}
