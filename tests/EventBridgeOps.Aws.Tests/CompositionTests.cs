using EventBridgeOps.Aws.Composition;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>The services of a session: each is made on first use.</summary>
public sealed class CompositionTests : SessionTest
{
    public static TheoryData<Type> Services => [.. ServiceRegistry.Product.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_can_be_made_without_a_call(Type service)
    {
        SessionOptions options = Keys with { Region = "eu-west-1", EndpointUrl = Server.Url, Host = Around.Host };
        using SessionServices services = new(ServiceRegistry.Product, options, new SessionConnection(options, _ => { }));

        object made = ServiceRegistry.Product.Make(service, services);

        Assert.IsAssignableFrom(service, made);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_service_is_made_once_for_a_session()
    {
        using OpsSession session = Open(Keys with { Region = "eu-west-1" }), other = Open(Keys with { Region = "eu-west-1" });

        Assert.Same(session.Get<RuleReader>(), session.Get<RuleReader>());
        Assert.NotSame(session.Get<RuleReader>(), other.Get<RuleReader>());
        Assert.Throws<InvalidOperationException>(session.Get<string>);
    }

    [Fact]
    public async Task The_setting_of_a_service_matters_when_the_service_is_used()
    {
        Around["AWS_ENDPOINT_URL"] = Server.Url;
        Around["AWS_ENDPOINT_URL_BATCH"] = "nonsense";
        using OpsSession session = Open(Keys with { Region = "eu-west-1" });

        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);

        OpsException error = Assert.Throws<OpsException>(session.Get<IBatchApi>);
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("nonsense", error.Message, StringComparison.Ordinal);
    }
}
