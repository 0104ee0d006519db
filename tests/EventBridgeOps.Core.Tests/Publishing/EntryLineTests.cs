using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Publishing;

public sealed class EntryLineTests
{
    [Fact]
    public void A_line_has_all_that_PutEvents_takes()
    {
        EventEntry entry = EntryLine.Parse("""{"Source":"s","DetailType":"t","Detail":{"n": 1.50},"EventBusName":"b","Time":"2026-11-21T09:30:00Z","Resources":["r"],"TraceHeader":"h"}""");
        Assert.Equal(("s", "t", """{"n": 1.50}""", "b", "h"), (entry.Source, entry.DetailType, entry.Detail, entry.EventBusName, entry.TraceHeader));
        Assert.Equal(["r"], entry.Resources);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero), entry.Time);
    }

    [Theory]
    [InlineData("1.5", 1500)]
    [InlineData("\"1970-01-01T00:00:02Z\"", 2000)]
    public void A_time_is_a_text_or_seconds(string time, int milliseconds) =>
        Assert.Equal(milliseconds, EntryLine.Parse($$"""{"Source":"s","DetailType":"t","Detail":"{}","Time":{{time}}}""").Time!.Value.ToUnixTimeMilliseconds());

    [Fact]
    public void The_bus_of_the_command_counts_where_the_line_names_none()
    {
        Assert.Equal("b", EntryLine.Parse("""{"Source":"s","DetailType":"t","Detail":"{}"}""", "b").EventBusName);
        Assert.Equal("c", EntryLine.Parse("""{"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"c"}""", "b").EventBusName);
    }

    [Theory]
    [InlineData("""{"source":"s","detail-type":"t","detail":{}}""", "is an event, as matched by rules")]
    [InlineData("""{"Source":"s","DetailType":"t"}""", "Detail is missing")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":[1]}""", "Detail is neither an object nor a string")]
    [InlineData("""{"Source":1}""", "Source is not a string")]
    [InlineData("""{"Sauce":"s"}""", "Sauce is not a field")]
    [InlineData("""{"Source":"s","Resources":"r"}""", "Resources is not a list")]
    [InlineData("""{"Source":"s","Time":"soon"}""", "Time is neither")]
    [InlineData("""[]""", "not an object")]
    [InlineData("""{"Source":"geheim""", "error at line 1")]
    [InlineData("", "error at line 1")]
    [InlineData("{\"Source\":\"\\ud800\"}", "Unicode")]
    public void What_is_no_entry_is_refused_with_what_is_wrong(string line, string why)
    {
        OpsException error = Assert.Throws<OpsException>(() => EntryLine.Parse(line));
        Assert.Equal(ErrorIds.InvalidEntry, error.ErrorId);
        Assert.Contains(why, error.Message);
        Assert.DoesNotContain("geheim", error.Message);
    }

    [Fact]
    public void Sizes_are_counted_as_EventBridge_counts_them()
    {
        EventEntry entry = new() { Source = "ä", DetailType = "tt", Detail = "{}", EventBusName = "does not count", TraceHeader = "nor this" };
        Assert.Equal(2 + 2 + 2, EntryLimits.SizeOf(entry));
        Assert.Equal(2 + 2 + 2 + 14 + 3 + 1, EntryLimits.SizeOf(entry with { Time = DateTimeOffset.UnixEpoch, Resources = ["€", "r"] }));
    }

    [Fact]
    public void Nonsense_never_ends_in_anything_but_our_error()
    {
        RandomDocument random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            string line = random.ObjectText(3);
            if (random.Below(2) == 0)
                line = line[..random.Below(line.Length)];
            Assert.Throws<OpsException>(() => EntryLine.Parse(line));
        }
    }
}
