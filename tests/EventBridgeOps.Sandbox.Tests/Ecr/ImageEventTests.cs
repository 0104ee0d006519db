using System.Text.Json;
using EventBridgeOps.Sandbox.Ecr;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>The events of ECR: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html.</summary>
public sealed class ImageEventTests : QueueTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeQueue("q");
        (await PutAnyRule("pushes", """ "EventPattern":"{\"source\":[\"aws.ecr\"],\"detail-type\":[\"ECR Image Action\"],\"detail\":{\"result\":[\"SUCCESS\"]}}" """)).Succeeded();
        (await PutTargets("pushes", QueueTarget("q"))).Succeeded();
    }

    [Fact]
    public async Task A_push_is_an_event_in_the_shape_of_ecr()
    {
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"team/app"}""")).Succeeded();
        await Put("""{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\"}}""", ",\"imageTag\":\"1\"");
        JsonElement sent = Assert.Single(await Take("q"));

        Assert.Equal(("0", "123456789012", "eu-west-1", 0), (Text(sent, "version"), Text(sent, "account"), Text(sent, "region"), sent.GetProperty("resources").GetArrayLength()));
        string digest = Digest(await Aws.Ecr("ListImages", """{"repositoryName":"team/app"}"""));
        Assert.Equal(
            $$"""{"result":"SUCCESS","repository-name":"team/app","image-digest":"{{digest}}","action-type":"PUSH","image-tag":"1","manifest-media-type":"application/vnd.oci.image.manifest.v1+json","artifact-media-type":"application/vnd.oci.image.config.v1+json"}""",
            sent.GetProperty("detail").GetRawText());
    }

    [Fact]
    public async Task A_deletion_is_an_event_for_each_tag_and_the_last_tag_takes_the_image_along()
    {
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        foreach (string tag in new[] { "1", "2", "3" })
            await Put("""{\"schemaVersion\":2}""", $",\"imageTag\":\"{tag}\"", "app");
        await Put("""{\"schemaVersion\":2,\"layers\":[]}""", "", "app");
        await Take("q");

        JsonElement first = (await DeleteImage("""{"imageTag":"1"}""")).Json;
        Assert.Equal("1", first.GetProperty("imageIds")[0].GetProperty("imageTag").GetString());
        string digest = first.GetProperty("imageIds")[0].GetProperty("imageDigest").GetString()!;
        JsonElement failed = (await DeleteImage($$"""{"imageTag":"1"},{"imageDigest":"{{digest}}","imageTag":"9"},{}""")).Json.GetProperty("failures");
        Assert.Equal(["ImageNotFound", "ImageTagDoesNotMatchDigest", "MissingDigestAndTag"], failed.EnumerateArray().Select(failure => failure.GetProperty("failureCode").GetString()));
        Assert.Equal(["DELETE 1"], Actions(await Take("q")));

        (await DeleteImage($$"""{"imageDigest":"{{digest}}"}""")).Succeeded();
        Assert.Equal(["DELETE 2", "DELETE 3"], Actions(await Take("q")));
        string untagged = Digest(await Aws.Ecr("ListImages", """{"repositoryName":"app"}"""));
        (await DeleteImage($$"""{"imageDigest":"{{untagged}}"}""")).Succeeded();
        Assert.Equal(["DELETE "], Actions(await Take("q")));
        Assert.Equal("""{"imageIds":[]}""", (await Aws.Ecr("ListImages", """{"repositoryName":"app"}""")).Text);
    }

    [Fact]
    public async Task A_push_by_hand_makes_the_repository_and_another_image_each_time()
    {
        SandboxImage first = Server.PushImage("acme:v2");
        JsonElement second = (await Aws.Admin(HttpMethod.Post, "push", """{"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme:v2","region":"eu-west-1"}""")).Succeeded().Json;
        Assert.Equal(("acme", "v2"), (Text(second, "repository"), Text(second, "tag")));
        Assert.NotEqual(first.Digest, Text(second, "digest"));
        Assert.Equal(["PUSH v2", "PUSH v2"], Actions(await Take("q")));
        JsonElement image = (await Aws.Ecr("DescribeImages", """{"repositoryName":"acme","imageIds":[{"imageTag":"v2"}]}""")).Succeeded().Json.GetProperty("imageDetails")[0];
        Assert.Equal(Text(second, "digest"), Text(image, "imageDigest"));

        Assert.Equal("latest", Server.PushImage("acme", "us-east-1").Tag);
        Assert.Empty(await Take("q")); // The rule is in another Region.
    }

    [Theory]
    [InlineData("""{"image":"Acme:v2"}""")]
    [InlineData("""{"image":"acme:v2@sha256:0000000000000000000000000000000000000000000000000000000000000000"}""")]
    [InlineData("""{"image":"a b"}""")]
    [InlineData("""{"image":"a:1"}""")]
    [InlineData("""{"image":""}""")]
    [InlineData("""{"image":7}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"image":"acme:v2","tag":"v3"}""")]
    [InlineData("""{"image":"docker.io/library/acme:v2"}""")]
    [InlineData("""{"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme:v2","region":"us-east-1"}""")]
    public async Task Nonsense_is_not_pushed(string request)
    {
        Assert.Equal(400, (await Aws.Admin(HttpMethod.Post, "push", request)).Status);
        Assert.Equal("""{"repositories":[]}""", (await Aws.Ecr("DescribeRepositories", "{}")).Text);
    }

    private static string Text(JsonElement document, string name) => document.GetProperty(name).GetString()!;

    private static string Digest(Answer images) => Text(images.Succeeded().Json.GetProperty("imageIds")[0], "imageDigest");

    private static IEnumerable<string> Actions(IEnumerable<JsonElement> events) =>
        events.Select(each => each.GetProperty("detail")).Select(detail => $"{Text(detail, "action-type")} {Text(detail, "image-tag")}");

    private async Task<Answer> DeleteImage(string ids) => (await Aws.Ecr("BatchDeleteImage", $$"""{"repositoryName":"app","imageIds":[{{ids}}]}""")).Succeeded();

    private async Task Put(string manifest, string more, string repository = "team/app") =>
        (await Aws.Ecr("PutImage", $$"""{"repositoryName":"{{repository}}","imageManifest":"{{manifest}}"{{more}}}""")).Succeeded();
}
