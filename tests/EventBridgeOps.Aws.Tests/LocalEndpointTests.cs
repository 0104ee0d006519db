using System.Net;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>The tests that change the proxy, which is the whole process's: they run alone.</summary>
[CollectionDefinition(nameof(ProxyCollection), DisableParallelization = true)]
public sealed class ProxyCollection;

[Collection(nameof(ProxyCollection))]
public sealed class LocalEndpointTests
{
    [Fact]
    public async Task It_is_called_past_any_proxy()
    {
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:1");
        try
        {
            using StubServer server = new(new StubAnswer(Body: """{"EventBuses":[]}"""));
            using OpsSession session = Given.Session(server);
            Assert.Empty(await session.Get<IEventBridgeApi>().ListEventBusesAsync(null, Given.Token).ListAsync());
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public void The_configuration_can_be_left_aside()
    {
        using Surroundings surroundings = new() { ["AWS_USE_FIPS_ENDPOINT"] = "true", ["AWS_MAX_ATTEMPTS"] = "none", ["AWS_PROFILE"] = "nobody" };
        SessionOptions options = new() { Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = "http://127.0.0.1:1" };

        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => OpsSession.Open(options with { Host = surroundings.Host })).ErrorId);
        using OpsSession session = OpsSession.Open(options);
        Assert.Equal("http://127.0.0.1:1", session.EndpointUrl?.TrimEnd('/'));
    }
}
