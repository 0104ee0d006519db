using System.Text.Json;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>Every line of the semantics, as cases in a data file: what AWS's own matcher answers, its known faults put right.</summary>
public sealed class SpecificationTests
{
    private static readonly Dictionary<string, JsonElement> Cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "specification.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(c => c.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_as_specified(string name)
    {
        JsonElement c = Cases[name];
        string? message = null;
        string result = Result(c, ref message);

        Assert.Equal(c.GetProperty("expect").GetString(), result);
        if (c.TryGetProperty("message", out JsonElement expected))
            Assert.Equal(expected.GetString(), message);
    }

    [Fact]
    public void The_data_file_is_not_cut_short() => Assert.True(Cases.Count > 550, $"{Cases.Count} cases");

    private static string Result(JsonElement c, ref string? message)
    {
        try
        {
            EventPattern pattern = EventPattern.Parse(c.GetProperty("pattern").GetString()!);
            if (!c.TryGetProperty("event", out JsonElement e))
                return "valid";
            bool matches = pattern.Matches(e.GetString()!);
            Assert.Equal(matches, pattern.Explain(e.GetString()!).Matches);
            return matches ? "match" : "nomatch";
        }
        catch (PatternException e)
        {
            message = e.Reason;
            return "invalid";
        }
        catch (EventException)
        {
            return "badevent";
        }
    }
}
