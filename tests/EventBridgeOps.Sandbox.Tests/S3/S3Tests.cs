using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace EventBridgeOps.Sandbox.Tests.S3;

/// <summary>S3 on the wire: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html.</summary>
public sealed class S3Tests : SandboxTest
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ChunksWithATrailingChecksumAreTheObject()
    {
        await MakeBucket();
        // CRC32 of "hello world": 0d4a1185
        const string Chunked = "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
        HttpResponseMessage put = await Put("b-b/k", Chunked, ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", "11"), ("x-amz-trailer", "x-amz-checksum-crc32"));
        Assert.Equal(200, (int)put.StatusCode);
        Assert.Equal("DUoRhQ==", Assert.Single(put.Headers.GetValues("x-amz-checksum-crc32")));
        HttpResponseMessage got = await Send(HttpMethod.Get, "b-b/k");
        Assert.Equal("hello world", await got.Content.ReadAsStringAsync(Token));
        Assert.DoesNotContain("aws-chunked", got.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "5", "BadDigest")]
    [InlineData("5;chunk-signature=00\r\nhello\r\n0;chunk-signature=00\r\n\r\n", "6", "IncompleteBody")]
    [InlineData("9\r\nhello\r\n0\r\n\r\n", "5", "IncompleteBody")]
    [InlineData("hello", "5", "IncompleteBody")]
    public async Task DamagedBodiesAreRefused(string body, string length, string code)
    {
        await MakeBucket();
        Assert.Equal((400, code), await Failure(await Put("b-b/k", body, ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", length))));
        Assert.Equal((404, "NoSuchKey"), await Failure(await Send(HttpMethod.Get, "b-b/k")));
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "DUoRhQ==")]
    [InlineData("x-amz-checksum-crc32c", "yZRlqg==")]
    [InlineData("x-amz-checksum-crc64nvme", "jSnVw/bqjr4=")]
    [InlineData("x-amz-checksum-sha1", "Kq5sNclPz7QV2+lfQIuc6R7oRu0=")]
    [InlineData("x-amz-checksum-sha256", "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")]
    public async Task ChecksumsAreComparedAndShown(string header, string value)
    {
        await MakeBucket();
        Assert.Equal(200, (int)(await Put("b-b/k", "hello world", (header, value))).StatusCode);
        Assert.Equal(value, Assert.Single((await Send(HttpMethod.Head, "b-b/k", headers: ("x-amz-checksum-mode", "ENABLED"))).Headers.GetValues(header)));
        Assert.Equal((400, "BadDigest"), await Failure(await Put("b-b/k", "hello mars", (header, value))));
    }

    [Theory]
    [InlineData("b-b.localhost", "k")]
    [InlineData("b-b.s3.localhost", "k")]
    [InlineData("b-b.s3.eu-west-1.localhost", "k")]
    [InlineData("s3.localhost", "b-b/k")]
    [InlineData("localhost", "b-b/k")]
    public async Task BucketIsInTheHostOrInThePath(string host, string path)
    {
        await MakeBucket();
        Assert.Equal(200, (int)(await Put("b-b/k", "x")).StatusCode);
        Assert.Equal(200, (int)(await Send(HttpMethod.Get, path, headers: ("Host", $"{host}:{Server.Endpoint.Port}"))).StatusCode);
    }

    [Fact]
    public async Task PresignedUrlNeedsNoHeader()
    {
        await MakeBucket();
        await Put("b-b/k", "x");
        using HttpResponseMessage got = await http.GetAsync(new Uri(Server.Endpoint, "b-b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0"), Token);
        Assert.Equal("x", await got.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("x-amz-object-lock-mode", "COMPLIANCE")]
    [InlineData("x-amz-website-redirect-location", "/x")]
    [InlineData("x-amz-storage-class", "GLACIER")]
    [InlineData("x-amz-acl", "public-read")]
    public async Task WhatHasNoEffectHereIsRefused(string header, string value)
    {
        await MakeBucket();
        Assert.Equal((501, "NotImplemented"), await Failure(await Put("b-b/k", "x", (header, value))));
    }

    [Theory]
    [InlineData("PUT", "b-b?cors")]
    [InlineData("GET", "b-b?acl")]
    [InlineData("PUT", "b-b/k?acl")]
    [InlineData("POST", "b-b/k?select")]
    [InlineData("PUT", "")]
    public async Task UnknownOperationsAreRefused(string method, string path)
    {
        await MakeBucket();
        Assert.Equal((501, "NotImplemented"), await Failure(await Send(new HttpMethod(method), path)));
    }

    [Theory]
    [InlineData("A-b")]
    [InlineData("ab")]
    [InlineData("a..b")]
    [InlineData("192.168.0.1")]
    [InlineData("xn--abc")]
    public async Task NamesOfBucketsFollowTheRules(string name) =>
        Assert.Equal((400, "InvalidBucketName"), await Failure(await Send(HttpMethod.Put, name, "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>")));

    [Fact]
    public async Task DocumentTypesInXmlAreRefused()
    {
        await MakeBucket();
        const string Xml = "<!DOCTYPE x [<!ENTITY a \"b\">]><VersioningConfiguration><Status>&a;</Status></VersioningConfiguration>";
        Assert.Equal((400, "MalformedXML"), await Failure(await Send(HttpMethod.Put, "b-b?versioning", Xml)));
    }

    [Fact]
    public async Task NewBucketsHaveTheSafeguardsOfAws()
    {
        await MakeBucket();
        Assert.Contains("<BlockPublicAcls>true", await (await Send(HttpMethod.Get, "b-b?publicAccessBlock")).Content.ReadAsStringAsync(Token));
        Assert.Contains("AES256", await (await Send(HttpMethod.Get, "b-b?encryption")).Content.ReadAsStringAsync(Token));
        Assert.Equal(204, (int)(await Send(HttpMethod.Delete, "b-b?publicAccessBlock")).StatusCode);
        Assert.Equal((404, "NoSuchPublicAccessBlockConfiguration"), await Failure(await Send(HttpMethod.Get, "b-b?publicAccessBlock")));
    }

    [Fact]
    public async Task Boto3SeesTheSameAsWithMoto() => await EngineComparison.SameAsMoto(Server, "s3.py", new Dictionary<string, string>
    {
        ["aborted"] = "moto fails with an internal error; S3 answers NoSuchUpload",
        ["digests"] = "moto compares no digests",
        ["marker"] = "moto finds no version; S3 answers MethodNotAllowed for a delete marker",
    });

    [Fact]
    public async Task TheAwsCliCopiesAndSyncs()
    {
        await MakeBucket();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ebops-test-");
        try
        {
            string file = Path.Combine(folder.FullName, "package.zip"), back = Path.Combine(folder.FullName, "back.zip");
            byte[] bytes = new byte[9 * 1024 * 1024];
            new Random(1).NextBytes(bytes);
            await File.WriteAllBytesAsync(file, bytes, Token);
            foreach (string[] arguments in new[] { new[] { "s3", "cp", file, "s3://b-b/p/package.zip" }, ["s3", "cp", "s3://b-b/p/package.zip", back], ["s3", "ls", "s3://b-b/p/"], ["s3", "rm", "s3://b-b/p/", "--recursive"] })
            {
                (int exitCode, string output, string errors) = await Child.TryRun("aws", arguments, Server.Environment);
                Assert.SkipWhen(exitCode == -1, "SKIPPED: the aws CLI is needed to try the sandbox with a client that is not ours.");
                Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {output} {errors}");
            }

            Assert.Equal(bytes, await File.ReadAllBytesAsync(back, Token));
            Assert.Equal((404, "NoSuchKey"), await Failure(await Send(HttpMethod.Get, "b-b/p/package.zip")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task MakeBucket() =>
        Assert.Equal(200, (int)(await Send(HttpMethod.Put, "b-b", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>")).StatusCode);

    private Task<HttpResponseMessage> Put(string path, string body, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, body, headers);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, new Uri(Server.Endpoint, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20260101/eu-west-1/s3/aws4_request");
        if (body.Length > 0)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, Token);
    }

    private static async Task<(int Status, string Code)> Failure(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, text.Length == 0 ? "" : XDocument.Parse(text).Root!.Elements().First(element => element.Name.LocalName == "Code").Value);
    }
}
