using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Plans;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Several pushes of one repository: each is judged by what the job definition runs by then, and by when it was pushed.</summary>
public sealed class PushOrderTests
{
    private const string App = ImageAccount.Registry + "/team/app";
    private const string Ten = "2030-01-01T10:00:00Z";
    private const string Eleven = "2030-01-01T11:00:00Z";
    private const string PushedAt = "EventBridgeOps:ImagePushedAt";

    [Fact]
    public async Task A_push_that_goes_back_to_the_first_image_is_the_third_revision()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("roll", ImageAccount.Registry + "/roll:v1");

        List<BatchImageUpdate> results = await account.UpdateAsync(
            account.Pushes(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Cases", "ecr-push-back.jsonl"), Given.Token)), new ImageUpdateOptions { SkipImageCheck = true });

        Assert.Equal([("roll:v1", "roll:v2", 1, 2, SyncStatus.Updated), ("roll:v2", "roll:v1", 2, 3, SyncStatus.Updated)], results.Select(Step));
        Assert.Equal([":v1", ":v2", ":v1"], (await account.RevisionsAsync("roll")).Select(revision => revision.Image()!.Split("roll")[1]));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("job")]
    public async Task The_second_push_of_a_run_starts_from_the_first(string jobDefinition)
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string pushes = await account.PushedAsync("team/app", "v3", Ten) + "\n" + await account.PushedAsync("team/app", "v4", Eleven);

        List<BatchImageUpdate> results = await account.UpdateAsync(account.Pushes(pushes).Select(push => push with { JobDefinition = [jobDefinition] }));

        Assert.Equal([("team/app:v1", "team/app:v3", 1, 2, SyncStatus.Updated), ("team/app:v3", "team/app:v4", 2, 3, SyncStatus.Updated)], results.Select(Step));
    }

    [Fact]
    public async Task An_older_push_does_not_replace_a_newer_one_of_the_same_run()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string pushes = await account.PushedAsync("team/app", "v4", Eleven) + "\n" + await account.PushedAsync("team/app", "v3", Ten);

        List<BatchImageUpdate> results = await account.UpdateAsync(account.Pushes(pushes));

