using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.Matching;
using EventBridgeOps.Schemas.Comparing;
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

    [Theory]
    [InlineData("""{"a": ["10.0.0.1"]}""", """{"a": "010.0.0.01"}""", """{"properties": {"a": {"enum": ["010.0.0.01"]}}}""")]
    [InlineData("""{"a": ["010.0.0.01"]}""", """{"a": "10.0.0.1"}""", """{"properties": {"a": {"type": "string", "format": "ipv4"}}}""")]
    [InlineData("""{"a": ["0:0:0:0:0:0:0:1", "x"]}""", """{"a": "::1"}""", """{"properties": {"a": {"type": "string", "format": "ipv6", "maxLength": 5}}}""")]
    [InlineData("""{"a": ["::ffff:a00:1"]}""", """{"a": "10.0.0.1"}""", """{"properties": {"a": {"type": "string", "format": "ipv4"}}}""")]
    [InlineData("""{"a": [{"anything-but": {"equals-ignore-case": "é"}}]}""", """{"a": "x"}""", """{"properties": {"a": {"const": "x"}}}""")]
    [InlineData("""{"a": [{"anything-but": {"equals-ignore-case": ["é", "y"]}}]}""", """{"a": "x"}""", """{"properties": {"a": {"const": "x"}}}""")]
    [InlineData("""{"a": [{"anything-but": ["10.0.0.1"]}]}""", """{"a": "10.0.0.2"}""", """{"properties": {"a": {"const": "10.0.0.2"}}}""")]
    public void What_matches_in_another_spelling_is_not_called_impossible(string pattern, string matching, string schema)
    {
        JsonObject made = PatternSchema.Of(JsonNode.Parse(pattern)!.AsObject());
        Assert.True(EventPattern.Parse(pattern).Matches(matching));
        Assert.True(EventSchema.Parse(made.ToJsonString(), "pattern").IsValid(JsonElement.Parse(matching)));
        Assert.True(EventSchema.Parse(schema, "s").IsValid(JsonElement.Parse(matching)));
        Assert.False(SchemaReach.IsEmpty(EventSchema.Parse(schema, "s"), made));
    }

    [Theory]
    [InlineData("""{"prefix": "abc"}""", """{"maxLength": 2}""", true)]
    [InlineData("""{"suffix": "abc"}""", """{"maxLength": 2}""", true)]
    [InlineData("""{"suffix": "a😀"}""", """{"maxLength": 2}""", false)]
    [InlineData("""{"prefix": {"equals-ignore-case": "aß"}}""", """{"maxLength": 1}""", false)]
    [InlineData("""{"equals-ignore-case": "abc"}""", """{"minLength": 4}""", true)]
    [InlineData("""{"equals-ignore-case": "ß"}""", """{"minLength": 2}""", false)]
    [InlineData("""{"wildcard": "a*b*c"}""", """{"maxLength": 2}""", true)]
    [InlineData("""{"wildcard": "a*b"}""", """{"maxLength": 2}""", false)]
    [InlineData("""{"wildcard": "\\*b"}""", """{"minLength": 3}""", true)]
    [InlineData("""{"wildcard": ""}""", """{"minLength": 1}""", true)]
    [InlineData("""{"anything-but": {"prefix": "abc"}}""", """{"maxLength": 2}""", false)]
    public void The_length_of_what_matches_is_known(string condition, string limit, bool isImpossible)
    {
        JsonObject made = PatternSchema.Of(JsonNode.Parse($$"""{"a": [{{condition}}]}""")!.AsObject());
        Assert.Equal(isImpossible, SchemaReach.IsEmpty(EventSchema.Parse("{\"properties\":{\"a\":{\"type\":\"string\"," + limit[1..] + "}}", "s"), made));
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
