using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Each error of the wire gets its id, and a message that names the call, its object, the cause and what to do.</summary>
public class ErrorTests
{
    private const string DescribeRule = "DescribeRule on rule mvp-start (event bus mvp-development)";

    public static TheoryData<int, string, string, string, string> Refusals => new()
    {
        { 400, "ThrottlingException", "Rate exceeded", ErrorIds.Throttled, "Rate exceeded. Try again later, or with fewer requests per second." },
        { 429, "TooManyRequestsException", "Rate exceeded", ErrorIds.Throttled, "was throttled, and all retries failed" },
        { 429, "Unheard", "Slow down", ErrorIds.Throttled, "was throttled, and all retries failed" },
        { 500, "InternalException", "Oops", ErrorIds.ServiceUnavailable, "with HTTP status 500, and all retries failed: InternalException. Oops. Try again later" },
        { 503, "ServiceUnavailable", "Busy", ErrorIds.ServiceUnavailable, "https://health.aws.amazon.com" },
        { 400, "ExpiredTokenException", "The security token included in the request is expired", ErrorIds.ExpiredCredentials, "Sign in again (aws sso login)" },
        { 403, "ExpiredToken", "", ErrorIds.ExpiredCredentials, "Sign in again" },
        { 403, "RequestExpired", "", ErrorIds.ExpiredCredentials, "Sign in again" },
        { 400, "UnrecognizedClientException", "The security token included in the request is invalid.", ErrorIds.InvalidCredentials, "Check the access key ID" },
        { 403, "InvalidClientTokenId", "", ErrorIds.InvalidCredentials, "Check the access key ID" },
        { 403, "SignatureDoesNotMatch", "", ErrorIds.InvalidCredentials, "the clock of this computer" },
        { 403, "InvalidSignatureException", "", ErrorIds.InvalidCredentials, "the clock of this computer" },
        { 400, "IncompleteSignature", "", ErrorIds.InvalidCredentials, "Check the access key ID" },
        { 400, "AccessDeniedException", "User: u is not authorized to perform: events:DescribeRule on resource: r", ErrorIds.AccessDenied, "Grant the identity events:DescribeRule on rule mvp-start (event bus mvp-development)." },
        { 400, "AccessDeniedException", "User: u is not authorized to perform: iam:PassRole on resource: r", ErrorIds.AccessDenied, "User: u is not authorized to perform: iam:PassRole on resource: r. Grant the identity iam:PassRole on" },
        { 403, "UnauthorizedOperation", "No.", ErrorIds.AccessDenied, "Grant the identity events:DescribeRule" },
        { 400, "ResourceNotFoundException", "Event bus mvp-development does not exist.", ErrorIds.EventBusNotFound, "Check the name, the Region and the account" },
        { 400, "ResourceNotFoundException", "Rule mvp-start does not exist on EventBus mvp-development.", ErrorIds.RuleNotFound, "Rule mvp-start does not exist" },
        { 400, "ResourceNotFoundException", "An entity that you specified does not exist.", ErrorIds.RuleNotFound, "An entity that you specified does not exist." },
        { 400, "ManagedRuleException", "Rule is managed.", ErrorIds.ManagedRule, "is managed by an AWS service" },
        { 400, "ConcurrentModificationException", "Rule is being modified.", ErrorIds.ConcurrentModification, "Run the command again" },
        { 400, "ValidationException", "1 validation error detected", ErrorIds.RequestRejected, "1 validation error detected. The request must be corrected" },
        { 400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.", ErrorIds.RequestRejected, "exceeds the maximum number allowed" },
        { 403, "", "", ErrorIds.MalformedAnswer, "HTTP status 403 without an AWS error. Try again. If the error persists, check for a proxy" },
        { 301, "", "", ErrorIds.MalformedAnswer, "HTTP status 301" },
        { 503, "", "", ErrorIds.ServiceUnavailable, "HTTP status 503, and all retries failed: HTTP 503." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_explained(int status, string code, string words, string errorId, string expected)
    {
        using StubServer server = new(code.Length == 0 ? new StubAnswer(status, "") : StubAnswer.Error(status, code, words));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith(DescribeRule, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("(Request ID: req-1)", error.Message, StringComparison.Ordinal);
        Assert.Equal((status, "req-1"), (error.Call.Status, error.Call.RequestId));
        bool mayPass = errorId is ErrorIds.Throttled or ErrorIds.ServiceUnavailable;
        Assert.Equal(mayPass ? 2 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task Restjson_and_query_errors_are_read_too()
    {
        using StubServer server = new((request, _) => request.Path == "/"
            ? new StubAnswer(403, "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The token is invalid.</Message></Error><RequestId>xml-1</RequestId></ErrorResponse>")
            {
                Headers = new Dictionary<string, string>(),
            }
            : new StubAnswer(400, """{"message":"Bad filter"}""")
            {
                Headers = new Dictionary<string, string> { ["x-amzn-ErrorType"] = "ClientException:http://internal.amazon.com/", ["x-amzn-RequestId"] = "req-2" },
            });
        using OpsSession session = Given.Session(server);

        ServiceCallException batch = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync());
        ServiceCallException sts = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token));

        Assert.Equal((ErrorIds.RequestRejected, new FailedCall("batch", "DescribeJobQueues", "ClientException", 400, "req-2")), (batch.ErrorId, batch.Call));
        Assert.Equal((ErrorIds.InvalidCredentials, new FailedCall("sts", "GetCallerIdentity", "InvalidClientTokenId", 403, "xml-1")), (sts.ErrorId, sts.Call));
    }

    [Fact]
    public async Task A_proxys_error_page_is_told_by_its_status()
    {
        using StubServer server = new(new StubAnswer(502, "<html>Bad gateway</html>"));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal((ErrorIds.ServiceUnavailable, 502), (error.ErrorId, error.Call.Status));
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable_and_not_asked_often()
    {
        StubServer server = new();
        string url = server.Url;
        server.Dispose();
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = url, Host = new SessionHost { Time = new ManualTimeProvider { AutoAdvance = true } },
        });
        int attempts = 0;
        session.CallObserved += _ => attempts++;

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal(ErrorIds.Unreachable, error.ErrorId);
        Assert.StartsWith($"{DescribeRule} could not reach {url}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing listens on this local endpoint. If it was a sandbox, it was stopped: start it again, or remove the environment variable AWS_ENDPOINT_URL and the others that the sandbox set, for example by opening a new shell.", error.Message, StringComparison.Ordinal);
        Assert.True(error.MayPass);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_reset_connection_is_tried_again_then_unreachable()
    {
        using StubServer server = new(new StubAnswer { Reset = true });
        using OpsSession session = Given.Session(server, maxAttempts: 3);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal((ErrorIds.Unreachable, 0), (error.ErrorId, error.Call.Status));
        Assert.InRange(server.Requests.Count, 3, 6);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_unreachable()
    {
        ManualTimeProvider time = new();
        using StubServer server = new(new StubAnswer { Wait = StubServer.Never });
        using OpsSession session = Given.Session(server, maxAttempts: 1, time);

        Task<JsonObject> call = session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token);
        await server.HangsAsync();
        time.Advance(TimeSpan.FromSeconds(25));

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => call);
        Assert.Equal(ErrorIds.Unreachable, error.ErrorId);
        Assert.Contains("No response was received within 25 seconds.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("<html>hello</html>")]
    [InlineData("{\"Name\":\"mvp")]
    [InlineData("{\"Name\":1,\"Name\":2}")]
    [InlineData("{\"Name\":{\"a\":1,\"\\u0061\":2}}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task An_answer_that_is_no_proper_object_is_malformed(string body)
    {
        using StubServer server = new(new StubAnswer(200, body));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal((ErrorIds.MalformedAnswer, 200), (error.ErrorId, error.Call.Status));
        Assert.StartsWith($"{DescribeRule} returned an unexpected response: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(body[0] == '{' ? 2 : 1, server.Requests.Count); // What is no object at all is not asked for again.
    }

    [Fact]
    public async Task A_cut_off_body_is_malformed_unless_the_retry_is_whole()
    {
        StubAnswer cut = new(200, "{\"Name\":") { MissingBytes = 50 };
        using StubServer server = new(cut, cut, cut, new StubAnswer(200, """{"Name":"whole"}"""));
        using OpsSession session = Given.Session(server, maxAttempts: 2);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));
        JsonObject rule = await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token);

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Equal("whole", (string?)rule["Name"]);
    }

    [Fact]
    public async Task An_empty_body_is_enough_only_where_nothing_is_to_be_said()
    {
        using StubServer server = new(new StubAnswer(200, ""));
        using OpsSession session = Given.Session(server);

        await session.Get<IBatchApi>().DeregisterJobDefinitionAsync("job:1", Given.Token);
        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));
        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains("field Name is missing.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><head><title>Sign in\n to Acme &amp; Co</title></head>", "HTTP status 200 and a page of type text/html that is not from AWS, with the title \"Sign in to Acme & Co\".")]
    [InlineData(403, "text/html", "<html>blocked</html>", "HTTP status 403 and a body of type text/html that is not from AWS.")]
    [InlineData(200, "text/plain", "OK", "HTTP status 200 and a body of type text/plain that is not from AWS.")]
    public async Task A_page_from_somewhere_else_is_not_asked_for_again(int status, string type, string body, string said)
    {
        using StubServer server = new(new StubAnswer(status, body) { Headers = new Dictionary<string, string> { ["Content-Type"] = type } });
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_page_from_a_proxy_that_fails_is_asked_for_again_and_named()
    {
        using StubServer server = new(new StubAnswer(502, "<html><title>502 Bad Gateway</title></html>") { Headers = new Dictionary<string, string> { ["Content-Type"] = "text/html" } });
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal(ErrorIds.ServiceUnavailable, error.ErrorId);
        Assert.Contains("with the title \"502 Bad Gateway\"", error.Message, StringComparison.Ordinal);
        Assert.True(server.Requests.Count > 1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_that_is_too_long_ends_and_is_not_asked_for_again(int status)
    {
        using StubServer server = new(new StubAnswer(status, "{\"Name\":\"" + new string('x', 17 * 1024 * 1024) + "\"}"));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains("the response is longer than 16 MB.", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Empty_pages_without_end_end()
    {
        using StubServer server = new((_, number) => new StubAnswer(200, $$"""{"Rules":[],"NextToken":"t{{number}}"}"""));
        using OpsSession session = Given.Session(server);

        OpsException error = await Assert.ThrowsAsync<OpsException>(async () => await session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, null, Given.Token).ToListAsync(Given.Token));

        Assert.Equal(ErrorIds.MalformedAnswer, error.ErrorId);
        Assert.Contains("2000 pages in a row were empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_shows_no_secret()
    {
        using StubServer server = new(StubAnswer.Error(400, "ValidationException", "password=hunter2 is wrong"));
        using OpsSession session = Given.Session(server);

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));

        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
