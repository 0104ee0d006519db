using System.Collections.Concurrent;
using System.Globalization;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Aws.Tests;

/// <summary>Requests keep to the rate, and the rate to what the service takes.</summary>
public class PacerTests
{
    [Fact]
    public async Task A_few_go_at_once_then_one_by_one()
    {
        ManualTimeProvider time = new();
        RequestPacer pacer = new(50, time);
        time.Advance(TimeSpan.FromSeconds(10));

        List<Task> waits = Enumerable.Range(0, 8).Select(_ => pacer.WaitAsync(Given.Token)).ToList();

        Assert.Equal(5, waits.Count(wait => wait.IsCompleted));
        time.Advance(TimeSpan.FromMilliseconds(21));
        await waits[5];
        Assert.False(waits[6].IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(40));
        await Task.WhenAll(waits);
    }

    [Fact]
    public void A_session_with_few_requests_sends_them_at_once_from_its_start()
    {
        ManualTimeProvider time = new();
        RequestPacer pacer = new(50, time, burst: 25);
        Assert.Equal(21, Enumerable.Range(0, 30).Select(_ => pacer.WaitAsync(Given.Token)).ToList().Count(wait => wait.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(25, Enumerable.Range(0, 30).Select(_ => pacer.WaitAsync(Given.Token)).ToList().Count(wait => wait.IsCompleted));
    }

    [Fact]
    public async Task Many_requests_take_what_the_rate_says()
    {
        ManualTimeProvider time = new() { AutoAdvance = true };
        RequestPacer pacer = new(50, time);

        for (int request = 0; request < 500; request++)
            await pacer.WaitAsync(Given.Token);

        Assert.InRange(time.Now.TotalSeconds, 9.8, 10.1);
    }

    [Fact]
    public void The_rate_falls_by_the_throttled_share_and_rises_with_time()
    {
        ManualTimeProvider time = new();
        RequestPacer pacer = new(50, time);
        for (int request = 0; request < 50; request++)
        {
            _ = pacer.WaitAsync(Given.Token);
            if (request % 5 == 0)
                pacer.Throttled();
        }

        Assert.Equal(50, pacer.Rate);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((50 * 0.8) + 4, pacer.Rate, 6);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(48, pacer.Rate, 6);
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(50, pacer.Rate);
    }

    [Fact]
    public void The_rate_never_falls_to_nothing()
    {
        ManualTimeProvider time = new();
        RequestPacer pacer = new(0.01, time);
        for (int second = 0; second < 100; second++)
        {
            _ = pacer.WaitAsync(Given.Token);
            pacer.Throttled();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(pacer.Rate, 0.001, 0.01);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        RequestPacer pacer = new(0.1, new ManualTimeProvider());
        await pacer.WaitAsync(Given.Token);
        using CancellationTokenSource cancel = new();

        Task wait = pacer.WaitAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pacer.WaitAsync(cancel.Token));
    }

    [Fact]
    public async Task A_session_paces_all_attempts_retries_too()
    {
        ManualTimeProvider time = new() { AutoAdvance = true };
        using StubServer server = new((_, number) => number % 2 == 0 ? StubAnswer.Error(500, "InternalException") : new StubAnswer());
        using OpsSession session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "a", SecretKey = "b", EndpointUrl = server.Url, Host = new SessionHost { Time = time }, RequestsPerSecond = 1,
        });

        for (int call = 0; call < 10; call++)
            await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, Given.Rule, Given.Token);

        Assert.Equal(20, server.Requests.Count);
        Assert.InRange(time.Now.TotalSeconds, 15, 40);
    }

    [Fact]
    public async Task Hundreds_of_calls_through_throttling_and_faults_all_succeed()
    {
        StubAnswer[] faults =
        [
            StubAnswer.Error(400, "ThrottlingException"), StubAnswer.Error(500, "InternalException"), new() { Reset = true }, new(200, "{\"a") { MissingBytes = 5 },
        ];
        // By call and attempt, not by arrival: else chance gives one call more faults than it has attempts.
        ConcurrentDictionary<string, int> attempts = new();
        using StubServer server = new((request, _) =>
        {
            string name = (string)Given.Document(request.Body)["Name"]!;
            int call = int.Parse(name, CultureInfo.InvariantCulture);
            int attempt = attempts.AddOrUpdate(name, 0, (_, last) => last + 1);
            return attempt < (call % 40 == 0 ? 4 : call % 8 == 1 ? 1 : 0) ? faults[(call + attempt) % 4] : new StubAnswer(200, $$"""{"Name":"{{name}}"}""");
        });
        using OpsSession session = Given.Session(server, maxAttempts: 5);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (int call = caller * 25; call < (caller + 1) * 25; call++)
                Assert.Equal($"{call}", (string?)(await session.Get<IEventBridgeApi>().DescribeRuleAsync(Given.Bus, $"{call}", Given.Token))["Name"]);
        }));

        Assert.Equal(400 + (10 * 4) + 50, server.Requests.Count);
    }
}
