using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>boto3 does the same with the sandbox and with moto.</summary>
public sealed class SnsClientTests : SnsTest
{
    [Fact]
    public async Task Boto3SeesTheSameAsWithMoto()
    {
        string ours = await Child.Python("sns.py", Server.Environment, Server.Endpoint.ToString());
        await using MotoEngine moto = await MotoFixture.StartAsync();
        Assert.Equal(await Child.Python("sns.py", Server.Environment, moto.Endpoint.ToString()), ours);
    }
}
