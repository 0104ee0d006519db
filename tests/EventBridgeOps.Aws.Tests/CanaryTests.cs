using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>One call through every step of AWSSDK.Core's pipeline. If this fails after an upgrade of it, the pipeline has changed.</summary>
public class CanaryTests
{
    [Fact]
    public async Task A_call_goes_through_marshaller_endpoint_signer_retry_unmarshaller_and_error_path()
    {
        using StubServer server = new(
            StubAnswer.Error(500, "InternalException"),
            new StubAnswer(200, """{"Name":"mvp-start","State":"ENABLED","New":{"Field":1}}"""),
            StubAnswer.Error(400, "ValidationException"));
        using OpsSession session = Given.Session(server, maxAttempts: 3);
        List<ObservedCall> calls = new();
        session.CallObserved += calls.Add;

        JsonObject rule = await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token);

        Assert.Equal("""{"Name":"mvp-start","State":"ENABLED","New":{"Field":1}}""", rule.ToJsonString());
        StubRequest request = server.Requests[1];
        Assert.Equal(("POST", "/"), (request.Method, request.Path));
        Assert.Equal("AWSEvents.DescribeRule", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers["Content-Type"]);
        Assert.Equal("""{"Name":"mvp-start","EventBusName":"mvp-development"}""", request.Body);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/events/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*x-amz-date[a-z0-9;-]*x-amz-target[a-z0-9;-]*, Signature=[0-9a-f]{64}$", request.Headers["Authorization"]);
        Assert.Matches(@"EventBridgeOps/[0-9]+\.[0-9]+\.[0-9]+", request.Headers["User-Agent"]);
        Assert.Equal([(500, 1), (200, 2)], calls.Select(call => (call.Status, call.Attempt)));
        Assert.All(calls, call => Assert.Equal(("events", "DescribeRule", "req-1"), (call.Service, call.Operation, call.RequestId)));

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token));
        Assert.Equal(new FailedCall("events", "DescribeRule", "ValidationException", 400, "req-1"), error.Call);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Every_attempt_of_every_protocol_is_signed_by_the_book()
    {
        using StubServer server = new((request, number) => number == 0
            ? StubAnswer.Error(500, "InternalException")
            : new StubAnswer(200, request.Path == "/" && !request.Headers.ContainsKey("X-Amz-Target")
                ? "<r><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn><UserId>u</UserId></GetCallerIdentityResult></r>"
                : StubAnswer.Anything));
        using OpsSession session = Given.Session(server);

        await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, "Größe 🚀", Given.Token);
        await session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync();
        await session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token);

        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal(SigV4.Expected(request.Method, request.Path, request.Headers, request.Body, "secret"), SigV4.Claimed(request.Headers)));
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        using StubServer server = new(new StubAnswer());
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "ASIDEXAMPLE", SecretKey = "secret", SessionToken = "the-token", EndpointUrl = server.Url,
        });

        await session.Get<IEventBridgeApi>().DescribeEventBusAsync(Given.Bus, Given.Token);

        Assert.Equal("the-token", server.Requests[0].Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", server.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_at_once()
    {
        using StubServer server = new(new StubAnswer { Wait = StubServer.Never });
        using OpsSession session = Given.Session(server, time: new ManualTimeProvider());
        using CancellationTokenSource cancel = new();

        Task<JsonObject> call = session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, cancel.Token);
        await server.HangsAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_whose_body_hangs()
    {
        using StubServer server = new(new StubAnswer(200, "{\"Name\":") { MissingBytes = 100, HangInBody = true });
        using OpsSession session = Given.Session(server, time: new ManualTimeProvider());
        using CancellationTokenSource cancel = new();

        Task<JsonObject> call = session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, cancel.Token);
        await server.HangsAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
