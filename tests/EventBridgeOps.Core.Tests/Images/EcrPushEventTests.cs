using System.Text.Json.Nodes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Images;

namespace EventBridgeOps.Core.Tests.Images;

public sealed class EcrPushEventTests : IDisposable
{
    // As in https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html.
    private const string Push =
        """
        {
            "version": "0",
            "id": "13cde686-328b-6117-af20-0e5566167482",
            "detail-type": "ECR Image Action",
            "source": "aws.ecr",
            "account": "123456789012",
            "time": "2019-11-16T01:54:34Z",
            "region": "us-west-2",
            "resources": [],
            "detail": {
                "result": "SUCCESS",
                "repository-name": "my/repository-name",
                "image-digest": "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234ffff",
                "action-type": "PUSH",
                "image-tag": "latest"
            }
        }
        """;

    private readonly Run _run = new(new FakeAccount());

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_push_says_registry_repository_tag_and_digest()
    {
        ImageSelection push = Assert.Single(Pushes(Push));
        Assert.Equal(("123456789012", "us-west-2", "my/repository-name", "latest"), (push.RegistryId, push.RegistryRegion, push.RepositoryName, push.ImageTag));
        Assert.StartsWith("sha256:7f5b", push.PushedDigest, StringComparison.Ordinal);
        Assert.Empty(_run.Warnings);
    }

    [Theory]
    [InlineData("/source", "\"aws.s3\"", "its source is 'aws.s3', not aws.ecr")]
    [InlineData("/detail-type", "\"ECR Image Scan\"", "its detail-type is 'ECR Image Scan'")]
    [InlineData("/detail/action-type", "\"DELETE\"", "its action-type is 'DELETE', not PUSH")]
    [InlineData("/detail/result", "\"FAILURE\"", "its result is 'FAILURE', not SUCCESS")]
    [InlineData("/detail/image-tag", null, "it has no image-tag")]
    [InlineData("/detail/image-tag", "\"sha256-7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234ffff.sig\"", "is not a runnable image, but for example a signature or an attestation")]
    [InlineData("/detail/image-tag", "\"\"", "it has no image-tag, as is usual for the parts of a multi-platform image; to run sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234ffff, specify it with ImageDigest, or use IncludeUntagged")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.cncf.helm.config.v1+json\"", "latest is not a runnable image, but a Helm chart")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.dev.cosign.artifact.sig.v1+json\"", "is not a runnable image, but a signature")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.cncf.notary.signature\"", "is not a runnable image, but a signature")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.in-toto+json\"", "is not a runnable image, but an attestation")]
    [InlineData("/detail/artifact-media-type", "\"application/spdx+json\"", "is not a runnable image, but a software bill of materials")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.cyclonedx+json\"", "is not a runnable image, but a software bill of materials")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.buildkit.cacheconfig.v0\"", "is not a runnable image, but a build cache")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.amazon.soci.index.v1+json\"", "is not a runnable image, but a SOCI index")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.unknown.config.v1+json\"", "is not a runnable image, but an OCI artifact of another kind")]
    [InlineData("/detail/repository-name", "7", "its detail has no repository-name")]
    [InlineData("/detail/repository-name", "\"Not A Name\"", "is not a valid image of a repository")]
    [InlineData("/detail", "[]", "it has no detail")]
    [InlineData("/account", null, "it has no account or no region")]
    [InlineData("/source", null, "its source is missing")]
    public void Anything_else_is_left_out_with_the_reason(string pointer, string? value, string reason)
    {
        JsonObject changed = Document.Parse(Push);
        string[] path = pointer.Split('/')[1..];
        JsonObject place = path.Length == 1 ? changed : changed[path[0]]!.AsObject();
        if (value is null)
            place.Remove(path[^1]);
        else
            place[path[^1]] = JsonNode.Parse(value);

        Assert.Empty(Pushes(changed.ToJsonString()));
        Assert.Contains(reason, Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("Event 13cde686", _run.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/vnd.docker.container.image.v1+json")]
    [InlineData("application/vnd.oci.image.config.v1+json")]
    [InlineData("application/vnd.acme.image.v7+json")] // not known: Amazon ECR is asked
    public void What_may_be_an_image_is_taken(string type)
    {
        JsonObject changed = Document.Parse(Push);
        changed["detail"]!["artifact-media-type"] = type;

        Assert.Single(Pushes(changed.ToJsonString()));
        Assert.Empty(_run.Warnings);
    }

    [Theory]
    [InlineData("\"2019-11-16T01:54:34Z\"", "2019-11-16T01:54:34.0000000+00:00")]
    [InlineData("\"2019-11-16T02:54:34.5+01:00\"", "2019-11-16T01:54:34.5000000+00:00")]
    [InlineData("\"yesterday\"", null)]
    [InlineData("7", null)]
    public void The_time_of_a_push_is_that_of_its_event(string time, string? expected)
    {
        JsonObject changed = Document.Parse(Push);
        changed["time"] = JsonNode.Parse(time);

        Assert.Equal(expected, Assert.Single(Pushes(changed.ToJsonString())).PushedAt?.ToString("O"));
    }

    [Fact]
    public void An_entry_for_PutEvents_is_named_as_such()
    {
        Assert.Empty(Pushes("""{"Source":"aws.ecr","DetailType":"ECR Image Action","Detail":"{\"password\":\"hunter2\"}"}"""));
        Assert.Contains("it is a PutEvents entry", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _run.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_apart_is_a_failure()
    {
        Assert.Empty(Pushes("""{"source":"aws.ecr","source":"aws.s3"}"""));
        Assert.Equal(ErrorIds.InvalidEvent, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public void Nonsense_is_never_anything_but_left_out()
    {
        RandomDocument random = new(5);
        for (int i = 0; i < 2000; i++)
            Pushes(Push.Remove(random.Below(Push.Length - 20), random.Below(20)).Insert(random.Below(100), random.Text()));
        Assert.All(_run.Failures, failure => Assert.Equal(ErrorIds.InvalidEvent, failure.Error.ErrorId));
        Assert.NotEmpty(_run.Failures);
    }

    private List<ImageSelection> Pushes(string json) => [.. EventReader.ReadText(json, "events", _run).Select(happened => EcrPushEvent.Read(happened, _run)).OfType<ImageSelection>()];
}
