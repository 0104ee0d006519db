using System.Security.Cryptography;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>The upload of layers: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html.</summary>
public sealed class LayerTests : SandboxTest
{
    private const int Part = 5 * 1024 * 1024;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app2"}""")).Succeeded();
    }

    [Fact]
    public async Task A_layer_of_several_parts_is_available_in_its_repository_alone()
    {
        byte[] layer = [.. Enumerable.Range(0, Part + 3).Select(i => (byte)(i % 251))];
        string id = await InitiateAsync();
        JsonElement first = (await UploadAsync(id, 0, layer[..Part])).Succeeded().Json;
        Assert.Equal((Part - 1, "app", id), (first.GetProperty("lastByteReceived").GetInt32(), first.GetProperty("repositoryName").GetString(), first.GetProperty("uploadId").GetString()));
        (await UploadAsync(id, Part, layer[Part..])).Succeeded();
        Assert.Equal(Digest(layer), (await CompleteAsync(id, layer)).Succeeded().Json.GetProperty("layerDigest").GetString());

        JsonElement found = await CheckAsync("app", $"\"{Digest(layer)}\",\"{Digest([1])}\",\"nonsense\"");
        Assert.Equal($$"""[{"layerDigest":"{{Digest(layer)}}","layerAvailability":"AVAILABLE","layerSize":{{Part + 3}}},{"layerDigest":"{{Digest([1])}}","layerAvailability":"UNAVAILABLE"}]""", found.GetProperty("layers").GetRawText());
        Assert.Equal("InvalidLayerDigest", Assert.Single(found.GetProperty("failures").EnumerateArray()).GetProperty("failureCode").GetString());
        Assert.Equal("UNAVAILABLE", await AvailabilityAsync("app2", layer));

        (await Aws.Ecr("DeleteRepository", """{"repositoryName":"app"}""")).Succeeded();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        Assert.Equal("UNAVAILABLE", await AvailabilityAsync("app", layer));
    }

    [Fact]
    public async Task An_upload_ends_once_and_only_with_the_digest_of_its_content()
    {
        string id = await InitiateAsync();
        (await CompleteAsync(id, [1])).Failed(400, "EmptyUploadException");
        (await UploadAsync(id, 0, [1])).Succeeded();
        (await CompleteAsync(id, [2])).Failed(400, "InvalidLayerException");
        (await CompleteAsync(id, [1])).Succeeded();
        (await CompleteAsync(id, [1])).Failed(400, "UploadNotFoundException");

        string again = await InitiateAsync();
        (await UploadAsync(again, 0, [1])).Succeeded();
        (await CompleteAsync(again, [1])).Failed(400, "LayerAlreadyExistsException");
    }

    [Fact]
    public async Task Parts_follow_one_another_and_only_the_last_is_small()
    {
        string id = await InitiateAsync();
        (await UploadAsync(id, 1, [1])).Failed(400, "InvalidLayerPartException");
        (await UploadAsync(id, 0, [1], last: 1)).Failed(400, "InvalidLayerPartException");
        (await UploadAsync(id, 0, [1, 2])).Succeeded();
        Answer gap = await UploadAsync(id, 3, [3]);
        gap.Failed(400, "InvalidLayerPartException");
        Assert.Equal(1, gap.Json.GetProperty("lastValidByteReceived").GetInt32());
        (await UploadAsync(id, 2, [3])).Succeeded();
        (await CompleteAsync(id, [1, 2, 3])).Failed(400, "LayerPartTooSmallException");
    }

    [Fact]
    public async Task Errors_have_the_names_of_ecr()
    {
        string id = await InitiateAsync();
        (await Aws.Ecr("InitiateLayerUpload", """{"repositoryName":"missing"}""")).Failed(400, "RepositoryNotFoundException");
        (await UploadAsync(id, 0, [1], repository: "app2")).Failed(400, "UploadNotFoundException");
        (await UploadAsync("00000000-0000-0000-0000-000000000000", 0, [1])).Failed(400, "UploadNotFoundException");
        (await UploadAsync("nonsense", 0, [1])).Failed(400, "InvalidParameterException");
        (await UploadAsync(id, -1, [1])).Failed(400, "InvalidParameterException");
        (await Aws.Ecr("UploadLayerPart", $$"""{"repositoryName":"app","uploadId":"{{id}}","partFirstByte":0,"partLastByte":0,"layerPartBlob":"not base64"}""")).Failed(400, "InvalidParameterException");
        (await Aws.Ecr("CompleteLayerUpload", $$"""{"repositoryName":"app","uploadId":"{{id}}","layerDigests":["nonsense"]}""")).Failed(400, "InvalidParameterException");
        (await Aws.Ecr("BatchCheckLayerAvailability", """{"repositoryName":"app","layerDigests":[]}""")).Failed(400, "InvalidParameterException");
    }

    private async Task<string> InitiateAsync()
    {
        JsonElement answer = (await Aws.Ecr("InitiateLayerUpload", """{"repositoryName":"app"}""")).Succeeded().Json;
        Assert.True(answer.GetProperty("partSize").GetInt64() >= Part);
        return answer.GetProperty("uploadId").GetString()!;
    }

    private Task<Answer> UploadAsync(string id, int first, byte[] bytes, int? last = null, string repository = "app") => Aws.Ecr("UploadLayerPart", $$"""
        {"repositoryName":"{{repository}}","uploadId":"{{id}}","partFirstByte":{{first}},"partLastByte":{{last ?? first + bytes.Length - 1}},"layerPartBlob":"{{Convert.ToBase64String(bytes)}}"}
        """);

    private Task<Answer> CompleteAsync(string id, byte[] layer) =>
        Aws.Ecr("CompleteLayerUpload", $$"""{"repositoryName":"app","uploadId":"{{id}}","layerDigests":["{{Digest(layer)}}"]}""");

    private async Task<JsonElement> CheckAsync(string repository, string digests) =>
        (await Aws.Ecr("BatchCheckLayerAvailability", $$"""{"repositoryName":"{{repository}}","layerDigests":[{{digests}}]}""")).Succeeded().Json;

    private async Task<string?> AvailabilityAsync(string repository, byte[] layer) =>
        (await CheckAsync(repository, $"\"{Digest(layer)}\"")).GetProperty("layers")[0].GetProperty("layerAvailability").GetString();

    private static string Digest(byte[] layer) => "sha256:" + Convert.ToHexString(SHA256.HashData(layer)).ToLowerInvariant();
}
