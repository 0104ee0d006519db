using System.Text.Json.Nodes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Documents;
using EventBridgeOps.Images;
using EventBridgeOps.Tests;

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
        ImageSelection push = Assert.Single(EcrPushEvent.ReadAll(Push, _run));
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
    [InlineData("/detail/image-tag", "\"sha256-7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234ffff.sig\"", "a signature, an attestation or the like")]
    [InlineData("/detail/artifact-media-type", "\"application/vnd.cncf.helm.config.v1+json\"", "is no image that runs")]
    [InlineData("/detail/repository-name", "7", "it does not name a repository-name")]
    [InlineData("/detail/repository-name", "\"Not A Name\"", "is no image of a repository")]
    [InlineData("/detail", "[]", "it has no detail")]
    [InlineData("/account", null, "account and region")]
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

        Assert.Empty(EcrPushEvent.ReadAll(changed.ToJsonString(), _run));
        Assert.Contains(reason, Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("Event 13cde686", _run.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_for_PutEvents_is_named_as_such()
    {
        Assert.Empty(EcrPushEvent.ReadAll("""{"Source":"aws.ecr","DetailType":"ECR Image Action","Detail":"{\"password\":\"hunter2\"}"}""", _run));
        Assert.Contains("an entry for PutEvents", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _run.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_is_an_array_or_one_after_the_other()
    {
        Assert.Equal(2, EcrPushEvent.ReadAll($"[{Push},{Push}]", _run).Count);
        Assert.Equal(3, EcrPushEvent.ReadAll(Push + Push + "\n" + Push, _run).Count);
        Assert.Equal(2, EcrPushEvent.ReadAll($"{Push},\n{Push},", _run).Count);
        Assert.Single(EcrPushEvent.ReadAll($"[{Push},7,null]", _run));
        Assert.Equal(2, _run.Warnings.Count);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1")]
    [InlineData("[[[")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void What_is_no_JSON_is_an_error_that_says_so(string text) =>
        Assert.Equal(ErrorIds.InvalidEvent, Assert.Throws<OpsException>(() => EcrPushEvent.ReadAll(text, _run)).ErrorId);

    [Fact]
    public void Lines_make_up_the_same_values_however_they_are_broken()
    {
        RandomDocument random = new(3);
        for (int i = 0; i < 300; i++)
        {
            JsonObject[] documents = [.. Enumerable.Range(0, 1 + random.Below(3)).Select(_ => random.Object(4))];
            string text = string.Join(random.Below(2) == 0 ? "" : "\n", documents.Select(document => random.Below(2) == 0 ? Document.Write(document) : Document.WriteIndented(document)));
            JsonTextAssembler assembler = new();
            List<string> values = [.. text.Split('\n').SelectMany(assembler.Add)];
            assembler.Finish();
            Assert.Equal(documents.Length, values.Count);
            Assert.All(documents.Zip(values), pair => Assert.True(DocumentDiff.Same(pair.First, Document.Parse(pair.Second))));
        }
    }

    [Fact]
    public void Nonsense_never_ends_in_anything_but_an_error_of_ours()
    {
        RandomDocument random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            string text = Push.Remove(random.Below(Push.Length - 20), random.Below(20)).Insert(random.Below(100), random.Text());
            try
            {
                EcrPushEvent.ReadAll(text, _run);
            }
            catch (OpsException e)
            {
                Assert.Equal(ErrorIds.InvalidEvent, e.ErrorId);
            }
        }
    }
}
