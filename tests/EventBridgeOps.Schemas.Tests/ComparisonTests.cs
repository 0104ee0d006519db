using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Which changes of a schema break whom, and the event that shows it.</summary>
public sealed class ComparisonTests
{
    private static readonly Dictionary<string, JsonElement> s_pairs = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "pairs.json"))).RootElement.Clone()
        .EnumerateArray().ToDictionary(pair => pair.GetProperty("name").GetString()!);

    public static TheoryData<string, SchemaCompatibility, SchemaPolicy> Pairs { get; } = [.. from name in s_pairs.Keys
        from compatibility in (SchemaCompatibility[])[SchemaCompatibility.Backward, SchemaCompatibility.Forward]
        from policy in (SchemaPolicy[])[SchemaPolicy.Strict, SchemaPolicy.Lenient]
        select new TheoryDataRow<string, SchemaCompatibility, SchemaPolicy>(name, compatibility, policy)];

    [Theory, MemberData(nameof(Pairs))]
    public void Each_pair_is_judged_and_each_break_is_shown(string name, SchemaCompatibility compatibility, SchemaPolicy policy)
    {
        JsonElement pair = s_pairs[name];
        EventSchema older = EventSchema.Parse(pair.GetProperty("old").GetRawText(), "x.v1");
        EventSchema newer = EventSchema.Parse(pair.GetProperty("new").GetRawText(), "x.v2");

        SchemaComparisonResult result = SchemaComparison.Compare([older], newer, compatibility, policy, TestContext.Current.CancellationToken);

        string expected = pair.GetProperty(compatibility is SchemaCompatibility.Backward ? "backward" : "forward").GetProperty(policy is SchemaPolicy.Strict ? "strict" : "lenient").GetString()!;
        Assert.True(expected == result.Verdict.ToString(), $"{expected} expected, {result.Verdict}: {string.Join("; ", result.Differences.Select(difference => $"{difference.Effect} {difference.Kind} {difference.Pointer} {difference.Reason} {difference.Example}"))}");
        (EventSchema writer, EventSchema reader) = compatibility is SchemaCompatibility.Backward ? (older, newer) : (newer, older);
        Assert.All(result.Differences.Where(difference => difference.Effect is SchemaEffect.Breaks), difference =>
        {
            JsonElement shown = JsonDocument.Parse(difference.Example!).RootElement;
            Assert.True(writer.IsValid(shown));
            Assert.False(reader.IsValid(shown));
            Assert.Equal(compatibility is SchemaCompatibility.Backward ? SchemaParty.Producer : SchemaParty.Consumer, difference.Breaks);
            Assert.NotNull(JsonPointers.Find(reader.Root, difference.Pointer));
        });
    }

    [Theory]
    [InlineData("""{"required":["b"]}""")]
    [InlineData("""{"anyOf":[{"required":["b"]},{"required":["c","b"]}]}""")]
    [InlineData("""{"required":["a"],"properties":{"a":{}},"dependentRequired":{"a":["b"]}}""")]
    [InlineData("""{"required":["a"],"properties":{"a":{}},"dependentSchemas":{"a":{"required":["b"]}}}""")]
    [InlineData("""{"propertyNames":{"enum":["b"]},"minProperties":1}""")]
    [InlineData("""{"propertyNames":{"pattern":"^b$"},"minProperties":1}""")]
    [InlineData("""{"propertyNames":{"allOf":[{"const":"b"}]},"minProperties":1}""")]
    [InlineData("""{"not":{"not":{"required":["b"]}}}""")]
    [InlineData("""{"not":{"properties":{"b":false}}}""")]
    [InlineData("""{"not":{"properties":{"b":{"type":"array"}}}}""")]
    [InlineData("""{"if":{"not":{"required":["b"]}},"then":false}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"minProperties":2}""")]
    public void What_events_must_have_is_not_an_unknown_property(string old)
    {
        foreach (string demand in (string[])["\"properties\":{\"b\":{\"type\":\"string\"}}", "\"patternProperties\":{\"^b\":{\"type\":\"string\"}}", "\"maxProperties\":0", "\"propertyNames\":{\"enum\":[\"q\"]}"])
            Assert.True(SchemaVerdict.Compatible != Lenient(old, $$"""{"allOf":[{{old}},{ {{demand}} }]}""").Verdict, demand);
        Assert.Contains("\"b\"", Assert.Single(Lenient("""{"type":"object","required":["b"]}""", """{"type":"object","required":["b"],"properties":{"b":{"type":"string"}}}""").Differences, difference => difference.Effect is SchemaEffect.Breaks).Example);
    }

    [Theory]
    [InlineData("""{"not":{"required":["b"]}}""", """{"properties":{"b":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"required":["a"],"minProperties":1}""", """{"properties":{"a":{"type":"integer"},"b":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"properties":{"a":{"type":"integer"}},"dependentSchemas":{"b":{"properties":{"b":{"type":"string"}}}}}""")]
    [InlineData("""{"required":["b"]}""", """{"properties":{"b":{"properties":{"c":{"type":"string"}}}}}""")]
    public void What_events_do_not_have_is_harmless(string old, string changed) => Assert.Equal(SchemaVerdict.Compatible, Lenient(old, changed).Verdict);

    [Theory]
    [InlineData("""{"properties":{"a":{}}}""", """{"type":"object","properties":{"a":{}}}""", SchemaVerdict.Compatible)]
    [InlineData("""{"properties":{"a":{"const":1e400}}}""", """{"properties":{"a":{"const":10e399}}}""", SchemaVerdict.Compatible)]
    [InlineData("""{"properties":{"a":{"const":1e400}}}""", """{"properties":{"a":{"const":1}}}""", SchemaVerdict.Incompatible)]
    [InlineData("""{"properties":{"a":{"const":1e-400}}}""", """{"properties":{"a":{"const":0}}}""", SchemaVerdict.Incompatible)]
    [InlineData("""{"properties":{"a":{"type":"number","maximum":1e-400}}}""", """{"properties":{"a":{"type":"number","maximum":0}}}""", SchemaVerdict.Incompatible)]
    [InlineData("""{"properties":{"a":{"type":"string","maxLength":1}}}""", """{"properties":{"a":{"type":"string","pattern":"^[^\\u0301]*$"}}}""", SchemaVerdict.Undecided)]
    [InlineData("""{"properties":{"a":{"type":"string","pattern":"^a"}}}""", """{"properties":{"a":{"type":"string","pattern":"^.*$"}}}""", SchemaVerdict.Incompatible)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","maxProperties":0,"$ref":"#/definitions/s","definitions":{"s":{"type":"object"}}}""", """{"$schema":"http://json-schema.org/draft-07/schema#","maxProperties":0}""", SchemaVerdict.Incompatible)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", """{"$schema":"http://json-schema.org/draft-07/schema#","required":["a"],"$ref":"#/definitions/s","definitions":{"s":{"type":"object"}}}""", SchemaVerdict.Compatible)]
    public void A_pair_is_judged_under_the_strict_policy(string old, string changed, SchemaVerdict expected) =>
        Assert.Equal(expected, SchemaComparison.Compare([EventSchema.Parse(old, "x.v1")], EventSchema.Parse(changed, "x.v2"), SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Verdict);

    [Theory]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"additionalProperties":{"type":"number"},"propertyNames":{"maxLength":3}}""")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"additionalProperties":{"type":"number"},"maxProperties":1}""")]
    public void The_names_of_a_map_are_known(string old, string changed) => Assert.NotEqual(SchemaVerdict.Compatible, Lenient(old, changed).Verdict);

    [Fact]
    public void What_a_file_of_another_dialect_demands_is_not_known()
    {
        Dictionary<string, string> others = new() { ["old.json"] = """{"$schema":"http://json-schema.org/draft-07/schema#","required":["b"],"allOf":[{"$ref":"#/definitions/s"}],"definitions":{"s":{"type":"object"}}}""" };
        EventSchema referring = EventSchema.Parse("""{"$ref":"old.json"}""", "x.v1", others);
        Assert.Equal(SchemaVerdict.Undecided, SchemaComparison.Compare([EventSchema.Parse("""{"required":["b"]}""", "x.v0")], referring, SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Verdict);
        Assert.NotEqual(SchemaVerdict.Compatible, SchemaComparison.Compare([referring], EventSchema.Parse("""{"properties":{"b":{"type":"string"}}}""", "x.v2"), SchemaCompatibility.Backward, SchemaPolicy.Lenient, TestContext.Current.CancellationToken).Verdict);
    }

    [Fact]
    public void What_a_file_of_another_dialect_demands_is_named_with_both_dialects()
    {
        Dictionary<string, string> others = new() { ["common/old.json"] = """{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}""" };
        EventSchema referring = EventSchema.Parse("""{"properties":{"a":{"$ref":"common/old.json"}}}""", "x.v2", others), plain = EventSchema.Parse("""{"properties":{"a":{"type":"object","required":["b"]}}}""", "x.v1");
        SchemaDifference read = Assert.Single(SchemaComparison.Compare([plain], referring, SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Differences);
        Assert.Equal((SchemaEffect.Unknown, "/properties/a/$ref"), (read.Effect, read.Pointer));
        Assert.Equal("/a refers to common/old.json, which is written in JSON Schema draft-07, but x.v2 is written in JSON Schema 2020-12. Files of different versions can't be compared; write both in the same one.", read.Reason.ToString());
        IReadOnlyList<SchemaDifference> written = SchemaComparison.Compare([referring], EventSchema.Parse("""{"properties":{"a":{"type":"object"}}}""", "x.v3"), SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Differences;
        Assert.Contains("/a refers to common/old.json, which is written in JSON Schema draft-07", Assert.Single(written).Reason.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oneOf", SchemaPolicy.Strict)]
    [InlineData("oneOf", SchemaPolicy.Lenient)]
    [InlineData("anyOf", SchemaPolicy.Lenient)]
    public void Alternatives_with_a_property_that_tells_them_apart_are_matched_by_it(string keyword, SchemaPolicy policy)
    {
        string Union(int count) => $$"""{"{{keyword}}":[{{string.Join(",", Enumerable.Range(0, count).Select(n => $$"""{"required":["t"],"properties":{"t":{"const":"t{{n}}"},"v{{n}}":{"type":"string"} } }"""))}}]}""";
        EventSchema[] unions = [EventSchema.Parse(Union(40), "x.v1"), EventSchema.Parse(Union(41), "x.v2")];
        Assert.Equal(SchemaVerdict.Compatible, SchemaComparison.Compare([unions[0]], unions[1], SchemaCompatibility.Backward, policy, TestContext.Current.CancellationToken).Verdict);
        SchemaComparisonResult forward = SchemaComparison.Compare([unions[0]], unions[1], SchemaCompatibility.Forward, policy, TestContext.Current.CancellationToken);
        Assert.Contains("\"t40\"", Assert.Single(forward.Differences, difference => difference.Effect is SchemaEffect.Breaks).Example);
    }

    [Theory]
    [InlineData(SchemaPolicy.Lenient)]
    [InlineData(SchemaPolicy.Strict)]
    public void Each_of_many_properties_that_break_has_an_example(SchemaPolicy policy)
    {
        EventSchema Of(string type, string name) => EventSchema.Parse("{\"type\":\"object\",\"properties\":{" + string.Join(",", Enumerable.Range(0, 400).Select(n => $"\"p{n}\":{{\"type\":\"{type}\"}}")) + "}}", name);
        IReadOnlyList<SchemaDifference> found = SchemaComparison.Compare([Of("string", "x.v1")], Of("integer", "x.v2"), SchemaCompatibility.Backward, policy, TestContext.Current.CancellationToken).Differences;
        Assert.Equal(400, found.Count);
        Assert.All(found, difference => Assert.Equal((SchemaEffect.Breaks, $"{{\"{difference.Pointer.Split('/')[2]}\":\"\"}}"), (difference.Effect, difference.Example)));
    }

    [Theory]
    [InlineData("{'type':'array'}", "{'type':'array','maxItems':100}")]
    [InlineData("{'type':'array'}", "{'type':'array','maxItems':9999}")]
    [InlineData("{'type':'array','minItems':200}", "{'type':'array','minItems':300}")]
    [InlineData("{'type':'array','uniqueItems':true,'items':{'type':'integer','minimum':5}}", "{'type':'array','uniqueItems':true,'items':{'type':'integer','minimum':5},'maxItems':100}")]
    [InlineData("{'type':'array','uniqueItems':true,'items':{'type':'string','pattern':'^[a-z]+$'}}", "{'type':'array','uniqueItems':true,'items':{'type':'string','pattern':'^[a-z]+$'},'maxItems':100}")]
    [InlineData("{'type':'string'}", "{'type':'string','maxLength':10000}")]
    [InlineData("{'type':'string','maxLength':8192}", "{'type':'string','maxLength':8000}")]
    [InlineData("{'type':'string','maxLength':262144}", "{'type':'string','maxLength':65536}")]
    [InlineData("{'type':'string'}", "{'type':'string','maxLength':1000000}")]
    [InlineData("{'type':'string','pattern':'^[0-9]+$'}", "{'type':'string','pattern':'^[0-9]+$','maxLength':20000}")]
    [InlineData("{'type':'string','minLength':20000}", "{'type':'string','minLength':30000}")]
    [InlineData("{'type':'integer'}", "{'type':'integer','maximum':1000000000000000}")]
    [InlineData("{'type':'integer'}", "{'type':'integer','minimum':-1000000000000000}")]
    [InlineData("{'type':'integer','maximum':9223372036854775807}", "{'type':'integer','maximum':9007199254740991}")]
    [InlineData("{'type':'integer','minimum':-9223372036854775808}", "{'type':'integer','minimum':-9007199254740991}")]
    [InlineData("{'type':'integer','multipleOf':7}", "{'type':'integer','multipleOf':7,'maximum':1e20}")]
    [InlineData("{'type':'number'}", "{'type':'number','maximum':1e15}")]
    [InlineData("{'type':'number'}", "{'type':'number','exclusiveMinimum':1e15}")]
    [InlineData("{'type':'number','maximum':1e300}", "{'type':'number','maximum':1e299}")]
    [InlineData("{'type':'number','exclusiveMaximum':1e300}", "{'type':'number','exclusiveMaximum':1e299}")]
    [InlineData("{'type':'number','minimum':-1e300}", "{'type':'number','minimum':-1e299}")]
    [InlineData("{'type':'number','maximum':1e400}", "{'type':'number','exclusiveMaximum':1e400}")]
    public void A_limit_of_any_size_has_an_example(string old, string changed)
    {
        foreach (SchemaPolicy policy in (SchemaPolicy[])[SchemaPolicy.Strict, SchemaPolicy.Lenient])
            ShownBy(Property(old), Property(changed), policy);
    }

    [Theory]
    [InlineData("{'type':'object'}", "{'type':'object','maxProperties':500}")]
    [InlineData("{'type':'object','minProperties':200}", "{'type':'object','minProperties':300}")]
    [InlineData("{'type':'object','maxProperties':9000}", "{'type':'object','maxProperties':8000}")]
    [InlineData("{}", "{'dependentRequired':{'a':['b']}}")]
    [InlineData("{'$schema':'http://json-schema.org/draft-07/schema#'}", "{'$schema':'http://json-schema.org/draft-07/schema#','dependencies':{'a':['b']}}")]
    [InlineData("{}", "{'dependentSchemas':{'a':{'required':['b']}}}")]
    [InlineData("{'anyOf':[{'required':['a']},{'required':['b']}]}", "{'oneOf':[{'required':['a']},{'required':['b']}]}")]
    public void What_the_older_version_does_not_name_breaks_under_the_strict_policy(string old, string changed) => ShownBy(Quoted(old), Quoted(changed), SchemaPolicy.Strict);

    [Theory]
    [InlineData("{'type':'number','maximum':1e299}", "{'type':'number','maximum':1e300}")]
    [InlineData("{'type':'number','exclusiveMinimum':-1e300}", "{'type':'number','minimum':-1e300}")]
    [InlineData("{'type':'number'}", "{'type':'number','format':'email'}")]
    [InlineData("{'type':'number','format':'odd'}", "{'type':'number','format':'odd'}")]
    public void What_allows_more_is_compatible(string old, string changed) => Assert.Equal(SchemaVerdict.Compatible, Strict(Property(old), Property(changed)).Verdict);

    [Theory]
    [InlineData("int64", "int32", SchemaVerdict.Undecided)]
    [InlineData("int32", "int64", SchemaVerdict.Compatible)]
    [InlineData("float", "double", SchemaVerdict.Compatible)]
    [InlineData("double", "float", SchemaVerdict.Undecided)]
    [InlineData("int32", "odd", SchemaVerdict.Undecided)]
    public void A_format_of_numbers_has_a_range_in_OpenAPI(string old, string changed, SchemaVerdict expected)
    {
        string Of(string format) => Quoted("{'openapi':'3.0.3','info':{'title':'x','version':'1'},'paths':{},'components':{'schemas':{'X':{'type':'object','properties':{'a':{'type':'integer','format':'" + format + "'}}}}}}");
        Assert.Equal(expected, Strict(Of(old), Of(changed)).Verdict);
    }

    [Theory]
    [InlineData("number")]
    [InlineData("boolean")]
    [InlineData("string")]
    public void A_format_that_is_not_known_is_not_decided(string type) =>
        Assert.Equal(SchemaVerdict.Undecided, Strict(Property($"{{'type':'{type}'}}"), Property($"{{'type':'{type}','format':'odd'}}")).Verdict);

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(200)]
    public void Definitions_that_refer_to_each_other_in_circles_are_compared_once(int count)
    {
        string Of(string last) => Quoted("{'type':'object','$ref':'#/$defs/d0','$defs':{" + string.Join(",", Enumerable.Range(0, count).Select(i => $"'d{i}':{{'properties':{{'n':{{'$ref':'#/$defs/d{(i + 1) % count}'}},'m':{{'$ref':'#/$defs/d{((7 * i) + 3) % count}'}}{(i == count - 1 ? last : "")}}}}}")) + "}}");
        string old = Of(""), changed = Of(",'v':{'type':'integer'}");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        string example = Assert.Single(ShownBy(old, changed, SchemaPolicy.Strict)).Example!;
        Assert.True(example.Length < 100, example);
        Assert.Equal(SchemaVerdict.Compatible, Lenient(old, changed).Verdict);
        Assert.Equal(SchemaVerdict.Compatible, Strict(changed, old).Verdict);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_comparison_can_be_canceled()
    {
        string nested = Enumerable.Range(0, 60).Aggregate("""{"required":["a"]}""", (inner, _) => $$"""{"not":{{inner}} }""");
        using CancellationTokenSource cancellation = new();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => SchemaComparison.Compare([EventSchema.Parse(nested, "x.v1")], EventSchema.Parse("""{"type":"object"}""", "x.v2"), SchemaCompatibility.Full, SchemaPolicy.Strict, cancellation.Token));
    }

    [Fact]
    public void A_break_that_could_not_be_proved_says_what_the_example_shows()
    {
        string choices = string.Join(",", Enumerable.Range(0, 20).Select(n => $$"""{"if":{"properties":{"p{{n}}":{"type":"string"} } },"then":{"properties":{"q{{n}}":{"type":"string"} } } }"""));
        SchemaComparisonResult result = SchemaComparison.Compare([EventSchema.Parse($$"""{"allOf":[{{choices}}]}""", "x.v1")], EventSchema.Parse($$"""{"allOf":[{{choices}},{"required":["z"]}]}""", "x.v2"), SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken);
        Assert.All(result.Differences.Where(difference => difference.Effect is SchemaEffect.Breaks), difference => Assert.DoesNotContain("too complex", difference.Reason.ToString(), StringComparison.Ordinal));
        Assert.Equal(SchemaVerdict.Incompatible, result.Verdict);
    }

    private static string Quoted(string text) => text.Replace('\'', '"');

    private static string Property(string schema) => Quoted($"{{'type':'object','properties':{{'a':{schema}}}}}");

    private static IReadOnlyList<SchemaDifference> ShownBy(string old, string changed, SchemaPolicy policy)
    {
        EventSchema writer = EventSchema.Parse(old, "x.v1"), reader = EventSchema.Parse(changed, "x.v2");
        IReadOnlyList<SchemaDifference> found = SchemaComparison.Compare([writer], reader, SchemaCompatibility.Backward, policy, TestContext.Current.CancellationToken).Differences;
        Assert.NotEmpty(found);
        Assert.All(found, difference =>
        {
            Assert.True(difference.Effect is SchemaEffect.Breaks, $"{policy}: {difference.Effect} {difference.Pointer} {difference.Reason}");
            JsonElement shown = JsonDocument.Parse(difference.Example!).RootElement;
            Assert.True(writer.IsValid(shown));
            Assert.False(reader.IsValid(shown));
        });
        return found;
    }

    private static SchemaComparisonResult Strict(string old, string changed) =>
        SchemaComparison.Compare([EventSchema.Parse(old, "x.v1")], EventSchema.Parse(changed, "x.v2"), SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken);

    private static SchemaComparisonResult Lenient(string old, string changed) =>
        SchemaComparison.Compare([EventSchema.Parse(old, "x.v1")], EventSchema.Parse(changed, "x.v2"), SchemaCompatibility.Backward, SchemaPolicy.Lenient, TestContext.Current.CancellationToken);
}
