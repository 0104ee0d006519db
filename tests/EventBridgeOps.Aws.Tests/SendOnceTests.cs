using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Tests;

/// <summary>What makes something new each time is sent once, whatever retry mode the user has set.</summary>
public sealed class SendOnceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("standard")]
    [InlineData("adaptive")]
    [InlineData("legacy")]
    public async Task A_registration_whose_answer_is_lost_is_not_sent_again(string? mode)
    {
        using Surroundings around = new();
        around["AWS_RETRY_MODE"] = mode;
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Given.Token);
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = sandbox.Endpoint.ToString(), Host = around.Host,
        });

        // The first one opens the connection: what is sent over one that was used before might be sent again for another reason.
        await session.Get<IBatchApi>().RegisterJobDefinitionAsync(Definition(), Given.Token);
        foreach (Fault fault in new[] { Fault.ResetAfter(), Fault.InternalError(), Fault.CutOffBody(), Fault.Malformed() })
        {
            sandbox.ClearCalls();
            sandbox.Faults.Add("RegisterJobDefinition", fault, times: 1);
            ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => session.Get<IBatchApi>().RegisterJobDefinitionAsync(Definition(), Given.Token));
            Assert.True(error.MayPass, error.ErrorId);
            Assert.Single(sandbox.Calls);
        }
    }

    private static System.Text.Json.Nodes.JsonObject Definition() =>
        Given.Document("""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox"}}""");
}
