using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>The happy path, and the errors, against our sandbox, and against an emulator that none of us wrote.</summary>
public sealed class EngineTests(MotoFixture moto) : IAsyncLifetime
{
    private SandboxServer? _sandbox;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task All_operations_of_the_ports_work(string engine)
    {
        using OpsSession session = await OpenAsync(engine);
        await CreateAsync(session);

        Assert.Equal("123456789012", (await session.Get<IIdentityApi>().GetCallerIdentityAsync(Given.Token)).AccountId);
        Assert.Contains(await session.Get<IEventBridgeApi>().ListEventBusesAsync(null, Given.Token).ListAsync(), bus => (string?)bus["Name"] == Given.Bus);
        Assert.Equal(Given.Bus, (string?)(await session.Get<IEventBridgeApi>().DescribeEventBusAsync(Given.Bus, Given.Token))["Name"]);
        Assert.Equal([Given.Rule], (await session.Get<IEventBridgeApi>().ListRulesAsync(Given.Bus, "mvp-", Given.Token).ListAsync()).Select(rule => (string?)rule["Name"]));
        Assert.Equal("ENABLED", (string?)(await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token))["State"]);

        const string queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/mvp";
        JsonObject target = Given.Document($$$"""{"Id":"t1","Arn":"{{{queue}}}","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"mvp:1","JobName":"Größe"}}""");
        Assert.Empty(await session.Get<IEventBridgeApi>().PutTargetsAsync(Given.Bus, Given.Rule, [target], Given.Token));
        JsonObject read = Assert.Single(await session.Get<IEventBridgeApi>().ListTargetsByRuleAsync(Given.Bus, Given.Rule, Given.Token).ListAsync());
        Assert.True(JsonNode.DeepEquals(target, read), read.ToJsonString());
        Assert.Equal([Given.Rule], await session.Get<IEventBridgeApi>().ListRuleNamesByTargetAsync(Given.Bus, queue, Given.Token).ListAsync());

        Assert.Empty(await session.Get<IBatchApi>().DescribeJobDefinitionsAsync("absent", "ACTIVE", Given.Token).ListAsync());
        Assert.NotNull(await session.Get<IBatchApi>().DescribeJobDefinitionPagesAsync("ACTIVE", Given.Token).ListAsync());
        Assert.Empty(await session.Get<IBatchApi>().DescribeJobQueuesAsync(Given.Token).ListAsync());
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task What_does_not_exist_is_told_apart(string engine)
    {
        using OpsSession session = await OpenAsync(engine);
        await CreateAsync(session);

        ServiceCallException bus = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeEventBusAsync("absent", Given.Token));
        ServiceCallException rule = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, "absent", Given.Token));

        Assert.Equal((ErrorIds.EventBusNotFound, ErrorIds.RuleNotFound), (bus.ErrorId, rule.ErrorId));
    }

    private async Task<OpsSession> OpenAsync(string engine)
    {
        _sandbox = engine == "sandbox" ? await SandboxServer.StartAsync(new SandboxOptions { PageSize = 1 }, Given.Token) : null;
        string url = (_sandbox?.Endpoint ?? (await moto.SharedAsync()).Endpoint).ToString();
        return OpsSession.Open(new SessionOptions { Region = "eu-west-1", AccessKey = "test", SecretKey = "test", EndpointUrl = url });
    }

    /// <summary>The ports cannot create. On the engine that the tests share, it may all be there already.</summary>
    private static async Task CreateAsync(OpsSession session)
    {
        using AwsClient client = new(new Uri(session.EndpointUrl!));
        await client.Events("CreateEventBus", $$"""{"Name":"{{Given.Bus}}"}""");
        (await client.Events("PutRule", $$$"""{"Name":"{{{Given.Rule}}}","EventBusName":"{{{Given.Bus}}}","EventPattern":"{\"source\":[\"mvp\"]}"}""")).Succeeded();
    }
}
