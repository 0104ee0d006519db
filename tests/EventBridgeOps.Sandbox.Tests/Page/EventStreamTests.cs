using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Page;

namespace EventBridgeOps.Sandbox.Tests.Page;

/// <summary>Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html.</summary>
public sealed class EventStreamTests : PageTest
{
    [Fact]
    public async Task DeliveryIsTheOneThatTheLogHas()
    {
        await Fill();
        using EventReader events = await EventReader.Open(Server.Endpoint);
        await SendEvents(Aws);
        JsonElement delivery = (await events.Next("delivery"))!.Value;
        JsonElement logged = (await Aws.Admin(HttpMethod.Get, "deliveries")).Succeeded().Json[0];
        Assert.Equal(logged.GetRawText(), delivery.GetRawText());
        Assert.Equal("text/event-stream", events.ContentType);
    }

    [Fact]
    public async Task WhoComesBackGoesOnWhereTheyWere()
    {
        await Fill();
        await SendEvents(Aws, 3);
        string lastId;
        using (EventReader events = await EventReader.Open(Server.Endpoint))
        {
            Assert.Equal(1, await NextNumber(events));
            Assert.Equal(2, await NextNumber(events));
            lastId = events.LastId;
        }

        using EventReader again = await EventReader.Open(Server.Endpoint, "?last=1000", lastId);
        Assert.Equal(3, await NextNumber(again));
    }

    [Theory]
    [InlineData("?after=2", 3)]
    [InlineData("?last=2", 2)]
    [InlineData("?last=0", 4)]
    [InlineData("?after=ofAnEarlierSandbox-2", 1)]
    public async Task BeginsWhereItIsAskedTo(string query, int first)
    {
        await Fill();
        await SendEvents(Aws, 3);
        using EventReader events = await EventReader.Open(Server.Endpoint, query);
        await events.Next("start");
        await SendEvents(Aws);
        Assert.Equal(first, await NextNumber(events));
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?after=")]
    [InlineData("?last=-1")]
    [InlineData("?last=10001")]
    [InlineData("?follow")]
    public async Task UnreadablePositionIsRefused(string query) =>
        Assert.Equal(400, (await Aws.Admin(HttpMethod.Get, "events" + query)).Status);

    [Fact]
    public async Task IdOfAnEarlierSandboxBeginsAtTheStart()
    {
        await Fill();
        await SendEvents(Aws, 2);
        using EventReader events = await EventReader.Open(Server.Endpoint, lastId: "ofAnEarlierSandbox-2");
        Assert.Equal(1, await NextNumber(events));
    }

    [Fact]
    public async Task ChangeOfTheStateAndClearedLogAreSaid()
    {
        await Fill();
        await SendEvents(Aws, 2);
        using EventReader events = await EventReader.Open(Server.Endpoint);
        Assert.Equal(1, await NextNumber(events));
        Assert.Equal(2, await NextNumber(events));
        await MakeQueue(Aws, "another");
        Assert.NotNull(await events.Next("world"));
        (await Aws.Admin(HttpMethod.Delete, "deliveries")).Succeeded();
        Assert.Equal(2, (await events.Next("forgotten"))!.Value.GetProperty("through").GetInt64());
        await SendEvents(Aws);
        Assert.Equal(3, await NextNumber(events));
    }

    [Fact]
    public async Task EachDeliveryIsSaidOnceToEachOfManyReaders()
    {
        await Fill();
        using EventReader one = await EventReader.Open(Server.Endpoint);
        using EventReader other = await EventReader.Open(Server.Endpoint);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendEvents(Aws, 100)));
        foreach (EventReader events in new[] { one, other })
        {
            for (int number = 1; number <= 400; number++)
                Assert.Equal(number, await NextNumber(events));
        }
    }

    [Fact]
    public async Task StreamEndsWhenTheSandboxStops()
    {
        using EventReader events = await EventReader.Open(Server.Endpoint);
        await events.Next("start");
        await Server.StopAsync();
        try
        {
            Assert.Null(await events.Next("delivery"));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // It may end with a reset.
        }
    }

    [Fact]
    public async Task StreamsAreBoundedAndClosedOnesDoNotCount()
    {
        List<EventReader> open = [];
        for (int i = 0; i < 32; i++)
        {
            EventReader events = await EventReader.Open(Server.Endpoint);
            await events.Next("start");
            open.Add(events);
        }

        Assert.Equal(503, (await Aws.Admin(HttpMethod.Get, "events")).Status);
        open.ForEach(events => events.Dispose());
        HttpRequestException? refused;
        do
        {
            // The server takes a moment to see that they are gone.
            refused = null;
            try
            {
                using EventReader events = await EventReader.Open(Server.Endpoint);
                Assert.NotNull(await events.Next("start"));
            }
            catch (HttpRequestException e)
            {
                refused = e;
            }
        }
        while (refused is not null);
    }

    [Fact]
    public async Task SilenceIsBrokenByHeartbeats()
    {
        ManualTimeProvider clock = new();
        await using SandboxServer server = await SandboxServer.StartAsync(new() { TimeProvider = clock }, Token);
        using RawConnection connection = await RawConnection.Open(server.Endpoint);
        await connection.Say("GET /_sandbox/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await connection.HearUntil("event: start");
        await clock.SomebodyWaitsAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(25));
        await connection.HearUntil(": heartbeat\n\n");
    }

    [Fact]
    public async Task ReaderThatTakesNothingIsGivenUp()
    {
        ManualTimeProvider clock = new();
        using StuckStream stuck = new();
        Task writing = new EventWriter(stuck, clock).WriteAsync("delivery", "1", "{}", Token);
        await clock.SomebodyWaitsAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(writing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<IOException>(() => writing);
    }

    [Fact]
    public async Task WhoIsTooLateIsToldWhatTheLogNoLongerHas()
    {
        await Fill();
        await SendEvents(Aws, 10_020);
        using EventReader events = await EventReader.Open(Server.Endpoint, "?after=1");
        Assert.Equal(20, (await events.Next("forgotten"))!.Value.GetProperty("through").GetInt64());
        Assert.Equal(21, await NextNumber(events));
    }

    private static async Task<long> NextNumber(EventReader events) => (await events.Next("delivery"))!.Value.GetProperty("number").GetInt64();

    private async Task Fill()
    {
        await MakeQueue(Aws, "q");
        await MakeRule(Aws, "r", ToQueue("t", "q"));
    }

    private sealed class StuckStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(new TaskCompletionSource().Task);
    }
}
