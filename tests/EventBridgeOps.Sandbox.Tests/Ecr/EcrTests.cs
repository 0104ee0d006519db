using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class EcrTests : SandboxTest
{
    private const string Manifest = """{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}""";
    private const string Other = """{\"schemaVersion\":2}""";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"team/app"}""")).Succeeded();
    }

    [Fact]
    public async Task A_tag_moves_to_the_image_that_was_pushed_last()
    {
        string? first = Digest(await Put(Manifest, "latest"));
        string? second = Digest(await Put(Other, "latest"));
        Assert.NotEqual(first, second);
        Assert.Equal(second, await DigestOf("""{"imageTag":"latest"}"""));

        Answer untagged = (await Aws.Ecr("ListImages", """{"repositoryName":"team/app","filter":{"tagStatus":"UNTAGGED"}}""")).Succeeded();
        Assert.Equal($$"""{"imageIds":[{"imageDigest":"{{first}}"}]}""", untagged.Text);
        Assert.Equal(first, await DigestOf($$"""{"imageDigest":"{{first}}"}"""));

        async Task<string?> DigestOf(string id) =>
            (await Aws.Ecr("DescribeImages", $$"""{"repositoryName":"team/app","imageIds":[{{id}}]}""")).Succeeded()
                .Json.GetProperty("imageDetails")[0].GetProperty("imageDigest").GetString();
    }

    [Fact]
    public async Task The_digest_is_the_manifests_sha256()
    {
        Answer answer = await Put(Other, "1");
        Assert.Equal("sha256:" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("{\"schemaVersion\":2}"u8)).ToLowerInvariant(), Digest(answer));
        JsonElement got = (await Aws.Ecr("BatchGetImage", """{"repositoryName":"team/app","imageIds":[{"imageTag":"1"},{"imageTag":"2"}]}""")).Succeeded().Json;
        Assert.Equal("{\"schemaVersion\":2}", got.GetProperty("images")[0].GetProperty("imageManifest").GetString());
        Assert.Equal("ImageNotFound", got.GetProperty("failures")[0].GetProperty("failureCode").GetString());
    }

    [Fact]
    public async Task Pushing_the_same_again_is_refused_and_so_is_moving_an_immutable_tag()
    {
        await Put(Manifest, "1");
        (await TryPut(Manifest, "1")).Failed(400, "ImageAlreadyExistsException");
        await Put(Manifest, "2");

        (await Aws.Ecr("CreateRepository", """{"repositoryName":"fixed","imageTagMutability":"IMMUTABLE"}""")).Succeeded();
        (await TryPut(Manifest, "1", "fixed")).Succeeded();
        (await TryPut(Other, "1", "fixed")).Failed(400, "ImageTagAlreadyExistsException");
    }

    [Fact]
    public async Task Errors_have_ecrs_names()
    {
        await Put(Manifest, "1");
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"team/app"}""")).Failed(400, "RepositoryAlreadyExistsException");
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"NO"}""")).Failed(400, "InvalidParameterException");
        (await Aws.Ecr("DescribeRepositories", """{"repositoryNames":["x"]}""")).Failed(400, "RepositoryNotFoundException");
        (await Aws.Ecr("DescribeImages", """{"repositoryName":"team/app","imageIds":[{"imageTag":"9"}]}""")).Failed(400, "ImageNotFoundException");
        (await Aws.Ecr("DeleteRepository", """{"repositoryName":"team/app"}""")).Failed(400, "RepositoryNotEmptyException");
        (await Aws.Ecr("DeleteRepository", """{"repositoryName":"team/app","force":true}""")).Succeeded();
        (await Aws.Ecr("ListImages", """{"repositoryName":"team/app"}""")).Failed(400, "RepositoryNotFoundException");
        (await Aws.Ecr("DescribeRepositories", """{"nextToken":"x"}""")).Failed(400, "InvalidParameterException");
    }

    [Fact]
    public async Task Scans_find_nothing_and_the_registry_gives_a_token()
    {
        await Put(Manifest, "1");
        JsonElement scan = (await Aws.Ecr("DescribeImageScanFindings", """{"repositoryName":"team/app","imageId":{"imageTag":"1"}}""")).Succeeded().Json;
        Assert.Equal("COMPLETE", scan.GetProperty("imageScanStatus").GetProperty("status").GetString());
        JsonElement token = (await Aws.Ecr("GetAuthorizationToken", "{}")).Succeeded().Json.GetProperty("authorizationData")[0];
        Assert.Equal("https://123456789012.dkr.ecr.eu-west-1.amazonaws.com", token.GetProperty("proxyEndpoint").GetString());
    }

    private static string? Digest(Answer answer) => answer.Json.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString();

    private async Task<Answer> Put(string manifest, string tag) => (await TryPut(manifest, tag)).Succeeded();

    private Task<Answer> TryPut(string manifest, string tag, string repository = "team/app") =>
        Aws.Ecr("PutImage", $$"""{"repositoryName":"{{repository}}","imageManifest":"{{manifest}}","imageTag":"{{tag}}"}""");
}
