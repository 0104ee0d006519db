using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>A test that opens sessions in surroundings of its own, against a server of its own.</summary>
public abstract class SessionTest : IDisposable
{
    internal static readonly SessionOptions Keys = new() { AccessKey = "KEYS", SecretKey = "s" };

    internal Surroundings Around { get; } = new();

    internal StubServer Server { get; } = new(new StubAnswer());

    public void Dispose()
    {
        Around.Dispose();
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    internal OpsSession Open(SessionOptions options) => OpsSession.Open(options with { Host = Around.Host });

    internal OpsException AssertFails(SessionOptions options, string errorId, params string[] expected)
    {
        OpsException error = Assert.Throws<OpsException>(() => Open(options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        return error;
    }

    internal async Task<string> KeyUsedAsync(SessionOptions options)
    {
        using OpsSession session = Open(options with { EndpointUrl = Server.Url });
        await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", Given.Token);
        return Server.Requests[^1].Headers["Authorization"].Split("Credential=")[1].Split('/')[0];
    }
}
