using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Tests;

public sealed class EntryConverterTests
{
    private static readonly EntryDefaults Nothing = EntryDefaults.From(null, null, null, null, _ => null);

    [Fact]
    public void The_event_is_what_EventBridge_makes_of_the_entry()
    {
        EventDocument made = Convert("""{"Source":"mvp.uploads","DetailType":"Object Created","Detail":"{\"size\":1.50,\"deep\":{\"a\":[1]}}","Resources":["arn:x"],"Time":"2026-11-21T10:30:05.75+01:00","EventBusName":"mvp","TraceHeader":null}""");

        Assert.Equal("""{"version":"0","id":"00000000-0000-4000-8000-000000000000","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"us-east-1","resources":["arn:x"],"detail":{"size":1.50,"deep":{"a":[1]}}}""", made.Text);
        Assert.Equal(EventForm.Event, made.Form);
    }

    [Fact]
    public void Detail_may_be_an_object_and_what_is_missing_is_filled_in()
    {
        EntryDefaults defaults = EntryDefaults.From("e-1", "111122223333", null, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), name => name == "AWS_DEFAULT_REGION" ? "eu-west-1" : null);

        EventDocument made = Convert("""{"Source":"s","DetailType":"t","Detail":{"a":9007199254740993}}""", defaults);

        Assert.Equal("""{"version":"0","id":"e-1","detail-type":"t","source":"s","account":"111122223333","time":"2026-01-02T02:04:05Z","region":"eu-west-1","resources":[],"detail":{"a":9007199254740993}}""", made.Text);
    }

    [Fact]
    public void Account_and_region_are_those_of_the_buss_ARN()
    {
        string made = Convert("""{"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"arn:aws:events:eu-central-1:444455556666:event-bus/x"}""").Text;

        Assert.Contains("\"account\":\"444455556666\"", made, StringComparison.Ordinal);
        Assert.Contains("\"region\":\"eu-central-1\"", made, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1795253405", "2026-11-21T09:30:05Z")]
    [InlineData("1795253405.9", "2026-11-21T09:30:05Z")]
    [InlineData("\"2026-11-21\"", "2026-11-21T00:00:00Z")]
    [InlineData("null", "1970-01-01T00:00:00Z")]
    public void Times_are_taken_as_the_AWS_CLI_takes_them(string time, string expected) =>
        Assert.Contains($"\"time\":\"{expected}\"", Convert($$"""{"Source":"s","DetailType":"t","Detail":"{}","Time":{{time}}}""").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"DetailType":"t","Detail":"{}"}""", "Parameter Source is not valid. Reason: Source is a required argument.")]
    [InlineData("""{"Source":"s","Detail":"{}"}""", "Parameter DetailType is not valid.")]
    [InlineData("""{"Source":"s","DetailType":"t"}""", "Parameter Detail is not valid.")]
    [InlineData("""{"Source":"s","DetailType":"","Detail":"{}"}""", "Parameter DetailType is not valid.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"[]"}""", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{"}""", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{}","Resources":"arn"}""", "Resources is not a list of strings")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{}","Resources":[1]}""", "Resources is not a list of strings")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{}","Time":"soon"}""", "Time is neither")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{}","Time":1e30}""", "Time is neither")]
    [InlineData("""{"Source":"s","Source":"t"}""", "the same key twice")]
    public void What_EventBridge_would_not_take_is_told_in_its_words(string entry, string why)
    {
        OpsException error = Assert.Throws<OpsException>(() => Convert(entry));

        Assert.Equal(ErrorIds.InvalidEntry, error.ErrorId);
        Assert.StartsWith("EventBridge would reject entry f:1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_no_entry_and_an_entry_no_event()
    {
        Assert.Equal(ErrorIds.EntryNotEvent, Assert.Throws<OpsException>(() => Convert("""{"source":"s","detail-type":"t","detail":{}}""")).ErrorId);
        Assert.Contains("event convert", Assert.Throws<OpsException>(() => EventDocument.Parse("""{"Source":"s"}""", "f:1").RequireEvent()).Message, StringComparison.Ordinal);
    }

    private static EventDocument Convert(string entry, EntryDefaults? defaults = null) =>
        new EntryConverter(new ManualTimeProvider(), () => 0).Convert(EventDocument.Parse(entry, "f:1"), defaults ?? Nothing);
}
