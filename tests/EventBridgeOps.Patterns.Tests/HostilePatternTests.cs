using System.Text;
using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>What a pattern costs is bounded by its text, whatever the text is: it gets an error or an answer, never a crash or a wait.</summary>
public sealed class HostilePatternTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(300)]
    public void Alternatives_inside_alternatives(int levels) =>
        AssertRefused(Nested(levels), "The $or alternatives make more than 16,384 combinations", "Split the pattern into several rules.");

    [Fact]
    public void Alternatives_beside_alternatives() =>
        AssertRefused("{" + string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"o{i}\":{{\"$or\":[{{\"a\":[1]}},{{\"b\":[1]}}]}}")) + "}", "more than 16,384 combinations", "Split");

    [Fact]
    public void Many_values_in_many_combinations() =>
        AssertRefused("{" + Or(10) + ",\"v\":[" + string.Join(',', Enumerable.Range(0, 2000)) + "]}", "have more than 1,048,576 values", "Split");

    [Fact]
    public void As_many_combinations_as_are_worked_out()
    {
        string text = Nested(13);

        Assert.Equal(8192, EventPattern.Check(text).Combinations);
        Assert.False(EventPattern.Parse(text).Matches("""{"a12":1,"n":{"z":1}}"""));
    }

    [Fact]
    public void A_text_of_more_than_a_megabyte() => AssertRefused("{\"a\":[\"" + new string('x', 1024 * 1024) + "\"]}", "longer than 1,048,576 bytes", null);

    [Fact]
    public void A_wildcard_of_a_million_characters()
    {
        string text = $"{{\"a\":[{{\"wildcard\":\"*{new string('x', 1_000_000)}*\"}}]}}";

        Assert.True(EventPattern.Check(text).IsValid);
        Assert.False(EventPattern.Parse(text).Matches("""{"a":"x"}"""));
    }

    [Fact]
    public void A_thousand_wildcards_that_are_alike() =>
        Assert.True(EventPattern.Check("{\"a\":[" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{{\"wildcard\":\"*a*{i}*a*\"}}")) + "]}").WildcardScore > PatternReport.MaxWildcardScore);

    [Fact]
    public void A_doubt_about_every_value() =>
        Assert.Equal(PatternReport.MaxProblems, EventPattern.Check("{\"source\":[" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"*{i}\"")) + "]}").Problems.Count);

    [Fact]
    public void A_fault_in_every_value() =>
        Assert.Equal(PatternReport.MaxProblems, EventPattern.Check("{\"a\":[" + string.Join(',', Enumerable.Repeat("[]", 100_000)) + "]}").Problems.Count);

    [Fact]
    public void A_type_and_a_source_in_another_case_in_every_value() =>
        Assert.True(EventPattern.Check("{\"source\":[" + string.Join(',', Enumerable.Repeat("\"acme\"", 40_000)) + "],\"detail-type\":[" + string.Join(',', Enumerable.Repeat("\"object created\"", 30_000)) + "]}").IsValid);

    [Fact]
    public void A_million_brackets() =>
        Assert.Equal("Not valid JSON: it has too many levels of nesting", EventPattern.Check("{\"a\":" + new string('[', 1_000_000)).Problems[^1].Reason);

    private static string Nested(int levels) =>
        Enumerable.Range(0, levels).Aggregate("""{"z":[1]}""", (inner, level) => $"{{\"$or\":[{{\"a{level}\":[1]}},{{\"b{level}\":[1]}}],\"n\":{inner}}}");

    private static string Or(int levels) => string.Join(',', Enumerable.Range(0, levels).Select(i => $"\"o{i}\":{{\"$or\":[{{\"a\":[1]}},{{\"b\":[1]}}]}}"));

    private static void AssertRefused(string text, string reason, string? hint)
    {
        PatternException e = Assert.Throws<PatternException>(() => EventPattern.Parse(Encoding.UTF8.GetBytes(text)));
        PatternProblem problem = Assert.Single(EventPattern.Check(text).Problems, each => each.Severity == PatternProblemSeverity.Error);

        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
        Assert.Equal((e.Reason, e.Line, e.Column), (problem.Reason, problem.Line, problem.Column));
        if (hint is not null)
            Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }
}
