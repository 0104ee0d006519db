using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Aws.Tests;

/// <summary>A run is as quick as the service's quota allows, and is never throttled.</summary>
public class QuotaTests
{
    [Fact]
    public async Task A_run_keeps_to_the_quota()
    {
        const int perSecond = 200;
        const int calls = 300;
        const int atOnce = 16;
        // Both ends have one clock, which moves only when the session waits: without its waiting all calls come at once.
        ManualTimeProvider clock = new() { AutoAdvance = true };
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { RequestsPerSecond = perSecond, Burst = 2 * atOnce, TimeProvider = clock }, Given.Token);
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = sandbox.Endpoint.ToString(), RequestsPerSecond = perSecond, Host = new SessionHost { Time = clock },
        });

        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Given.Token },
            async (_, token) => await session.Get<IEventBridgeApi>().DescribeEventBusAsync("default", token));

        Assert.Equal(calls, sandbox.Calls.Count);
        Assert.All(sandbox.Calls, call => Assert.Equal(200, call.Status));
        Assert.InRange(clock.Now.TotalSeconds, (double)(calls - 2) / perSecond, 1.25 * calls / perSecond); // a wait that begins while another one moves the clock ends later
    }
}
