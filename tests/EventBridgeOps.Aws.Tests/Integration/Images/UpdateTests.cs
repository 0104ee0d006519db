using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Sandbox.Doors;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>A pushed image comes to the job definitions that run its repository, over HTTP.</summary>
public sealed class UpdateTests(MotoFixture moto)
{
    private const string App = ImageAccount.Registry + "/team/app";

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task A_push_leads_to_a_new_revision_and_the_targets_follow(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);
        string bus = "image-" + engine;
        await account.RepositoryAsync("news/" + engine);
        string image = $"{ImageAccount.Registry}/news/{engine}";
        await account.DefineImageAsync("news-ocr-" + engine, image + ":v1", ""","retryStrategy":{"attempts":3},"tags":{"team":"news"},"timeout":{"attemptDurationSeconds":600}""");
        await account.DefineImageAsync("news-other-" + engine, "busybox:1");
        await account.EventsAsync("CreateEventBus", $$"""{"Name":"{{bus}}"}""");
        await account.RuleAsync(bus, "on-upload", Account.Target("t", $"news-ocr-{engine}:1"));

        string digest = await account.PushAsync("news/" + engine, "v2");
        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("news/" + engine, "v2"));
        List<TargetSyncResult> synced = await account.SyncAsync(await account.ScanAsync(bus));

        Assert.Empty(account.Failures);
        Assert.Equal(("news-ocr-" + engine, 1, 2, SyncStatus.Updated, true), (update.JobDefinitionName, update.PreviousRevision, update.Revision, update.Status, update.Verified));
        Assert.Equal((image + ":v1", image + ":v2", digest), (update.PreviousImage, update.Image, update.Digest));
        Assert.Equal(["default"], update.Containers);
        JsonObject made = (await account.RevisionsAsync("news-ocr-" + engine))[1];
        Assert.Equal(image + ":v2", made.Image());
        Assert.Equal(3, (int)made["retryStrategy"]!["attempts"]!);
        Assert.Equal(("news", "1", digest), ((string?)made["tags"]!["team"], (string?)made["tags"]!["EventBridgeOps:PreviousRevision"], (string?)made["tags"]!["EventBridgeOps:ImageDigest"]));
        Assert.Equal($"news-ocr-{engine}:2", Assert.Single(synced).To);

        BatchImageUpdate again = Assert.Single(await account.UpdateAsync("news/" + engine, "v2"));
        Assert.Equal((SyncStatus.AlreadyCurrent, 2), (again.Status, again.Revision));
    }

    [Fact]
    public async Task What_if_looks_and_writes_nothing()
    {
        await using Account account = await ReadyAsync();
        BatchImageUpdate result = Assert.Single(await account.UpdateAsync("team/app", "v2", approve: (change, _) =>
        {
            Assert.Equal(("job-definition/job:1", "Register a new revision of job definition job (default: app:v1 -> :v2)"), (change.Target, change.Action.ToString()));
            return Task.FromResult(Approval.WhatIf);
        }));

        Assert.Equal(SyncStatus.WouldUpdate, result.Status);
        Assert.Single(await account.RevisionsAsync("job"));
        Assert.Empty(account.Session.Get<ChangeJournal>().Read());
    }

    [Fact]
    public async Task One_look_at_the_image_and_one_proof_serve_many_job_definitions()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.PushAsync("team/app", "v2");
        for (int i = 0; i < 30; i++)
            await account.DefineImageAsync($"job-{i:00}", App + ":v1");
        account.Sandbox!.ClearCalls();

        List<BatchImageUpdate> results = await account.UpdateAsync("team/app", "v2");

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"job-{i:00}"), results.Select(result => result.JobDefinitionName));
        Assert.All(results, result => Assert.True(result.Verified));
        Assert.Equal((1, 30, 1 + 30 + 1), (account.Count("DescribeImages"), account.Count("RegisterJobDefinition"), account.Count("DescribeJobDefinitions")));
    }

    [Fact]
    public async Task A_pinned_digest_takes_the_place_of_the_tag()
    {
        await using Account account = await ReadyAsync();
        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { PinDigest = true }));

        Assert.Equal($"{App}@{update.Digest}", (await account.RevisionsAsync("job"))[1].Image());
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { PinDigest = true })).Status);
    }

    [Fact]
    public async Task An_image_that_is_missing_changes_nothing()
    {
        await using Account account = await ReadyAsync();
        BatchImageUpdate missing = Assert.Single(await account.UpdateAsync("team/app", "v9"));
        await account.DefineImageAsync("lost", ImageAccount.Registry + "/team/gone:v1");
        BatchImageUpdate gone = Assert.Single(await account.UpdateAsync("team/gone", "v1.1"));

        Assert.Equal((SyncStatus.Failed, ErrorIds.ImageNotFound, 1), (missing.Status, missing.ErrorId, missing.Revision));
        Assert.Equal((SyncStatus.Failed, ErrorIds.ImageNotFound), (gone.Status, gone.ErrorId));
        Assert.Contains("Repository team/gone", gone.Reason, StringComparison.Ordinal);
        Assert.Equal(2, account.Failures.Count);
        Assert.Equal(0, account.Sandbox!.Calls.Count(call => call.Operation == "RegisterJobDefinition" && call.Body!.Contains("v9", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_image_on_its_way_is_waited_for()
    {
        await using Account account = await ReadyAsync();
        account.Sandbox!.Faults.Add("DescribeImages", Fault.Error(400, "ImageNotFoundException", "not yet"), times: 5);
        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { WaitForImage = true })).Status);

        BatchImageUpdate never = Assert.Single(await account.UpdateAsync("team/app", "v9", new ImageUpdateOptions { WaitForImage = true, WaitTimeout = TimeSpan.FromSeconds(60) }));
        Assert.Equal(ErrorIds.ImageNotFound, never.ErrorId);
        Assert.Contains("within 60 seconds", never.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{"findingSeverityCounts":{"CRITICAL":2,"LOW":9}}}""", FindingSeverity.High, true)]
    [InlineData("""{"imageScanStatus":{"status":"ACTIVE"},"imageScanFindings":{"findingSeverityCounts":{"MEDIUM":1}}}""", FindingSeverity.Low, true)]
    [InlineData("""{"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{"findingSeverityCounts":{"HIGH":7}}}""", FindingSeverity.High, false)]
    [InlineData("""{"imageScanStatus":{"status":"IN_PROGRESS"},"imageScanFindings":{"findingSeverityCounts":{"CRITICAL":7}}}""", FindingSeverity.Low, false)]
    [InlineData("""{"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{}}""", FindingSeverity.Informational, false)]
    public async Task Findings_of_a_completed_scan_bar(string scan, FindingSeverity most, bool bars)
    {
        await using Account account = await ReadyAsync();
        account.Sandbox!.Faults.Add("DescribeImageScanFindings", Fault.Malformed(scan));
        BatchImageUpdate result = Assert.Single(await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { MaxSeverity = most }));

        Assert.Equal(bars ? ErrorIds.ImageBarred : null, result.ErrorId);
        Assert.Equal(bars ? 1 : 2, (await account.RevisionsAsync("job")).Count);
        Assert.Equal(scan.Contains("IN_PROGRESS", StringComparison.Ordinal) ? 1 : 0, account.Warnings.Count);
    }

    [Theory]
    [InlineData("amd64", "ARM64", true)]
    [InlineData("arm64", "X86_64", true)]
    [InlineData("arm64", "ARM64", false)]
    [InlineData("arm64", null, false)]
    public async Task A_platform_that_does_not_fit_is_warned_of(string architecture, string? declared, bool warns)
    {
        await using Account account = await ReadyAsync();
        string index = $$$"""{"schemaVersion":2,"mediaType":"{{{ImageAccount.IndexType}}}","manifests":[{"digest":"sha256:1","platform":{"os":"linux","architecture":"{{{architecture}}}"}},{"digest":"sha256:2","platform":{"os":"unknown","architecture":"unknown"}}]}""";
        await account.PushAsync("team/app", "multi", index, ImageAccount.IndexType);
        string platform = declared is null ? "" : $$""","runtimePlatform":{"cpuArchitecture":"{{declared}}"}""";
        await account.BatchAsync("RegisterJobDefinition", $$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{App}}}:v1"{{{platform}}}}}""");

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "multi")).Status);
        Assert.Equal(warns, account.Warnings.Any(warning => warning.Contains($"runs on {declared}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_checked_is_said_and_passed_through()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("public", "public.ecr.aws/team/tool:1");
        await account.DefineImageAsync("hub", "busybox:1");

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync(ImageSelection.ForUri("public.ecr.aws/team/tool:2"))).Status);
        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("busybox", "2")).Status);
        BatchImageUpdate pinned = Assert.Single(await account.UpdateAsync("busybox", "3", new ImageUpdateOptions { PinDigest = true }));

        Assert.Equal("busybox:2", (await account.RevisionsAsync("hub"))[^1].Image());
        Assert.Equal(ErrorIds.ImageUnresolved, pinned.ErrorId);
        Assert.Equal(0, account.Count("DescribeImages"));
        Assert.All(account.Warnings, warning => Assert.Contains("was not checked", warning, StringComparison.Ordinal));
        Assert.Equal(3, account.Warnings.Count);
    }

    [Fact]
    public async Task One_image_is_one_however_it_is_written_and_stays_written_so()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        string[] images = ["python:3.12", "docker.io/library/python:3.12", "index.docker.io/python", "registry-1.docker.io/library/python:3.12", "Docker.io:443/library/python:3.12", "team/python:3.12", "ghcr.io/library/python:3.12"];
        for (int i = 0; i < images.Length; i++)
            await account.DefineImageAsync($"h-{i}", images[i]);

        List<BatchImageUpdate> results = await account.UpdateAsync(ImageSelection.ForUri("docker.io/library/python:3.13"));

        Assert.Equal(
            ["python:3.13", "docker.io/library/python:3.13", "index.docker.io/python:3.13", "registry-1.docker.io/library/python:3.13", "Docker.io:443/library/python:3.13"],
            results.Select(result => result.Image));
        Assert.All(await account.UpdateAsync(ImageSelection.ForUri("python:3.13")), result => Assert.Equal(SyncStatus.AlreadyCurrent, result.Status));
        Assert.Equal(6, (await account.UpdateAsync("python", "3.14")).Count + (await account.UpdateAsync("team/python", "3.14")).Count);
    }

    [Fact]
    public async Task The_default_tag_is_the_same_image_when_it_is_written()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("hub", "python");

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync("python", "latest"));

        Assert.Equal((SyncStatus.AlreadyCurrent, "python"), (update.Status, update.Image));
        Assert.Single(await account.RevisionsAsync("hub"));
    }

    [Fact]
    public async Task A_registry_is_asked_in_its_own_region_and_account()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("far", "999999999999.dkr.ecr.us-east-2.amazonaws.com/team/app:v1");
        await account.UpdateAsync("team/app", "v2");

        SandboxCall call = Assert.Single(account.Sandbox!.Calls, call => call.Operation == "DescribeImages");
        Assert.Equal("us-east-2", call.Region);
        Assert.Equal("999999999999", (string?)Given.Document(call.Body!)["registryId"]);
        Assert.Equal(ErrorIds.ImageNotFound, Assert.Single(account.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task Names_narrow_and_what_is_named_must_be_there()
    {
        await using Account account = await ReadyAsync();
        await account.DefineImageAsync("news-a", App + ":v1");
        await account.DefineImageAsync("news-b", "busybox:1");

        Assert.Equal(["news-a"], (await account.UpdateAsync("team/app", "v2", null, null, "news*")).Select(result => result.JobDefinitionName));
        Assert.Equal([ErrorIds.JobDefinitionMissing, ErrorIds.ContainerNotFound], (await account.UpdateAsync("team/app", "v2", null, null, "none", "news-b:1")).Select(result => result.ErrorId));
        Assert.Empty(await account.UpdateAsync("team/app", "v2", null, null, "zzz*"));
        Assert.Contains("zzz*", account.Warnings[^1], StringComparison.Ordinal);
        Assert.Single(await account.RevisionsAsync("job"));
    }

    [Fact]
    public async Task Fifty_tags_leave_room_for_none_of_ours_and_tags_of_AWS_stay_out()
    {
        await using Account account = await ReadyAsync();
        string tags = string.Join(',', Enumerable.Range(0, 49).Select(i => $"\"tag{i}\":\"x\""));
        await account.DefineImageAsync("full", App + ":v1", $$""","tags":{{{tags}},"aws:cloudformation:stack-name":"s"}""");

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "v2", null, null, "full")).Status);
        string[] sent = [.. account.Sent("RegisterJobDefinition")[^1]["tags"]!.AsObject().Select(tag => tag.Key)];
        Assert.Equal(50, sent.Length);
        Assert.Contains("EventBridgeOps:UpdatedAt", sent);
        Assert.DoesNotContain("aws:cloudformation:stack-name", sent);
    }

    /// <summary>Job definition job runs team/app:v1, and v2 was pushed.</summary>
    internal static async Task<Account> ReadyAsync()
    {
        Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.PushAsync("team/app", "v2");
        await account.DefineImageAsync("job", App + ":v1");
        return account;
    }
}
