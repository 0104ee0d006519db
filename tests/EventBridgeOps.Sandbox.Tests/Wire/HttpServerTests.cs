namespace EventBridgeOps.Sandbox.Tests;

public sealed class HttpServerTests : SandboxTest
{
    private const string Signed =
        "Host: 127.0.0.1\r\nX-Amz-Target: AWSEvents.ListEventBuses\r\n"
        + "Authorization: AWS4-HMAC-SHA256 Credential=k/20260101/eu-west-1/events/aws4_request, Signature=0\r\n";

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("get / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\n\r\n", 505)]
    [InlineData("GET / SPDY/1\r\n\r\n", 400)]
    [InlineData("GET nowhere HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /\u0001 HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nNo colon\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nBad name : x\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nA: b\r\n folded: c\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nA: b\u0000c\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: a miracle\r\n\r\n", 417)]
    public async Task Hostile_requests_are_refused_and_the_connection_ends(string request, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await Exchange(request), StringComparison.Ordinal);

    [Fact]
    public async Task Too_much_head_is_refused()
    {
        Assert.StartsWith("HTTP/1.1 414 ", await Exchange($"GET /{new string('x', 20_000)} HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await Exchange($"GET / HTTP/1.1\r\nA: {new string('x', 20_000)}\r\n\r\n"), StringComparison.Ordinal);
        string headers = string.Concat(Enumerable.Range(0, 101).Select(i => $"H{i}: x\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await Exchange($"GET / HTTP/1.1\r\n{headers}\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HT")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    public async Task What_is_cut_off_is_not_answered_and_does_no_harm(string request)
    {
        Assert.Equal("", await Exchange(request));
        (await Aws.Events("ListRules", "{}")).Succeeded();
        Assert.Single(Server.Calls);
    }

    [Fact]
    public async Task One_connection_serves_many_requests_even_sent_at_once()
    {
        string request = $"POST / HTTP/1.1\r\n{Signed}Content-Length: 2\r\n\r\n{{}}";
        string answers = await Exchange(request + "\r\n" + request + request);
        Assert.Equal(3, answers.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(3, Server.Calls.Count);
    }

    [Fact]
    public async Task Chunks_make_one_body()
    {
        string answer = await Exchange($"POST / HTTP/1.1\r\n{Signed}Transfer-Encoding: chunked\r\n\r\n"
            + "3;note=x\r\n{\"L\r\n6\r\nimit\":\r\n2\r\n1}\r\n0\r\nTrailer: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.EndsWith("}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_before_sending_is_told_to_go_on()
    {
        using RawConnection connection = await RawConnection.Open(Server.Endpoint);
        await connection.Say($"POST / HTTP/1.1\r\n{Signed}Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        await connection.HearUntil("HTTP/1.1 100 Continue\r\n\r\n");
        await connection.Say("{}");
        Assert.StartsWith("HTTP/1.1 200 OK", await connection.HearAll(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_1_0_closes_after_its_answer()
    {
        using RawConnection connection = await RawConnection.Open(Server.Endpoint);
        await connection.Say($"POST / HTTP/1.0\r\n{Signed}Content-Length: 2\r\n\r\n{{}}");
        Assert.Contains("Connection: close", await connection.HearAll(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: evil.example\r\n")]
    [InlineData("Host: 127.0.0.1.evil.example\r\n")]
    [InlineData("Host: 127.0.0.1:80\r\nHost: evil.example\r\n")]
    [InlineData("Host: 127.0.0.1:80/evil.example\r\n")]
    [InlineData("Host: 127.0.0.1:80@evil.example\r\n")]
    [InlineData("Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n")]
    [InlineData("")]
    public async Task Web_pages_are_kept_out_of_everything(string headers)
    {
        Assert.StartsWith("HTTP/1.1 403 ", await Exchange($"GET /_sandbox/state HTTP/1.1\r\n{headers}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403 ", await Exchange($"POST /v1/listjobs HTTP/1.1\r\n{headers}\r\n"), StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Theory]
    [InlineData("localhost:1")]
    [InlineData("LOCALHOST")]
    [InlineData("[::1]:80")]
    public async Task Loopback_has_several_names(string host) =>
        Assert.StartsWith("HTTP/1.1 200 ", await Exchange($"GET http://x/_sandbox/health HTTP/1.1\r\nHost: {host}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Calls_without_a_signature_or_with_half_a_one_are_refused()
    {
        using AwsClient unsigned = new(Server.Endpoint, accessKey: null);
        (await unsigned.Events("ListRules", "{}")).Failed(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        (await unsigned.Batch("DescribeJobQueues", "{}")).Failed(403, "MissingAuthenticationTokenException");
        using AwsClient half = new(Server.Endpoint, region: "");
        (await half.Events("ListRules", "{}")).Failed(400, "IncompleteSignatureException");
    }

    [Fact]
    public async Task Nobody_knows_unknown_services_and_operations()
    {
        (await Aws.Events("CreateConnection", "{}")).Failed(400, "UnknownOperationException");
        (await Aws.Batch("Levitate", "{}")).Failed(400, "UnknownOperationException");
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.ExportTableToPointInTime", "{}")).Failed(400, "UnknownOperationException");
        (await Aws.Send("kinesis", "/", "Kinesis_20131202.ListStreams", "{}")).Failed(400, "UnknownOperationException");
        (await Aws.Send("glacier", "/vaults", null, "", method: HttpMethod.Get)).Failed(404, "UnknownOperationException");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        (await Aws.Events("ListRules", body)).Failed(400, "SerializationException");
        (await Aws.Batch("DescribeJobQueues", body)).Failed(400, "SerializationException");
    }

    private async Task<string> Exchange(string request)
    {
        using RawConnection connection = await RawConnection.Open(Server.Endpoint);
        await connection.Say(request);
        connection.SayNoMore();
        return await connection.HearAll();
    }
}
