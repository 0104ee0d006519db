using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>What a person is told of a pattern that is wrong or doubtful.</summary>
public sealed class PatternCheckTests
{
    [Theory]
    [InlineData("{\n  \"detail\": {\n    \"state\": \"x\"\n  }\n}", 3, 14, "/detail/state", "Use a list: \"state\": [\"x\"].")]
    [InlineData("""{"é":[{"prefix":1}]}""", 1, 17, "/é/0", null)]
    [InlineData("""{"a":[{"Prefix":"x"}]}""", 1, 17, "/a/0", "Did you mean \"prefix\"?")]
    [InlineData("""{"a":[{"equal-ignore-case":"x"}]}""", 1, 28, "/a/0", "Did you mean \"equals-ignore-case\"?")]
    [InlineData("""{"a/b~c":[]}""", 1, 10, "/a~1b~0c", "A field must list at least one value. To match any value, use [{\"exists\": true}].")]
    [InlineData("""["a"]""", 1, 1, "", "A pattern is a JSON object, such as {\"source\": [\"aws.ecr\"]}.")]
    [InlineData("""{"a":[1],}""", 1, 10, "", null)]
    public void A_fault_has_its_place_and_a_hint(string text, int line, int column, string pointer, string? hint)
    {
        PatternException e = Assert.Throws<PatternException>(() => EventPattern.Parse(text));

        Assert.Equal((line, column, pointer), (e.Line, e.Column, e.Pointer));
        if (hint != null)
            Assert.Equal(hint, e.Hint);
        Assert.StartsWith("Event pattern is not valid. Reason: " + e.Reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_service_s_own_message_can_be_had()
    {
        PatternException e = Assert.Throws<PatternException>(() => EventPattern.Parse("""{"a":[]}"""));

        Assert.Equal("Event pattern is not valid. Reason: Empty arrays are not allowed\n at [Source: (String)\"{\"a\":[]}\"; line: 1, column: 6]", e.ServiceMessage);
    }

    [Fact]
    public void All_faults_are_found_in_the_order_of_the_text_and_the_first_is_the_one_that_is_thrown()
    {
        const string Text = """{"a":"x","b":[],"c":[{"foo":1},{"prefix":2},"fine"],"$or":[{"d":[1]},{"prefix":[1]},3]}""";

        PatternReport report = EventPattern.Check(Text);

        Assert.False(report.IsValid);
        Assert.Equal(
            [
                "\"a\" must be an object or an array",
                "Empty arrays are not allowed",
                "Unrecognized match type foo",
                "prefix match pattern must be a string",
                "prefix is Ruler reserved fieldName which cannot be used inside $or.",
                "Only JSON object is allowed in array of $or relationship.",
            ],
            report.Problems.Where(p => p.Severity == PatternProblemSeverity.Error).Select(p => p.Reason));
        Assert.Equal("\"a\" must be an object or an array", Assert.Throws<PatternException>(() => EventPattern.Parse(Text)).Reason);
    }

    [Fact]
    public void Where_the_text_breaks_off_what_came_before_is_judged_all_the_same()
    {
        PatternReport report = EventPattern.Check("""{"source":[],"detail":{"a":[1""");

        Assert.Equal(["Empty arrays are not allowed"], report.Problems.Take(1).Select(p => p.Reason));
        Assert.Equal(2, report.Problems.Count);
    }

    [Theory]
    [InlineData("detailType", "Did you mean \"detail-type\"?")]
    [InlineData("Source", "\"Source\" is a field of a PutEvents entry. Rules match events, where the field is named \"source\".")]
    [InlineData("DetailType", "\"DetailType\" is a field of a PutEvents entry. Rules match events, where the field is named \"detail-type\".")]
    [InlineData("EventBusName", "\"EventBusName\" is a field of a PutEvents entry. Rules match events, which do not have it.")]
    [InlineData("sorce", "Did you mean \"source\"?")]
    [InlineData("orderId", "The fields that a sender adds to an event are inside \"detail\".")]
    public void A_field_that_no_event_has_is_doubted(string field, string hint)
    {
        PatternReport report = EventPattern.Check($"{{\"{field}\":[\"x\"]}}");

        PatternProblem problem = Assert.Single(report.Problems);
        Assert.True(report.IsValid);
        Assert.Equal((PatternProblemSeverity.Warning, hint), (problem.Severity, problem.Hint));
    }

    [Theory]
    [InlineData("""{"detail":{"a":[1],"a":[2]}}""", "\"a\" occurs more than once in this object")]
    [InlineData("""{"detail":{"a":[123456789012345678]}}""", "123456789012345678 has more digits than a double can hold")]
    public void What_may_not_do_what_it_seems_to_is_doubted(string text, string reason)
    {
        PatternProblem problem = Assert.Single(EventPattern.Check(text).Problems);

        Assert.Equal((PatternProblemSeverity.Warning, reason), (problem.Severity, problem.Reason));
    }

    [Fact]
    public void The_place_of_a_doubt_is_a_pointer_too() =>
        Assert.Equal("/a~1b~0c", Assert.Single(EventPattern.Check("""{"a/b~c":[1]}""").Problems).Pointer);

    [Theory]
    [InlineData("""{"a":[]}""", "error 1:6 /a: Empty arrays are not allowed")]
    [InlineData("", "error 1:1: Filter is not an object")]
    public void A_problem_is_shown_as_a_sentence(string text, string expected) =>
        Assert.Equal(expected, EventPattern.Check(text).Problems.First(problem => problem.Severity == PatternProblemSeverity.Error).ToString());

    [Theory]
    [InlineData("", "the text is empty")]
    [InlineData("""{"a":""", "an object or array is not closed")]
    [InlineData("""{"a":[1,]}""", "a comma follows the last element of an array")]
    public void What_is_said_of_broken_JSON_is_not_about_its_reader(string text, string expected) =>
        Assert.Contains(EventPattern.Check(text).Problems, problem => $"{problem.Reason} {problem.Hint}".Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Problems_can_be_indexed_by_any_shell() => Assert.IsType<PatternProblem[]>(EventPattern.Check("""{"a":[]}""").Problems);

    [Theory]
    [InlineData("xx")]
    [InlineData("{\"a\":[1")]
    public void Broken_text_is_told_in_one_sentence(string text) =>
        Assert.DoesNotContain("..", Assert.Throws<PatternException>(() => EventPattern.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sound_pattern_has_no_problems()
    {
        PatternReport report = EventPattern.Check("""{"source":["aws.ecr"],"$or":[{"detail":{"a":[1]}},{"detail":{"b":[{"wildcard":"a*"}]}}]}""");

        Assert.Empty(report.Problems);
        Assert.Equal((2, 2), (report.Combinations, report.WildcardScore));
    }

    [Theory]
    [InlineData(2049, "The pattern has 2,049 characters; EventBridge allows 2,048 by default")]
    [InlineData(4097, "The pattern has 4,097 characters; EventBridge allows at most 4,096")]
    public void A_long_pattern_is_doubted(int length, string reason)
    {
        string text = """{"source":["x"]}""".Replace("x", new string('x', length - 15), StringComparison.Ordinal);

        Assert.Equal(reason, Assert.Single(EventPattern.Check(text).Problems).Reason);
        Assert.Empty(EventPattern.Check(text.Replace("xxx", "xx", StringComparison.Ordinal)[..20] + "\"]}").Problems);
    }

    [Fact]
    public void More_combinations_than_the_service_allows_are_doubted_and_very_many_refused()
    {
        static string Text(int alternatives) => "{" + string.Join(',', Enumerable.Range(0, 3).Select(i =>
            "\"$or\":[" + string.Join(',', Enumerable.Range(0, alternatives).Select(j => $"{{\"detail\":{{\"k{i}-{j}\":[1]}}}}")) + "]")) + "}";

        Assert.Equal(1000, EventPattern.Check(Text(10)).Combinations);
        Assert.DoesNotContain(EventPattern.Check(Text(10)).Problems, p => p.Reason.Contains("combinations", StringComparison.Ordinal));
        Assert.Contains(EventPattern.Check(Text(11)).Problems, p => p.Reason == "The $or alternatives make 1,331 combinations; EventBridge allows 1,000");
        Assert.Throws<PatternException>(() => EventPattern.Parse(Text(30)));
    }

    // Measured on aws/event-ruler's MachineComplexityEvaluator.
    [Theory]
    [InlineData(2, "*")]
    [InlineData(2, "a*")]
    [InlineData(2, "*ab")]
    [InlineData(3, "*a*")]
    [InlineData(4, "*aa*")]
    [InlineData(3, "*test")]
    [InlineData(4, "*test*")]
    [InlineData(3, "a*b*c")]
    [InlineData(3, "*:stack/A/*")]
    [InlineData(6, "*:stack/A/*", "*:stack/B/*")]
    [InlineData(9, "*:stack/A/*", "*:stack/B/*", "*:stack/C/*")]
    [InlineData(12, "*:stack/A/*", "*:stack/B/*", "*:stack/C/*", "*:stack/D/*")]
    [InlineData(11, "*:*:*:*:*:event-bus/*")]
    public void Wildcards_score_as_the_service_counts(int score, params string[] wildcards)
    {
        string text = "{\"detail\":{\"a\":[" + string.Join(',', wildcards.Select(w => $"{{\"wildcard\":\"{w}\"}}")) + "]}}";

        PatternReport report = EventPattern.Check(text);

        Assert.Equal(score, report.WildcardScore);
        Assert.True(report.IsValid);
        Assert.Equal(score > 10, report.Problems.Any(p => p.Reason.StartsWith("Rule is too complex", StringComparison.Ordinal) && p.Hint!.Contains($"complexity score of {score}", StringComparison.Ordinal)));
    }
}
