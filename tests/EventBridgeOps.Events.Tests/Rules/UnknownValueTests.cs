using System.Text.Json.Nodes;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Tests.Templates;

namespace EventBridgeOps.Events.Tests.Rules;

/// <summary>Patterns that a template leaves open.</summary>
public sealed class UnknownValueTests
{
    private static readonly string[] Words = ["a", "b", "x-a", "1", "", "a-b"];
    private readonly RecordingObserver _run = new();

    [Fact]
    public void What_matches_with_some_value_is_never_said_not_to_match()
    {
        RandomDocument random = new(27);
        int matched = 0, certain = 0;
        for (int round = 0; round < 2_000; round++)
        {
            string pattern = Pattern(random, 3);
            string template = """{"Parameters":{"P":{"Type":"String"},"L":{"Type":"CommaDelimitedList"}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"a"]}},"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":PATTERN,"Targets":[]}}}}""".Replace("PATTERN", pattern, StringComparison.Ordinal);
            RuleSummary open = Assert.Single(TemplateFile.Read(template, _run));
            RuleSummary given = Assert.Single(TemplateFile.Read(template, _run, ("P", Word(random)), ("L", $"{Word(random)},{Word(random)}")));
            (RuleSet openSet, RuleSet givenSet) = (new RuleSet("default", [open], _run), new RuleSet("default", [given], new RecordingObserver()));
            for (int i = 0; i < 4; i++)
            {
                EventDocument happened = EventDocument.Parse(Fields(random, 3), "e");
                if (!givenSet.Match(happened).Any())
                    continue;
                matched++;
                certain += open.UnknownValues.Any(value => value.IsOfPattern) ? 0 : 1;
                Assert.True(openSet.Match(happened).Any(), $"{pattern}\n{given.EventPattern}\n{happened.Text}");
            }
        }

        Assert.Empty(_run.Failures);
        Assert.InRange(matched - certain, 200, int.MaxValue); // Or the test would not see much.
    }

