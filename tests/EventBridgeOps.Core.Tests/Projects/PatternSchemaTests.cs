using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.Matching;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>The schema of a pattern accepts whatever the pattern matches.</summary>
public sealed class PatternSchemaTests
{
    [Theory]
    [InlineData("""{"a": ["x"]}""", """{"a": "x"}""", """{"a": "y"}""")]
    [InlineData("""{"a": ["x", 1, null, true]}""", """{"a": null}""", """{"a": false}""")]
    [InlineData("""{"a": ["x"]}""", """{"a": ["y", "x"]}""", """{"a": ["y"]}""")]
    [InlineData("""{"a": [{"prefix": "x."}]}""", """{"a": "x.y"}""", """{"a": "xay"}""")]
    [InlineData("""{"a": [{"suffix": ".png"}]}""", """{"a": "b.png"}""", """{"a": "b.jpg"}""")]
    [InlineData("""{"a": [{"prefix": {"equals-ignore-case": "Ab"}}]}""", """{"a": "aBc"}""", """{"a": "cab"}""")]
    [InlineData("""{"a": [{"equals-ignore-case": "Ab"}]}""", """{"a": "aB"}""", """{"a": "abc"}""")]
    [InlineData("""{"a": [{"wildcard": "s3/*.png"}]}""", """{"a": "s3/b.png"}""", """{"a": "s3/bpng"}""")]
    [InlineData("""{"a": [{"numeric": [">", 0, "<=", 5]}]}""", """{"a": 5}""", """{"a": 0}""")]
    [InlineData("""{"a": [{"numeric": ["=", 5]}]}""", """{"a": 5}""", """{"a": "5"}""")]
    [InlineData("""{"a": [{"anything-but": ["x", "y"]}]}""", """{"a": "z"}""", """{"a": "x"}""")]
    [InlineData("""{"a": [{"anything-but": {"prefix": "x"}}]}""", """{"a": "yx"}""", """{"a": "xy"}""")]
    [InlineData("""{"a": [{"cidr": "10.0.0.0/8"}]}""", """{"a": "10.1.1.1"}""", """{"a": 10}""")]
    [InlineData("""{"a": [{"exists": true}]}""", """{"a": 1}""", """{"b": 1}""")]
    [InlineData("""{"a": [{"exists": false}]}""", """{"b": 1}""", """{"a": 1}""")]
    [InlineData("""{"a": [{"exists": false}, "x"]}""", """{"a": "x"}""", """{"a": "y"}""")]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": {"b": "x"}}""", """{"a": "x"}""")]
    [InlineData("""{"a": {"b": ["x"]}}""", """{"a": [{"b": "y"}, {"b": "x"}]}""", """{"a": [{"c": "x"}]}""")]
    [InlineData("""{"a": {"b": [{"exists": false}]}}""", """{}""", """{"a": {"b": 1}}""")]
    [InlineData("""{"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": ["z"]}""", """{"b": "y", "c": "z"}""", """{"a": "x"}""")]
    public void A_condition_becomes_what_says_the_same(string pattern, string matching, string other)
    {
        EventPattern compiled = EventPattern.Parse(pattern);
        EventSchema schema = EventSchema.Parse(PatternSchema.Of(JsonNode.Parse(pattern)!.AsObject()).ToJsonString(), "pattern");

        Assert.True(compiled.Matches(matching));
        Assert.True(schema.IsValid(JsonElement.Parse(matching)));
        Assert.False(compiled.Matches(other));
        Assert.False(schema.IsValid(JsonElement.Parse(other)));
    }

    [Fact]
    public void What_a_pattern_matches_is_never_refused()
    {
        Random random = new(19);
        int matched = 0;
        for (int i = 0; i < 4_000; i++)
        {
            JsonObject pattern = Pattern(random, 2);
            string text = pattern.ToJsonString();
            if (!EventPattern.Check(text).IsValid)
                continue;
            EventPattern compiled = EventPattern.Parse(text);
            string made = PatternSchema.Of(pattern).ToJsonString();
            EventSchema schema = EventSchema.Parse(made, "pattern");
            for (int j = 0; j < 10; j++)
            {
                string value = Value(random, 3, isObject: true)!.ToJsonString();
                if (!compiled.Matches(value))
                    continue;
                matched++;
                Assert.True(schema.IsValid(JsonElement.Parse(value)), $"{text} matches {value}, which {made} refuses");
            }
        }

        Assert.True(matched > 2_000, $"Only {matched} values were matched.");
    }

    private static JsonObject Pattern(Random random, int depth)
    {
        JsonObject pattern = [];
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            string name = "abc"[random.Next(3)].ToString();
            pattern[name] = depth > 0 && random.Next(3) == 0 ? Pattern(random, depth - 1) : new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Condition(random))]);
        }

        if (depth > 0 && random.Next(6) == 0)
            pattern["$or"] = new JsonArray(Pattern(random, depth - 1), Pattern(random, depth - 1));
        return pattern;
    }

    private static JsonNode? Condition(Random random) => random.Next(12) switch
    {
        0 => "x",
        1 => 1,
        2 => null,
        3 => new JsonObject { ["prefix"] = "x" },
        4 => new JsonObject { ["exists"] = false },
        5 => new JsonObject { ["exists"] = true },
        6 => new JsonObject { ["anything-but"] = new JsonArray("x") },
        7 => new JsonObject { ["numeric"] = new JsonArray(">", 0) },
        8 => new JsonObject { ["suffix"] = "y" },
        9 => new JsonObject { ["wildcard"] = "x*" },
        10 => new JsonObject { ["equals-ignore-case"] = "X" },
        _ => new JsonObject { ["anything-but"] = 1 },
    };

    private static JsonNode? Value(Random random, int depth, bool isObject = false) => (isObject ? 5 : random.Next(depth > 0 ? 7 : 5)) switch
    {
        0 => "x",
        1 => "xy",
        2 => 1,
        3 => null,
        4 => random.Next(2) == 0,
        5 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(_ => "abc"[random.Next(3)].ToString()).Distinct().Select(name => new KeyValuePair<string, JsonNode?>(name, Value(random, depth - 1)))),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth - 1))]),
    };
}