        Assert.Equal([("team/app:v1", "team/app:v4", 1, 2, SyncStatus.Updated), ("team/app:v4", "team/app:v3", 2, 2, SyncStatus.Skipped)], results.Select(Step));
        Assert.Equal("the image was pushed at 2030-01-01T10:00:00Z, but an image that was pushed later, at 2030-01-01T11:00:00Z, was already applied to job:2; to use the older image, specify it with ImageTag or ImageDigest", results[1].Reason);
        Assert.Equal(App + ":v4", (await account.RevisionsAsync("job"))[^1].Image());
    }

    [Fact]
    public async Task An_older_push_does_not_replace_a_newer_one_of_another_run_and_what_is_asked_for_always_does()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        (string older, string newer) = (await account.PushedAsync("team/app", "v3", Ten), await account.PushedAsync("team/app", "v4", Eleven));

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync(account.Pushes(newer))).Status);
        Assert.Equal("123456789012/eu-west-1/team/app=" + Eleven, Tag((await account.RevisionsAsync("job"))[^1]));
        Assert.Equal(SyncStatus.Skipped, Assert.Single(await account.UpdateAsync(account.Pushes(older))).Status);
        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "v3")).Status);
        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync(account.Pushes(newer))).Status);

        Assert.Equal([":v1", ":v4", ":v3", ":v4"], (await account.RevisionsAsync("job")).Select(revision => revision.Image()![App.Length..]));
    }

    [Fact]
    public async Task A_newer_push_that_was_registered_after_the_plan_was_made_stays()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule
        {
            Operation = "DescribeJobDefinitions", After = 1, Times = 1,
            Fault = Fault.ChangeUnderfoot("batch", "RegisterJobDefinition", $$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{App}}}:v9"},"tags":{"{{{PushedAt}}}":"123456789012/eu-west-1/team/app={{{Eleven}}}"}}"""),
        });

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync(account.Pushes(await account.PushedAsync("team/app", "v3", Ten))));

        Assert.Equal((SyncStatus.Skipped, null), (update.Status, update.ErrorId));
        Assert.Contains("job:2 was registered after the plan was made, with an image that was pushed later", update.Reason, StringComparison.Ordinal);
        Assert.Empty(account.Failures);
        Assert.Equal([":v1", ":v9"], (await account.RevisionsAsync("job")).Select(revision => revision.Image()![App.Length..]));
    }

    [Fact]
    public async Task The_image_before_is_the_one_that_was_replaced_and_not_the_one_that_was_planned_for()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add(new FaultRule
        {
            Operation = "DescribeJobDefinitions", After = 1, Times = 1,
            Fault = Fault.ChangeUnderfoot("batch", "RegisterJobDefinition", $$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{App}}}:v7"}}"""),
        });

        Assert.Equal(("team/app:v7", "team/app:v2", 2, 3, SyncStatus.Updated), Step(Assert.Single(await account.UpdateAsync("team/app", "v2"))));
    }

    [Fact]
    public async Task Pushes_of_other_repositories_have_an_order_of_their_own()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.RepositoryAsync("team/side");
        await account.BatchAsync("RegisterJobDefinition", $$$"""
            {"jobDefinitionName":"two","type":"container","ecsProperties":{"taskProperties":[{"containers":[
            {"name":"app","image":"{{{App}}}:v1"},{"name":"side","image":"{{{ImageAccount.Registry}}}/team/side:v1"}]}]}}
            """);
        string app = await account.PushedAsync("team/app", "v3", Eleven);
        string side = await account.PushedAsync("team/side", "v3", Ten);

        Assert.All(await account.UpdateAsync(account.Pushes(app)), update => Assert.Equal(SyncStatus.Updated, update.Status));
        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync(account.Pushes(side))).Status);

        JsonObject made = (await account.RevisionsAsync("two"))[^1];
        Assert.Equal($"123456789012/eu-west-1/team/app={Eleven} 123456789012/eu-west-1/team/side={Ten}", Tag(made));
        Assert.Equal([":v3", ":v3"], made["ecsProperties"]!["taskProperties"]![0]!["containers"]!.AsArray().Select(container => ((string)container!["image"]!)[^3..]));
    }

    [Fact]
    public async Task What_if_asks_about_each_push_on_what_the_one_before_would_lead_to()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string pushes = await account.PushedAsync("team/app", "v4", Eleven) + "\n" + await account.PushedAsync("team/app", "v3", Ten) + "\n" + await account.PushedAsync("team/app", "v5", Eleven);

        List<BatchImageUpdate> results = await account.UpdateAsync(account.Pushes(pushes), approve: (_, _) => Task.FromResult(Approval.WhatIf));

        Assert.Equal([("team/app:v1", "team/app:v4", 1, 1, SyncStatus.WouldUpdate), ("team/app:v4", "team/app:v3", 1, 1, SyncStatus.Skipped), ("team/app:v4", "team/app:v5", 1, 1, SyncStatus.WouldUpdate)], results.Select(Step));
        Assert.Single(await account.RevisionsAsync("job"));
    }

    [Fact]
    public async Task A_plan_of_several_pushes_makes_one_revision_with_all_of_them()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.RepositoryAsync("team/side");
        await account.BatchAsync("RegisterJobDefinition", $$$"""
            {"jobDefinitionName":"job","type":"container","ecsProperties":{"taskProperties":[{"containers":[
            {"name":"app","image":"{{{App}}}:v1"},{"name":"side","image":"{{{ImageAccount.Registry}}}/team/side:v1"}]}]}}
            """);
        string pushes = await account.PushedAsync("team/app", "v3", Ten) + "\n" + await account.PushedAsync("team/side", "v2", Ten) + "\n" + await account.PushedAsync("team/app", "v4", Eleven);
        string path = Path.Combine(account.Folder, "plan.json");

        await account.UpdateAsync(account.Pushes(pushes), new ImageUpdateOptions { PlanPath = path });

        ChangePlan plan = ChangePlan.Parse(await File.ReadAllTextAsync(path, Given.Token));
        Assert.Equal(
            ["/ecsProperties/taskProperties/0/containers/0/image :v1 :v4", "/ecsProperties/taskProperties/0/containers/1/image :v1 :v2"],
            Assert.Single(plan.Items).Edits.Where(edit => edit.Path[0] != "tags").Select(edit => $"{edit.Pointer} {((string)edit.Before!)[^3..]} {((string)edit.After!)[^3..]}"));
    }

    [Theory]
    [InlineData(48, "", true)]
    [InlineData(49, "", false)]
    [InlineData(38, ",\"propagateTags\":true", true)]
    [InlineData(39, ",\"propagateTags\":true", false)]
    [InlineData(45, ",\"propagateTags\":true", false)]
    public async Task Where_there_is_no_room_for_the_time_it_is_said(int tags, string more, bool fits)
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.DefineImageAsync("job", App + ":v1", $$""","tags":{{{string.Join(',', Enumerable.Range(0, tags).Select(i => $"\"tag{i}\":\"x\""))}}}{{more}}""");

        await account.UpdateAsync(account.Pushes(await account.PushedAsync("team/app", "v3", Ten)));

        Assert.Equal(fits ? [] : ["The new revision of job:2 has no room for the tag with the time of the push. In a later run, an image that was pushed earlier can replace this one."], account.Warnings);
        JsonObject sent = account.Sent("RegisterJobDefinition")[^1]["tags"]!.AsObject();
        Assert.Equal(fits, sent.ContainsKey(PushedAt));
        Assert.InRange(sent.Count, tags, more.Length == 0 ? 50 : Math.Max(tags, 40));
    }

    [Fact]
    public async Task An_undo_takes_the_time_of_the_push_back_too()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.UpdateAsync(account.Pushes(await account.PushedAsync("team/app", "v3", Ten)));
        await account.UpdateAsync(account.Pushes(await account.PushedAsync("team/app", "v4", Eleven)));

        await account.UndoAsync(account.Session.Get<ChangeJournal>().Read()[^1]);

        JsonObject made = (await account.RevisionsAsync("job"))[^1];
        Assert.Equal((App + ":v3", "123456789012/eu-west-1/team/app=" + Ten), (made.Image(), Tag(made)));
    }

    private static (string?, string?, int?, int?, SyncStatus) Step(BatchImageUpdate update) =>
        (Short(update.PreviousImage), Short(update.Image), update.PreviousRevision, update.Revision, update.Status);

    private static string? Short(string? image) => image?[(ImageAccount.Registry.Length + 1)..];

    private static string? Tag(JsonObject revision) => (string?)revision["tags"]![PushedAt];
}
