using EventBridgeOps.Changes;
using EventBridgeOps.Images;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>From the event that EventBridge delivers to the new revision.</summary>
public sealed class EventInputTests
{
    private const string App = ImageAccount.Registry + "/team/app";

    [Fact]
    public async Task An_event_of_a_push_updates_what_runs_the_repository_of_that_registry()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.DefineImageAsync("elsewhere", "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:v1");
        await account.DefineImageAsync("others", "999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1");
        string digest = await account.PushAsync("team/app", "v3");
        string happened = ImageAccount.PushEvent("team/app", "v3", digest);

        // Twice, as EventBridge may deliver it.
        List<BatchImageUpdate> results = await account.UpdateAsync(account.Pushes(happened + "\n" + happened));

        Assert.Equal(("job", SyncStatus.Updated, App + ":v3"), Assert.Single(results) is var update ? (update.JobDefinitionName, update.Status, update.Image) : default);
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await account.UpdateAsync(account.Pushes(happened))).Status);
        Assert.Equal(2, (await account.RevisionsAsync("job")).Count);
    }

    [Fact]
    public async Task An_event_that_comes_after_the_tag_was_moved_changes_nothing()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string digest = await account.PushAsync("team/app", "v3");
        await account.PushAsync("team/app", "v3", """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}""");

        BatchImageUpdate update = Assert.Single(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", "v3", digest))));

        Assert.Equal(SyncStatus.Skipped, update.Status);
        Assert.Matches($"^tag v3 now points to sha256:[0-9a-f]+, not to {digest}, the digest of the push$", update.Reason);
        Assert.Single(await account.RevisionsAsync("job"));
    }
}