    [Theory]
    [InlineData("""{"source":["acme"],"detail":{"n":[{"Ref":"P"}]}}""", "/EventPattern/detail/n/0", """{"source":["acme"]}""")]
    [InlineData("""{"source":["acme",{"Fn::Sub":"x-${P}"}]}""", "/EventPattern/source/1", null)]
    [InlineData("""{"source":["acme"],"$or":[{"a":[1]},{"b":[{"Ref":"P"}]}]}""", "/EventPattern/$or/1/b/0", """{"source":["acme"],"$or":[{"a":[1]},{"b":[{"exists":true},{"exists":false}]}]}""")]
    [InlineData("""{"source":["acme"],"$or":[{"a":[1],"b":[{"Ref":"P"}]},{"b":[2]}]}""", "/EventPattern/$or/0/b/0", """{"source":["acme"],"$or":[{"a":[1],"b":[{"exists":true},{"exists":false}]},{"b":[2]}]}""")]
    [InlineData("""{"Ref":"P"}""", "/EventPattern", null)]
    [InlineData("""{"Fn::Sub":"{\"source\":[\"acme\"],\"detail\":{\"${P}\":[1]}}"}""", "/EventPattern/detail/${P}", """{"source":["acme"]}""")]
    [InlineData("""{"Fn::Sub":"{\"source\":[\"acme\"],\"detail\":{\"n\":[${P}]}}"}""", "/EventPattern", null)]
    [InlineData("""{"source":["acme"],"detail":{"n":[{"numeric":[">",{"Ref":"P"}]}]}}""", "/EventPattern/detail/n/0/numeric/1", """{"source":["acme"]}""")]
    [InlineData("""{"source":["acme"],"detail":{"Fn::If":["C",{"a":[1]},{"b":[1]}]}}""", "/EventPattern/detail", """{"source":["acme"]}""")]
    public void The_part_that_is_known_decides_and_the_rest_is_named(string pattern, string path, string? known)
    {
        string template = """{"Parameters":{"P":{"Type":"String"}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"x"]}},"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":PATTERN,"Targets":[]}}}}""".Replace("PATTERN", pattern, StringComparison.Ordinal);

        RuleSummary rule = Assert.Single(TemplateFile.Read(template, _run));

        UnknownValue value = Assert.Single(rule.UnknownValues, value => value.IsOfPattern);
        Assert.Equal(path, value.Path);
        Assert.Contains("P", value.Symbol, StringComparison.Ordinal);
        Assert.Equal(known, rule.KnownPattern);
        Assert.Contains("default/R", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.Single(new RuleSet("default", [rule], _run).Match(EventDocument.Parse("""{"source":"acme","a":1,"detail":{}}""", "e")));
        Assert.Equal(known is null ? 1 : 0, new RuleSet("default", [rule], _run).Match(EventDocument.Parse("""{"source":"other","detail":{}}""", "e")).Count());
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public void The_account_and_the_Region_are_those_of_the_event()
    {
        const string template = """
            Resources:
              R:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern: {resources: [!Sub 'arn:${AWS::Partition}:s3:::acme-${AWS::AccountId}']}
                  Targets: [{Id: q, Arn: !Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q'}]
            """;
        RuleSet set = new("default", TemplateFile.Read(template, _run), _run);

        RuleSummary here = Assert.Single(set.Match(Event("123456789012", "eu-west-1", "arn:aws:s3:::acme-123456789012")));
        RuleSummary china = Assert.Single(set.Match(Event("111111111111", "cn-north-1", "arn:aws-cn:s3:::acme-111111111111")));

        Assert.Empty(set.Match(Event("111111111111", "eu-west-1", "arn:aws:s3:::acme-123456789012")));
        Assert.Equal(["arn:aws:sqs:eu-west-1:123456789012:q", "arn:aws-cn:sqs:cn-north-1:111111111111:q"], new[] { here, china }.Select(rule => rule.Targets[0].Arn));
        Assert.Equal("arn:aws:events:eu-west-1:123456789012:rule/R", here.Arn);
        Assert.Equal([new UnknownValue(UnknownValue.Name, "R")], here.UnknownValues);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void A_condition_on_the_Region_is_open_until_the_Region_is_specified()
    {
        const string template = """
            Conditions: {IsHub: !Equals [!Ref 'AWS::Region', eu-west-1]}
            Resources: {R: {Type: AWS::Events::Rule, Condition: IsHub, Properties: {EventPattern: {source: [x]}, Targets: []}}}
            """;

        RuleSummary open = Assert.Single(new RuleSet("default", TemplateFile.Read(template, _run), _run).Match(EventDocument.Parse("""{"source":"x","account":"123456789012","region":"eu-west-1"}""", "e")));

        Assert.Equal([new UnknownValue(UnknownValue.Condition, "Region"), new UnknownValue(UnknownValue.Name, "R")], open.UnknownValues);
        Assert.Contains("${Region}", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.All(Assert.Single(TemplateFile.Read(template, _run, ("AWS::Region", "eu-west-1"))).UnknownValues, value => Assert.NotEqual(UnknownValue.Condition, value.Path));
        Assert.Empty(TemplateFile.Read(template, _run, ("Region", "us-east-1")));
    }

    [Fact]
    public void An_event_that_does_not_say_where_it_is_leaves_it_open()
    {
        const string template = "Resources: {R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x], account: [!Ref 'AWS::AccountId']}, Targets: []}}}";

        RuleSummary rule = Assert.Single(new RuleSet("default", TemplateFile.Read(template, _run), _run).Match(EventDocument.Parse("""{"source":"x","account":"a\"b"}""", "e")));

        Assert.Contains(rule.UnknownValues, value => value is { IsOfPattern: true, Symbol: "AccountId" });
    }

    [Fact]
    public void A_symbol_with_quotation_marks_leaves_a_pattern_that_is_text_valid_JSON()
    {
        const string template = """{"Resources":{"R":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"Fn::Join":["",["{\"source\":[\"",{"Fn::ImportValue":"a\"b\\c"},"\"]}"]]},"Targets":[]}}}}""";

        RuleSummary rule = Assert.Single(TemplateFile.Read(template, _run));

        Assert.Equal(["${ImportValue a\"b\\c}"], JsonNode.Parse(rule.EventPattern!)!["source"]!.AsArray().Select(value => value!.ToString()));
        Assert.Equal(["ImportValue a\"b\\c"], rule.UnknownValues.Where(value => value.IsOfPattern).Select(value => value.Symbol));
    }

    private static EventDocument Event(string account, string region, string resource) =>
        EventDocument.Parse($$"""{"source":"x","account":"{{account}}","region":"{{region}}","resources":["{{resource}}"]}""", "e");

    private static string Word(RandomDocument random) => Words[random.Below(Words.Length)];

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static string Key(RandomDocument random) => Quoted(new[] { "a", "b", "c" }[random.Below(3)]);

    private static string Pattern(RandomDocument random, int depth)
    {
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        for (int i = random.Below(2); i >= 0; i--)
        {
            fields[Key(random)] = !(depth > 0 && random.Below(2) == 0) ? Values(random)
                : random.Below(5) > 0 ? Pattern(random, depth - 1)
                : $$"""{"Fn::If":["C",{{Pattern(random, depth - 1)}},{{Values(random)}}]}""";
        }

        if (depth > 0 && random.Below(5) == 0)
            fields["\"$or\""] = $"[{Pattern(random, depth - 1)},{Pattern(random, depth - 1)}]";
        return "{" + string.Join(',', fields.Select(field => $"{field.Key}:{field.Value}")) + "}";
    }

    private static string Values(RandomDocument random) => random.Below(8) == 0 ? """{"Ref":"L"}""" : $"[{string.Join(',', Enumerable.Range(0, 1 + random.Below(2)).Select(_ => Value(random)))}]";

    private static string Value(RandomDocument random) => random.Below(7) switch
    {
        0 => """{"Ref":"P"}""",
        1 => """{"Fn::Sub":"x-${P}"}""",
        2 => """{"anything-but":{"Ref":"P"}}""",
        3 => """{"prefix":{"Ref":"P"}}""",
        4 => """{"exists":false}""",
        _ => Quoted(Word(random)),
    };

    private static string Fields(RandomDocument random, int depth)
    {
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        for (int i = random.Below(4); i > 0; i--)
        {
            fields[Key(random)] = !(depth > 0 && random.Below(3) == 0) ? Quoted(Word(random))
                : random.Below(2) == 0 ? Fields(random, depth - 1)
                : $"[{Fields(random, depth - 1)},{Fields(random, depth - 1)}]";
        }

        return "{" + string.Join(',', fields.Select(field => $"{field.Key}:{field.Value}")) + "}";
    }
}
