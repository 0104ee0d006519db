using System.Diagnostics;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Aws.Tests;

/// <summary>A run is as quick as the service's quota allows, and is hardly ever throttled.</summary>
public class QuotaTests
{
    [Fact]
    public async Task A_run_keeps_to_the_quota()
    {
        const int perSecond = 200;
        const int calls = 300;
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Latency = TimeSpan.FromMilliseconds(40), RequestsPerSecond = perSecond }, Given.Token);
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = sandbox.Endpoint.ToString(), RequestsPerSecond = perSecond,
        });
        Stopwatch watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Given.Token },
            async (_, token) => await session.EventBridge.DescribeEventBusAsync("default", token));

        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed.TotalSeconds:0.00} s for a floor of {(double)calls / perSecond:0.00} s, {sandbox.Calls.Count(call => call.Status != 200)} throttled");
        Assert.InRange(sandbox.Calls.Count(call => call.Status != 200), 0, calls / 20);
    }
}
