using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>What is specified by its digest stays so.</summary>
public sealed class PinnedImageTests
{
    private const string App = ImageAccount.Registry + "/team/app";

    private static readonly string Old = "sha256:" + new string('0', 64);

    [Theory]
    [InlineData(true, "", "@")]
    [InlineData(false, "", "@")]
    [InlineData(true, ":v1", ":v3@")]
    [InlineData(false, ":v1", ":v3@")]
    public async Task A_pinned_image_stays_pinned(bool byEvent, string tag, string expected)
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.DefineImageAsync("job", $"{App}{tag}@{Old}");
        string digest = await account.PushAsync("team/app", "v3");
        ImageSelection selection = byEvent ? Assert.Single(account.Pushes(ImageAccount.PushEvent("team/app", "v3", digest))) : ImageSelection.ForRepository("team/app", "v3", null, null);

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync(selection));

        Assert.Equal((SyncStatus.Updated, $"{App}{tag}@{Old}", $"{App}{expected}{digest}"), (update.Status, update.PreviousImage, update.Image));
        Assert.Equal($"{App}{expected}{digest}", (await account.RevisionsAsync("job"))[^1].Image());
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await account.UpdateAsync(selection)).Status);
        Assert.Empty(account.Warnings);
    }

    [Fact]
    public async Task Without_a_look_at_the_registry_an_event_has_the_digest_and_a_tag_alone_is_refused()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("job", $"{App}@{Old}");
        ImageUpdateOptions blind = new() { SkipImageCheck = true };
        string digest = "sha256:" + new string('3', 64);

        BatchImageUpdate refused = Assert.Single(await account.UpdateAsync("team/app", "v3", blind));
        BatchImageUpdate pushed = Assert.Single(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", "v3", digest)), blind));

        Assert.Equal((SyncStatus.Failed, ErrorIds.ImageUnresolved), (refused.Status, refused.ErrorId));
        Assert.Contains($"{App}@{Old} is specified by its digest, and the digest of {App}:v3 was not looked up. Specify the digest", refused.Reason, StringComparison.Ordinal);
        Assert.Equal($"{App}@{digest}", pushed.Image);
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
    }

    [Fact]
    public async Task A_pinned_image_of_another_registry_is_not_unpinned()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.DefineImageAsync("hub", "python@" + Old);
        string digest = "sha256:" + new string('3', 64);

        Assert.Equal(ErrorIds.ImageUnresolved, Assert.Single(await account.UpdateAsync(ImageSelection.ForUri("python:3.13"))).ErrorId);
        Assert.Equal("python:3.13@" + digest, Assert.Single(await account.UpdateAsync(ImageSelection.ForUri("python:3.13@" + digest))).Image);
    }

    [Fact]
    public async Task The_push_of_a_multi_platform_image_is_one_revision_with_the_digest_of_the_index()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.DefineImageAsync("pinned", $"{App}@{Old}");
        await account.DefineImageAsync("tagged", App + ":v1");
        string index = await account.PushAsync("team/app", "v2", $$$"""
            {"schemaVersion":2,"mediaType":"{{{ImageAccount.IndexType}}}","manifests":[
            {"digest":"sha256:1","platform":{"os":"linux","architecture":"amd64"}},{"digest":"sha256:2","platform":{"os":"unknown","architecture":"unknown"}}]}
            """, ImageAccount.IndexType);
        string child = ImageAccount.PushEvent("team/app", "", "sha256:" + new string('1', 64), happened => happened["detail"]!["artifact-media-type"] = "application/vnd.oci.image.config.v1+json");
        string attestation = ImageAccount.PushEvent("team/app", null, "sha256:" + new string('2', 64));

        List<BatchImageUpdate> results = await account.UpdateAsync(account.Pushes(child + "\n" + attestation + "\n" + ImageAccount.PushEvent("team/app", "v2", index)));

        Assert.Equal([$"{App}@{index}", App + ":v2"], results.Select(result => result.Image));
        Assert.Equal(2, account.Warnings.Count(warning => warning.Contains("it has no image-tag, as is usual for the parts of a multi-platform image", StringComparison.Ordinal)));
        Assert.Equal(2, (await account.RevisionsAsync("pinned")).Count);
        Assert.Equal(2, (await account.RevisionsAsync("tagged")).Count);
    }

    [Fact]
    public async Task A_push_without_a_tag_updates_what_is_pinned_if_that_is_wanted()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.DefineImageAsync("pinned", $"{App}@{Old}");
        await account.DefineImageAsync("tagged", App + ":v1");
        string digest = await account.PushAsync("team/app", "only-to-be-there");

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", "", digest), includeUntagged: true)));

        Assert.Equal(("pinned", SyncStatus.Updated, $"{App}@{digest}"), (update.JobDefinitionName, update.Status, update.Image));
        Assert.Empty(account.Warnings);
    }

    [Fact]
    public async Task A_part_of_a_multi_platform_image_is_not_the_image_of_a_push_without_a_tag()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        await account.DefineImageAsync("pinned", $"{App}@{Old}");
        string part = await account.PushAsync("team/app", "part");
        await account.PushAsync("team/app", "v2", $$$"""{"schemaVersion":2,"mediaType":"{{{ImageAccount.IndexType}}}","manifests":[{"digest":"{{{part}}}","platform":{"os":"linux","architecture":"amd64"}}]}""", ImageAccount.IndexType);

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", null, part), includeUntagged: true)));

        Assert.Equal((SyncStatus.Skipped, $"{App}@{part} is a part of the multi-platform image v2"), (update.Status, update.Reason));
        Assert.Single(await account.RevisionsAsync("pinned"));
    }

    [Fact]
    public async Task Without_anything_pinned_a_push_without_a_tag_says_so()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string digest = await account.PushAsync("team/app", "v3");

        Assert.Empty(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", null, digest), includeUntagged: true)));

        Assert.Equal("No ACTIVE job definition in Region eu-west-1 runs an image of team/app (registry 123456789012, eu-west-1) that is specified by its digest. Nothing was updated.", Assert.Single(account.Warnings));
    }
}
