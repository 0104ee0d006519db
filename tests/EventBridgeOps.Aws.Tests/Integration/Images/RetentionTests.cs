using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Older revisions go, but never one that is in use; and an update can be undone.</summary>
public sealed class RetentionTests
{
    private const string App = ImageAccount.Registry + "/team/app";

    [Fact]
    public async Task Older_revisions_go_and_those_in_use_stay()
    {
        await using Account account = await ReadyAsync(5);
        await account.EventsAsync("CreateEventBus", """{"Name":"other"}""");
        await account.RuleAsync("other", "nightly", Account.Target("t", "job:2"));
        await SubmitAsync(account, "job:3");

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 2 }));

        Assert.Equal([1, 4], update.Deregistered);
        Assert.Equal(["INACTIVE", "ACTIVE", "ACTIVE", "INACTIVE", "ACTIVE", "ACTIVE"], (await account.RevisionsAsync("job")).Select(revision => (string?)revision["status"]));
        Assert.Contains(account.Warnings, warning => warning.Contains("job:2 was kept because it is in use by", StringComparison.Ordinal) && warning.Contains("target other/nightly/t", StringComparison.Ordinal));
        Assert.Contains(account.Warnings, warning => warning.Contains("job:3 was kept because it is in use by", StringComparison.Ordinal) && warning.Contains("job work", StringComparison.Ordinal));
        Assert.Equal([ChangeItemKind.Registration, ChangeItemKind.Deregistration, ChangeItemKind.Deregistration], Assert.Single(account.Session.Get<ChangeJournal>().Read()).Items.Select(item => item.Kind));
        Assert.Empty(account.Failures);
    }

    [Fact]
    public async Task A_finished_job_holds_nothing()
    {
        await using Account account = await ReadyAsync(1);
        await SubmitAsync(account, "job:1");
        for (int i = 0; i < 6; i++)
            account.Sandbox!.AdvanceJobs();

        Assert.Equal([1], Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 1 })).Deregistered);
    }

    [Fact]
    public async Task Nothing_goes_where_not_all_users_can_be_seen()
    {
        await using Account account = await ReadyAsync(3);
        account.Sandbox!.Faults.Add("ListEventBuses", Fault.Error(403, "AccessDeniedException", "no"));

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 1 }));

        Assert.Equal(SyncStatus.Updated, update.Status);
        Assert.Empty(update.Deregistered);
        Assert.Equal(0, account.Count("DeregisterJobDefinition"));
        Assert.Contains(account.Warnings, warning => warning.StartsWith("No revision was deregistered", StringComparison.Ordinal));
        Assert.Equal(ErrorIds.AccessDenied, Assert.Single(account.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task What_if_tells_what_would_go()
    {
        await using Account account = await ReadyAsync(3);
        List<string> asked = [];
        await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 2 }, (change, _) =>
        {
            asked.Add($"{change.Action} {change.Target}");
            return Task.FromResult(Approval.WhatIf);
        });

        Assert.Equal(["Register a new revision of job definition job (default: app:v1 -> :v2) job-definition/job:3", "Deregister job definition revision job:1 job-definition/job:1", "Deregister job definition revision job:2 job-definition/job:2"], asked);
        Assert.Equal(0, account.Count("DeregisterJobDefinition"));
    }

    [Fact]
    public async Task An_undo_registers_the_previous_document_again_and_moves_the_targets()
    {
        await using Account account = await ReadyAsync(2, ""","tags":{"team":"news"},"parameters":{"token":"hunter2"}""");
        await account.RuleAsync("default", "r", Account.Target("pinned", "job:2"), Account.Target("arn", "arn:aws:batch:eu-west-1:123456789012:job-definition/job:2"), Account.Target("floats", "job"));
        await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 2 });
        await account.SyncAsync(await account.ScanAsync("default"));
        Change change = account.Session.Get<ChangeJournal>().Read()[0];

        List<TargetSyncResult> undone = await account.UndoAsync(change);
        IReadOnlyList<JsonObject> revisions = await account.RevisionsAsync("job");

        Assert.Empty(account.Failures);
        Assert.Equal(["job-definition/job Reverted job:3 job:4", "job-definition/job Skipped  job:1", "default/r/arn Reverted", "default/r/pinned Reverted"], undone.OrderBy(result => result.JobDefinitionName is null).Select(result =>
            $"{result} {result.Status}{(result.JobDefinitionName is null ? "" : $" {result.From} {result.To}")}"));
        Assert.Equal((App + ":v1", "hunter2", "news"), (revisions[3].Image(), (string?)revisions[3]["parameters"]!["token"], (string?)revisions[3]["tags"]!["team"]));
        Assert.Equal(["arn:aws:batch:eu-west-1:123456789012:job-definition/job:4", "job", "job:4"], (await account.ScanAsync("default")).Select(target => target.JobDefinition));
        Assert.Equal(ChangeStatus.Undone, account.Session.Get<ChangeJournal>().Find(change.Id).Status);
        Assert.DoesNotContain("hunter2", string.Concat(Directory.GetFiles(account.Folder).Select(File.ReadAllText)), StringComparison.Ordinal);

        // An undo can be undone, and repeating one changes nothing.
        Assert.All((await account.UndoAsync(change)).Where(result => result.JobDefinitionName is not null), result => Assert.NotEqual(SyncStatus.Reverted, result.Status));
        await account.UndoAsync(account.Session.Get<ChangeJournal>().Read()[^1]);
        Assert.Equal(App + ":v2", (await account.RevisionsAsync("job"))[^1].Image());
        Assert.Equal(["arn:aws:batch:eu-west-1:123456789012:job-definition/job:5", "job", "job:5"], (await account.ScanAsync("default")).Select(target => target.JobDefinition));
    }

    [Fact]
    public async Task What_if_of_an_undo_invents_no_revision_and_names_the_targets_that_follow()
    {
        await using Account account = await ReadyAsync(2);
        await account.RuleAsync("default", "r", Account.Target("pinned", "job:2"), Account.Target("floats", "job"));
        await account.UpdateAsync("team/app", "v2");
        await account.SyncAsync(await account.ScanAsync("default"));
        Change change = account.Session.Get<ChangeJournal>().Read()[0];
        List<string> operations = [];

        List<TargetSyncResult> preview = await PreviewAsync();
        Assert.Equal(["Register a new revision of job definition job that restores job:2", "Update target pinned of rule r from job:3 to the new revision"], operations);
        Assert.Equal([("job-definition/job", SyncStatus.WouldUpdate, "job:3", null), ("default/r/pinned", SyncStatus.WouldUpdate, "job:3", null)], preview.Select(result => ($"{result}", result.Status, result.From, result.To)));
        Assert.Equal(1, account.Count("RegisterJobDefinition") - 2); // the two that were there, and the update

        operations.Clear();
        await account.UndoAsync(change);
        TargetSyncResult undone = Assert.Single(await PreviewAsync());
        Assert.Equal((SyncStatus.AlreadyCurrent, "job:4", "job:4"), (undone.Status, undone.From, undone.To));
        Assert.StartsWith("already undone", undone.Reason, StringComparison.Ordinal);
        Assert.Empty(operations);

        await account.DefineImageAsync("job", App + ":v3");
        TargetSyncResult changed = Assert.Single(await PreviewAsync());
        Assert.Equal((SyncStatus.Failed, ErrorIds.TargetChanged), (changed.Status, changed.ErrorId));

        Task<List<TargetSyncResult>> PreviewAsync() => account.Session.Get<ChangeUndo>().RunAsync(change, new WriteOptions { WhatIf = true }, (planned, _) =>
        {
            operations.Add(planned.Action.ToString());
            return Task.FromResult(Approval.WhatIf);
        }, account, Given.Token).ListAsync();
    }

    [Fact]
    public async Task Two_images_of_one_job_definition_in_one_change_are_both_put_back()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        foreach (string repository in new[] { "team/app", "team/side" })
        {
            await account.RepositoryAsync(repository);
            await account.PushAsync(repository, "v2");
        }

        await account.BatchAsync("RegisterJobDefinition", $$$"""
            {"jobDefinitionName":"job","type":"container","ecsProperties":{"taskProperties":[{"containers":[
            {"name":"main","image":"{{{App}}}:v1"},{"name":"side","image":"{{{ImageAccount.Registry}}}/team/side:v1"}]}]}}
            """);
        await account.RuleAsync("default", "r", Account.Target("t", "job:2"));
        List<BatchImageUpdate> updates = await account.UpdateAsync(new[] { "team/app", "team/side" }.Select(repository => ImageSelection.ForRepository(repository, "v2", null, null)));
        Change change = Assert.Single(account.Session.Get<ChangeJournal>().Read());

        TargetSyncResult undone = (await account.UndoAsync(change))[0];
        IReadOnlyList<JsonObject> revisions = await account.RevisionsAsync("job");

        Assert.Equal([["main"], ["side"]], updates.Select(update => update.Containers));
        Assert.Equal(["job:1 job:2", "job:2 job:3"], change.Items.Select(item => $"{item.From} {item.To}"));
        Assert.Equal((SyncStatus.Reverted, "job:3", "job:4"), (undone.Status, undone.From, undone.To));
        Assert.True(JsonNode.DeepEquals(revisions[0]["ecsProperties"], revisions[3]["ecsProperties"]), revisions[3].ToJsonString());
        Assert.Equal("job:4", Assert.Single(await account.ScanAsync("default")).JobDefinition);
        Assert.Equal(ChangeStatus.Undone, account.Session.Get<ChangeJournal>().Find(change.Id).Status);
    }

    [Fact]
    public async Task An_undo_leaves_alone_what_somebody_registered_since()
    {
        await using Account account = await ReadyAsync(1);
        await account.UpdateAsync("team/app", "v2");
        await account.DefineImageAsync("job", App + ":v3");

        TargetSyncResult refused = Assert.Single(await account.UndoAsync(account.Session.Get<ChangeJournal>().Read()[0]));
        Assert.Equal((SyncStatus.Failed, ErrorIds.TargetChanged), (refused.Status, refused.ErrorId));
        Assert.Equal(3, (await account.RevisionsAsync("job")).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_in_flight_when_the_run_was_killed_is_undone_as_it_really_is(bool tookEffect)
    {
        ManualTimeProvider clock = new(); // of the account, where the call waits
        await using Account account = await ReadyAsync(1, clock: clock);
        using CancellationTokenSource killed = CancellationTokenSource.CreateLinkedTokenSource(Given.Token);
        account.Sandbox!.Faults.Add("RegisterJobDefinition", tookEffect ? Fault.LateAnswer(TimeSpan.FromMinutes(1)) : Fault.Slow(TimeSpan.FromMinutes(1)), times: 1);
        Task<List<BatchImageUpdate>> run = account.Session.Get<ImageUpdate>().RunAsync(
            Once(ImageSelection.ForRepository("team/app", "v2", null, null)), new ImageUpdateOptions(), (_, _) => Task.FromResult(Approval.Write), account, killed.Token).ListAsync();
        await clock.SomebodyWaitsAsync(Given.Token);
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Change change = Assert.Single(account.Session.Get<ChangeJournal>().Read());
        Assert.Equal(ChangeStatus.InFlight, change.Status);
        TargetSyncResult undone = Assert.Single(await account.UndoAsync(change));

        Assert.Equal(tookEffect ? SyncStatus.Reverted : SyncStatus.AlreadyCurrent, undone.Status);
        Assert.Equal(App + ":v1", (await account.RevisionsAsync("job"))[^1].Image());
        Assert.Equal(tookEffect ? 3 : 1, (await account.RevisionsAsync("job")).Count);
    }

    private static async IAsyncEnumerable<ImageSelection> Once(ImageSelection selection)
    {
        await Task.CompletedTask;
        yield return selection;
    }

    private static async Task<Account> ReadyAsync(int revisions, string more = "", TimeProvider? clock = null)
    {
        Account account = await ImageAccount.OnSandboxAsync(clock);
        await account.RepositoryAsync("team/app");
        await account.PushAsync("team/app", "v2");
        for (int i = 0; i < revisions; i++)
            await account.DefineImageAsync("job", App + ":v1", more);
        return account;
    }

    private static async Task SubmitAsync(Account account, string jobDefinition)
    {
        await account.BatchAsync("CreateComputeEnvironment", """{"computeEnvironmentName":"ce","type":"UNMANAGED"}""");
        await account.BatchAsync("CreateJobQueue", """{"jobQueueName":"main","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]}""");
        await account.BatchAsync("SubmitJob", $$"""{"jobName":"work","jobQueue":"main","jobDefinition":"{{jobDefinition}}"}""");
    }
}
