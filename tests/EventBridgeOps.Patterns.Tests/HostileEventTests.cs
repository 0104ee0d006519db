using System.Text;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>What is made to hurt gets an error or an answer, never a crash or a wait.</summary>
public sealed class HostileEventTests
{
    private static readonly EventPattern Pattern = EventPattern.Parse("""{"a":[1],"b":{"c":[{"wildcard":"*a*a*a*a*b"}]}}""");

    [Fact]
    public void A_million_fields() => AssertRefused("{" + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"k{i}\":1")) + "}", "more than 250000 fields");

    [Fact]
    public void A_million_brackets() => AssertRefused("{\"a\":" + new string('[', 1_000_000), "nested deeper than 1000");

    [Fact]
    public void A_long_number() => AssertRefused("{\"a\":" + new string('9', 1_000_000) + "}", "a number is longer than 1000 characters");

    [Fact]
    public void Too_many_bytes() => AssertRefused("{\"a\":\"" + new string('x', 17 * 1024 * 1024) + "\"}", "larger than");

    [Fact]
    public void Bytes_that_are_no_text() =>
        Assert.Contains("UTF-8", Assert.Throws<EventException>(() => Pattern.Matches([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8])).Reason, StringComparison.Ordinal);

    [Fact]
    public void Surrogates_written_as_bytes() =>
        Assert.Contains("UTF-8", Assert.Throws<EventException>(() => Pattern.Matches([.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8])).Reason, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_in_a_string() =>
        Assert.Contains("surrogate", Assert.Throws<EventException>(() => Pattern.Matches("{\"a\":\"\ud800\"}")).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_value_made_for_wildcards_that_go_back() =>
        Assert.False(Pattern.Matches("{\"a\":1,\"b\":{\"c\":\"" + new string('a', 1_000_000) + "\"}}"));

    [Fact]
    public void A_long_piece_that_nearly_matches_everywhere()
    {
        EventPattern pattern = EventPattern.Parse($$"""{"a":[{"wildcard":"*{{new string('a', 2000)}}b*"}]}""");

        Assert.False(pattern.Matches("{\"a\":\"" + new string('a', 1_000_000) + "\"}"));
        Assert.True(pattern.Matches("{\"a\":\"" + new string('a', 5_000) + "bc\"}"));
    }

    [Fact]
    public void An_event_of_many_blocks_with_everything_on_their_borders()
    {
        EventPattern pattern = EventPattern.Parse("""{"z":{"key":["é\"\\ü"],"n":[-12.5e-3],"t":[true]}}""");
        for (int pad = 0; pad < 140; pad++)
        {
            string text = "{\"p\":\"" + new string('p', pad) + "\",\"z\":{\"key\":\"é\\\"\\\\\\u00fc\",\"n\":-12.5e-3,\"t\":true},\"s\":[{},[],\"\",null , false]}";
            Assert.True(pattern.Matches(text), $"padding {pad}");
            for (int cut = 1; cut < 60; cut++)
                Assert.Throws<EventException>(() => pattern.Matches(Encoding.UTF8.GetBytes(text).AsSpan(0, Encoding.UTF8.GetByteCount(text) - cut)));
        }
    }

    private static void AssertRefused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<EventException>(() => Pattern.Matches(text)).Reason, StringComparison.Ordinal);
}
