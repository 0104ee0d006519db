using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>A registry holds more than images.</summary>
public sealed class ArtifactTests
{
    private const string App = ImageAccount.Registry + "/team/app";
    private const string Layer = """[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip"}]""";

    [Theory]
    [InlineData("""{"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json"},"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip"}]}""", "a Helm chart")]
    [InlineData("""{"config":{"mediaType":"application/vnd.buildkit.cacheconfig.v0"},"layers":""" + Layer + "}", "a build cache")]
    [InlineData("""{"artifactType":"application/spdx+json","config":{"mediaType":"application/vnd.oci.empty.v1+json"},"layers":[{"mediaType":"application/spdx+json"}]}""", "a software bill of materials (SBOM)")]
    [InlineData("""{"config":{"mediaType":"application/vnd.acme.data.v1+json"},"layers":[{"mediaType":"application/vnd.acme.rows"}]}""", "an artifact with content of type application/vnd.acme.rows")]
    [InlineData("""{"config":{"mediaType":"application/vnd.acme.data.v1+json"},"layers":[{"mediaType":"application/vnd.in-toto+json"}]}""", "an attestation")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":"sha256:1","platform":{"os":"unknown","architecture":"unknown"}}]}""", "an index without an image for any platform")]
    public async Task What_is_no_image_is_not_registered(string manifest, string kind)
    {
        await using Account account = await UpdateTests.ReadyAsync();
        string digest = await account.PushAsync("team/app", "other", manifest);

        BatchImageUpdate asked = Assert.Single(await account.UpdateAsync("team/app", "other"));
        BatchImageUpdate pushed = Assert.Single(await account.UpdateAsync(account.Pushes(ImageAccount.PushEvent("team/app", "other", digest))));

        Assert.Equal((SyncStatus.Failed, ErrorIds.ImageBarred, $"{App}:other is not a runnable image, but {kind}. No job definition was updated to run it."), (asked.Status, asked.ErrorId, asked.Reason));
        Assert.Equal((SyncStatus.Skipped, $"{App}:other is not a runnable image, but {kind}"), (pushed.Status, pushed.Reason));
        Assert.Single(await account.RevisionsAsync("job"));
    }

    [Fact]
    public async Task What_may_be_an_image_is_registered_and_the_doubt_is_said()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        await account.PushAsync("team/app", "v3", $$$"""{"config":{"mediaType":"application/vnd.acme.config.v1+json"},"layers":{{{Layer}}}}""");

        Assert.Equal(SyncStatus.Updated, Assert.Single(await account.UpdateAsync("team/app", "v3")).Status);
        Assert.Equal($"{App}:v3 may not be a runnable image: the type of its configuration, application/vnd.acme.config.v1+json, is not known.", Assert.Single(account.Warnings));
    }

    [Fact]
    public async Task A_known_image_costs_no_look_into_its_manifest()
    {
        await using Account account = await UpdateTests.ReadyAsync();

        await account.UpdateAsync("team/app", "v2");

        Assert.Equal((1, 0), (account.Count("DescribeImages") - 1, account.Count("BatchGetImage")));
    }
}
