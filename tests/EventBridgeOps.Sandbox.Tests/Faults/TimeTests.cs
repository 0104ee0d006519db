using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class TimeTests
{
    private readonly ManualTimeProvider clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_takes_its_latency()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(40), TimeProvider = clock }, Token);
        using AwsClient aws = new(server.Endpoint);
        Task<Answer> call = aws.Events("ListRules", "{}");
        await clock.SomebodyWaitsAsync(Token);
        clock.Advance(TimeSpan.FromMilliseconds(39));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await call).Succeeded();
    }

    [Fact]
    public async Task A_slow_call_waits_and_a_stop_does_not_wait_for_it()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { TimeProvider = clock }, Token);
        using AwsClient aws = new(server.Endpoint);
        server.Faults.Add("ListRules", Fault.Slow(TimeSpan.FromHours(1)));
        Task<Answer> slow = aws.Events("ListRules", "{}");
        await clock.SomebodyWaitsAsync(Token);
        clock.Advance(TimeSpan.FromHours(1));
        (await slow).Succeeded();

        Task<Answer> cutOff = aws.Events("ListRules", "{}");
        await clock.SomebodyWaitsAsync(Token);
        await server.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => cutOff);
        await server.Stopped;
    }

    [Fact]
    public async Task A_late_answer_comes_after_the_effect()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { TimeProvider = clock }, Token);
        using AwsClient aws = new(server.Endpoint);
        server.Faults.AddJson("""{"operation":"CreateEventBus","fault":{"kind":"lateAnswer","delay":"01:00:00"}}""");
        Task<Answer> late = aws.Events("CreateEventBus", """{"Name":"late"}""");
        await clock.SomebodyWaitsAsync(Token);
        (await aws.Events("DescribeEventBus", """{"Name":"late"}""")).Succeeded();
        Assert.False(late.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));
        (await late).Succeeded();
    }

    [Fact]
    public async Task A_service_takes_so_many_calls_a_second_in_each_region()
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new() { RequestsPerSecond = 50, Burst = 2, TimeProvider = clock }, Token);
        using AwsClient aws = new(server.Endpoint);
        using AwsClient elsewhere = new(server.Endpoint, "us-east-1");
        Assert.Equal([200, 200, 400, 400], await Statuses(4));
        (await elsewhere.Events("ListRules", "{}")).Succeeded();
        (await aws.Batch("DescribeJobQueues", "{}")).Succeeded();
        (await aws.Batch("DescribeJobQueues", "{}")).Succeeded();
        (await aws.Batch("DescribeJobQueues", "{}")).Failed(429, "TooManyRequestsException");

        clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal([200, 400], await Statuses(2));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([200, 200, 400], await Statuses(3));

        async Task<List<int>> Statuses(int calls)
        {
            List<int> statuses = new();
            for (int i = 0; i < calls; i++)
                statuses.Add((await aws.Events("ListRules", "{}")).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task A_parent_that_is_gone_is_noticed()
    {
        await ParentWatch.WaitForExitAsync(int.MaxValue, clock, Token);

        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task watch = ParentWatch.WaitForExitAsync(Environment.ProcessId, clock, watching.Token);
        await clock.SomebodyWaitsAsync(Token);
        Assert.False(watch.IsCompleted);
        await watching.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }
}
