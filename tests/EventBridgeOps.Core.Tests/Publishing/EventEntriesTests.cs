using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Publishing;

public sealed class EventEntriesTests
{
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task An_event_becomes_an_entry_of_its_own_fields()
    {
        EventEntry entry = Assert.Single(await ReadAsync("""{"version":"0","id":"e-1","detail-type":"t","source":"s","account":"1","time":"2026-11-21T09:30:05Z","region":"r","replay-name":"x","resources":["a"],"detail":{"n":1e3}}"""));
        Assert.Equal(("s", "t", """{"n":1e3}""", "bus", "e-1"), (entry.Source, entry.DetailType, entry.Detail, entry.EventBusName, entry.EventId));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 30, 5, TimeSpan.Zero), entry.Time);
        Assert.Equal(["a"], entry.Resources);
        Assert.Equal("e1", entry.Origin);
    }

    [Theory]
    [InlineData("""{"id":"e-1","source":"s","detail-type":"t","detail":{"a":1}}""", """{"ebopsId":"e-1","a":1}""")]
    [InlineData("""{"id":"e-1","source":"s","detail-type":"t","detail":{"ebopsId":"own","a":1}}""", """{"ebopsId":"own","a":1}""")]
    public async Task The_id_of_the_event_becomes_that_of_the_detail(string given, string detail)
    {
        Sending sending = new();
        await sending.SendAsync(await ReadAsync(given));
        Assert.Equal(detail, Assert.Single(sending.Bus.Taken).Detail);
    }

    [Theory]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{}"}""", ErrorIds.EntryNotEvent)]
    [InlineData("""{"source":"s","detail-type":"t"}""", ErrorIds.InvalidEvent)]
    [InlineData("""{"source":"s","detail":{}}""", ErrorIds.InvalidEvent)]
    [InlineData("""{"source":1,"detail-type":"t","detail":{}}""", ErrorIds.InvalidEvent)]
    [InlineData("""{"source":"s","detail-type":"t","detail":"{}"}""", ErrorIds.InvalidEvent)]
    [InlineData("""{"source":"s","detail-type":"t","detail":{},"time":"yesterday"}""", ErrorIds.InvalidEvent)]
    [InlineData("""{"source":"s","detail-type":"t","detail":{},"resources":"a"}""", ErrorIds.InvalidEvent)]
    public async Task What_cannot_be_an_entry_is_an_error_and_the_rest_goes_on(string bad, string errorId)
    {
        Assert.Single(await ReadAsync(bad, """{"source":"s","detail-type":"t","detail":{}}"""));
        Assert.Equal(errorId, Assert.Single(_observer.Failures).Error.ErrorId);
    }

    private Task<List<EventEntry>> ReadAsync(params string[] events) =>
        new EventEntries("bus").ReadAsync(Streams.From(events.Select((text, index) => EventDocument.Parse(text, $"e{index + 1}"))), _observer, Run.Token).ToListAsync(Run.Token);
}
