using System.Text.Json;
using EventBridgeOps.Patterns.Explaining;

namespace EventBridgeOps.Patterns.Tests;

public sealed class ExplanationTests
{
    private static string Explain(string pattern, string @event) => EventPattern.Parse(pattern).Explain(@event).ToString();

    [Fact]
    public void Each_field_says_what_was_expected_and_what_was_found()
    {
        string text = Explain("""{"source":["aws.batch"],"detail":{"status":["FAILED",{"prefix":"SUC"}]}}""", """{"source":"aws.batch","detail":{"status":"RUNNING"}}""");

        Assert.Equal(
            """
            ✗ The pattern does not match the event.
              ✗ detail.status
                  expected "FAILED" or {"prefix":"SUC"}
                  found    "RUNNING"
              ✓ source
                  expected "aws.batch"
                  found    "aws.batch"
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Theory]
    [InlineData("""{"a":["300"]}""", """{"a":300}""", "the pattern has a string, but the event has the number 300")]
    [InlineData("""{"a":[300]}""", """{"a":"300"}""", "the event has a string, but the pattern has the number 300")]
    [InlineData("""{"a":["true"]}""", """{"a":true}""", "the pattern has a string, but the event has the literal true")]
    [InlineData("""{"a":["RUNNING"]}""", """{"a":"running"}""", "\"running\" differs only in case")]
    [InlineData("""{"a":["running"]}""", """{"a":"running "}""", "\"running \" differs only in leading or trailing white space")]
    [InlineData("""{"a":["RUNNING"]}""", """{"a":"RUNING"}""", "\"RUNING\" differs in 1 character")]
    [InlineData("""{"a":[{"prefix":"Run"}]}""", """{"a":"running"}""", "\"running\" differs only in case")]
    [InlineData("""{"a":[{"numeric":[">",5]}]}""", """{"a":"7"}""", "\"7\" is a string, but numeric compares only numbers")]
    [InlineData("""{"a":[{"prefix":"7"}]}""", """{"a":7}""", "7 is not a string, but prefix compares only strings")]
    [InlineData("""{"a":[{"numeric":[">",5]}]}""", """{"a":9007199254740993}""", "9007199254740993 has more digits than a double can hold")]
    [InlineData("""{"detail-type":["x"]}""", """{"detailType":"x"}""", "the event has detailType")]
    [InlineData("""{"detail":{"State":["x"]}}""", """{"detail":{"state":"x"}}""", "the event has detail.state: keys are case-sensitive")]
    [InlineData("""{"status":["x"]}""", """{"detail":{"status":"x"}}""", "the event has detail.status")]
    [InlineData("""{"detail":["x"]}""", """{"detail":{"status":"x"}}""", "detail itself is an object, not a value")]
    public void A_near_miss_is_named(string pattern, string @event, string hint) =>
        Assert.Contains(hint, Explain(pattern, @event).ReplaceLineEndings(" ").Replace("               ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void Values_in_different_elements_are_named_as_the_reason()
    {
        Explanation explanation = EventPattern.Parse("""{"items":{"qty":[1],"sku":["x"]}}""").Explain("""{"items":[{"sku":"x","qty":2},{"sku":"y","qty":1}]}""");

        Assert.False(explanation.Matches);
        Assert.All(explanation.Best.Fields, f => Assert.True(f.Matches));
        Assert.Equal("items.qty and items.sku match only in different elements of an array", explanation.Best.Conflict);
    }

    [Fact]
    public void Of_the_alternatives_of_or_the_nearest_comes_first()
    {
        Explanation explanation = EventPattern.Parse("""{"$or":[{"a":[1],"b":[1]},{"a":[2],"c":[3]}]}""").Explain("""{"a":2,"c":4}""");

        Assert.Equal(2, explanation.Branches.Count);
        Assert.Equal(["a", "c"], explanation.Best.Fields.Select(f => f.Path));
        Assert.StartsWith("✗ The pattern does not match the event (the closest alternative out of 2 in $or is shown).", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_field_is_said_to_be_missing() => Assert.Contains("found    missing", Explain("""{"a":[null]}""", """{"b":1}"""), StringComparison.Ordinal);

    [Fact]
    public void No_line_is_longer_than_asked_and_long_values_are_cut()
    {
        string pattern = """{"detail":{"a":[""" + string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"value-{i}\"")) + "]}}";
        string @event = """{"detail":{"a":[""" + string.Join(',', Enumerable.Repeat('"' + new string('x', 1000) + '"', 20)) + "]}}";
        Explanation explanation = EventPattern.Parse(pattern).Explain(@event);

        Assert.All(explanation.ToText(60, color: false).Split('\n'), line => Assert.True(line.Length <= 60, line));
        Assert.Contains("(1,002 characters)", explanation.ToText(1000, color: false), StringComparison.Ordinal);
        Assert.Contains("and 12 more", explanation.ToText(10_000, color: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_there_only_when_asked_for()
    {
        Explanation explanation = EventPattern.Parse("""{"a":[1]}""").Explain("""{"a":1}""");

        Assert.DoesNotContain('\u001b', explanation.ToString());
        Assert.Contains("\u001b[32m✓\u001b[0m", explanation.ToText(80, color: true), StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_it_tells_the_same()
    {
        using JsonDocument json = JsonDocument.Parse(EventPattern.Parse("""{"a":["x",{"prefix":"é\n"}]}""").Explain("""{"a":[1e5,"q\n"]}""").ToJson());
        JsonElement field = json.RootElement.GetProperty("branches")[0].GetProperty("fields")[0];

        Assert.False(json.RootElement.GetProperty("matches").GetBoolean());
        Assert.Equal("a", field.GetProperty("path").GetString());
        Assert.Equal(["1e5", "\"q\\n\""], field.GetProperty("found").EnumerateArray().Select(v => v.GetRawText()));
        Assert.Equal("é\n", field.GetProperty("alternatives")[1].GetProperty("expected").GetProperty("prefix").GetString());
    }
}
