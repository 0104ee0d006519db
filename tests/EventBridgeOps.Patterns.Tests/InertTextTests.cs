using System.Text.RegularExpressions;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>Text from outside, made harmless.</summary>
public sealed class InertTextTests
{
    [Fact]
    public void Every_character_that_steers_is_replaced_and_every_other_one_stays()
    {
        Regex steering = new(InertText.Class, RegexOptions.CultureInvariant);
        for (int code = 0; code <= char.MaxValue; code++)
        {
            char letter = (char)code;
            bool steers = code is < 0x20 or (>= 0x7F and <= 0x9F) or 0x061C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            Assert.Equal(steers ? " " : letter.ToString(), InertText.OneLine(letter.ToString()));
            Assert.Equal(steers, steering.IsMatch(letter.ToString()));
        }
    }

    [Fact]
    public void Lines_stay_lines() => Assert.Equal("a\n b\tc\nd ", InertText.Lines("a\r\n\rb\tc\nd\u001b"));

    [Fact]
    public void Json_means_the_same_and_hides_nothing()
    {
        const string Text = "{\"a\":\"\u202Ex\u0085\u007F\",\n\"b\":1}";
        string shown = InertText.Json(Text);
        Assert.Equal("{\"a\":\"\\u202ex\\u0085\\u007f\",\n\"b\":1}", shown);
        Assert.Equal("\u202Ex\u0085\u007F", System.Text.Json.JsonDocument.Parse(shown).RootElement.GetProperty("a").GetString());
    }
}
