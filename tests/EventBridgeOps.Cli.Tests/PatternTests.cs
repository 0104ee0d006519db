using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class PatternTests : CliTest
{
    private const string Upload = """{"version":"0","id":"e-1","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"size":3}}""";
    private const string Import = """{"version":"0","id":"e-2","detail-type":"Import Done","source":"mvp.import","account":"123456789012","time":"2026-11-21T10:30:05Z","region":"eu-west-1","resources":[],"detail":{"size":"4"}}""";

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("ebops-pattern-");

    public override async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Cases_give_JSON_lines_whatever_the_terminal_and_fail_when_one_is_not_as_expected()
    {
        string path = Write("cases.jsonl", """
            {"name":"a","event":"{\"a\":1}","pattern":"{\"a\":[1]}","expect":"match"}
            {"name":"b","event":"{\"a\":2}","pattern":"{\"a\":[1]}","expect":"match"}
            {"name":"c","pattern":"{\"a\":1}"}
            """);

        Outcome outcome = await Ebops.RunAsync(["pattern", "cases", path], onTerminal: true);
        Assert.Equal(
            """
            {"name":"a","result":"match"}
            {"name":"b","result":"nomatch"}
            {"name":"c","result":"invalid","message":"\"a\" must be an object or an array"}

            """.ReplaceLineEndings("\n"),
            outcome.Ended(1).Out);
        Assert.Equal("error: CaseFailed: cases.jsonl:2 'b' returned nomatch, but match was expected.\n", outcome.Error);
    }

    [Fact]
    public async Task A_pattern_that_a_template_leaves_open_is_neither_a_match_nor_invalid()
    {
        string template = Write("template.yaml", """
            Parameters: {Most: {Type: Number}}
            Resources:
              R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [mvp.uploads], detail: {size: [{numeric: ['<', !Ref Most]}]}}, Targets: []}}
            """);

        Outcome test = await Ebops.RunAsync(["pattern", "test", "--rule-path", template, "--event", Upload, "--event", Import, "--output", "json"]);
        Outcome table = await Ebops.RunAsync(["pattern", "test", "--rule-path", template, "--event", Upload]);
        Outcome lint = await Ebops.RunAsync(["pattern", "lint", "--rule-path", template, "--output", "json"]);

        Assert.Equal(["null", "false"], test.Ended(3).Json.Select(one => one!["Matches"]?.ToJsonString() ?? "null"));
        Assert.Contains("unknown", table.Ended(3).Out, StringComparison.Ordinal);
        Assert.Equal((true, false, "/detail/size/0/numeric/1"), ((bool)lint.Ended(0).Json[0]!["IsValid"]!, (bool)lint.Json[0]!["IsKnown"]!, (string?)lint.Json[0]!["Problems"]![0]!["Pointer"]));
        Assert.All([test, table, lint], outcome => Assert.Contains("depends on ${Most}", outcome.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"pattern":"{\"a\":[1]}","expect":"valid"}""", 0)]
    [InlineData("nonsense", 3)]
    [InlineData("nonsense\n{\"pattern\":\"{}\",\"expect\":\"valid\"}", 1)]
    [InlineData("", 1)]
    public async Task Cases_come_from_standard_input_and_end_with_a_code(string input, int code)
    {
        Outcome outcome = await Ebops.RunAsync(["pattern", "cases", "-"], input);

        outcome.Ended(code);
        Assert.Equal(input.Contains("nonsense", StringComparison.Ordinal), outcome.Error.StartsWith("error: InvalidCase: standard input:1 is not a valid case: it is not valid JSON", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_cases_that_is_not_there_is_told() =>
        Assert.StartsWith("error: FileNotReadable: ", (await Ebops.RunAsync(["pattern", "cases", Path.Combine(_files.FullName, "none")])).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Cases_are_checked_against_the_service_on_request()
    {
        string path = Write("cases.jsonl", $$"""
            {"name":"a","event":{{Upload}},"pattern":{"source":["mvp.uploads"]} }
            {"name":"b","event":{"source":"x"},"pattern":{"source":["x"]} }
            {"name":"c","pattern":{"source":[]} }
            """);

        Outcome outcome = await RunOnlineAsync("pattern", "cases", path, "--online");
        Assert.Equal(["""{"name":"a","result":"match","service":"match"}""", """{"name":"b","result":"match"}""", """{"name":"c","result":"invalid","message":"Empty arrays are not allowed","service":"invalid"}"""], outcome.Ended(0).Out.TrimEnd().Split('\n'));
        Assert.Equal("warning: cases.jsonl:2: the service was not called, because it tests only complete events, and these fields are missing: id, account, time, region, detail-type.\n", outcome.Error);
        Assert.Equal(2, Server.Calls.Count(call => call.Operation == "TestEventPattern"));
    }

    [Fact]
    public async Task A_difference_to_the_service_is_an_error()
    {
        // The sandbox refuses what the service calls too complex; to the engine it is a valid pattern.
        Outcome outcome = await RunOnlineAsync("pattern", "test", "--pattern", """{"source":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}""", "--event", Upload, "--online", "--output", "jsonl");

        Assert.Equal("Invalid", (string?)Assert.Single(outcome.Ended(3).JsonLines)!["Service"]);
        Assert.StartsWith("error: ServiceDiffers: --pattern with --event:1: the service returned invalid (Event pattern is not valid. Reason: Rule is too complex", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_are_tested_with_events_and_the_exit_code_says_whether_any_matches()
    {
        string rule = Write("rule.json", """{"source":["mvp.uploads"]}""");
        string events = Write("week.jsonl", $"{Upload}\n{Import}\n");

        Outcome outcome = await Ebops.RunAsync(["pattern", "test", "--pattern-path", rule, "--event-path", events, "--output", "jsonl"]);
        Assert.Equal([("rule.json", "week.jsonl:1", "e-1", true), ("rule.json", "week.jsonl:2", "e-2", false)], outcome.Ended(0).JsonLines.Select(test => ((string?)test!["Pattern"], (string?)test["Event"], (string?)test["EventId"], (bool)test["Matches"]!)));
        Assert.Equal("PATTERN    EVENT             ID   RESULT\nrule.json  standard input:1  e-2  no match\n", (await Ebops.RunAsync(["pattern", "test", "--pattern-path", rule], Import)).Ended(2).Out);
    }

    [Fact]
    public async Task Rules_of_the_account_are_tested()
    {
        Outcome outcome = await RunOnlineAsync("pattern", "test", "--rule-name", "mvp-agent*", "--event-bus-name", "mvp-production", "--event", Upload, "--output", "json");

        JsonNode test = Assert.Single(outcome.Ended(0).Json)!;
        Assert.Equal(("mvp-production", "mvp-agent-on-upload", true), ((string?)test["EventBusName"], (string?)test["RuleName"], (bool)test["Matches"]!));
        Assert.All(Server.Calls, call => Assert.Contains(call.Operation, (string[])["ListRules", "DescribeRule"]));
    }

    [Theory]
    [InlineData("""{"source":"a"}""", "error: InvalidPattern: --pattern: Event pattern is not valid. Reason: \"source\" must be an object or an array (line 1, column 11, at /source). Hint: Use a list")]
    [InlineData("nonsense", "error: InvalidPattern: --pattern: Event pattern is not valid. Reason: ")]
    public async Task A_pattern_that_is_not_valid_is_told_with_its_place(string pattern, string expected) =>
        Assert.StartsWith(expected, (await Ebops.RunAsync(["pattern", "test", "--pattern", pattern, "--event", Upload])).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_no_event_is_an_error_about_it_and_the_rest_goes_on()
    {
        Outcome outcome = await Ebops.RunAsync(["pattern", "test", "--pattern", """{"source":["mvp.uploads"]}""", "--output", "jsonl"], $"nonsense\n{Upload}\n{{\"Source\":\"x\"}}");

        Assert.Single(outcome.Ended(3).JsonLines);
        Assert.Contains("error: InvalidEvent: standard input:1 is not a valid event", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error: EntryNotEvent: standard input:3 is an entry of PutEvents", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_says_what_was_expected_and_what_was_found()
    {
        const string pattern = """{"source":["mvp.import"],"detail":{"size":[{"numeric":[">",3]}]}}""";

        Outcome outcome = await Ebops.RunAsync(["pattern", "explain", "--pattern", pattern, "--event", Import]);
        Assert.StartsWith("--pattern does not match --event:1\n", outcome.Ended(2).Out, StringComparison.Ordinal);
        Assert.Matches("""(?m)^  ✗ detail.size\n +expected \{"numeric":\[">",3\]\}\n +found +"4"\n""", outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.Contains('\u001b', (await Ebops.RunAsync(["pattern", "explain", "--pattern", pattern, "--event", Import], onTerminal: true)).Out);

        JsonNode json = Assert.Single((await Ebops.RunAsync(["pattern", "explain", "--pattern", pattern, "--event", Import, "--output", "jsonl"])).JsonLines)!;
        Assert.Equal((false, "detail.size"), ((bool)json["matches"]!, (string?)json["branches"]![0]!["fields"]![0]!["path"]));
    }

    [Fact]
    public async Task Lint_tells_all_problems_and_fails_when_a_pattern_is_not_valid()
    {
        string bad = Write("bad.json", """{"source":"a","Detail":{"x":[1]}}""");
        string good = Write("good.json", """{"source":["a"]}""");

        Outcome outcome = await Ebops.RunAsync(["pattern", "lint", bad, good]);
        Assert.StartsWith("bad.json: not valid, 1 error, 1 warning, 33 characters\n  error 1:11 /source: ", outcome.Ended(1).Out, StringComparison.Ordinal);
        Assert.EndsWith("\ngood.json: valid, 16 characters\n", outcome.Out, StringComparison.Ordinal);
        JsonArray json = (await Ebops.RunAsync(["pattern", "lint", good, bad, "--output", "json"])).Ended(1).Json;
        Assert.Equal((true, 0, 2), ((bool)json[0]!["IsValid"]!, json[0]!["Problems"]!.AsArray().Count, json[1]!["Problems"]!.AsArray().Count));
        (await Ebops.RunAsync(["pattern", "lint", good])).Ended(0);
        (await Ebops.RunAsync(["pattern", "lint", good, Path.Combine(_files.FullName, "none")])).Ended(1);
    }

    [Fact]
    public async Task Lint_asks_the_service_on_request()
    {
        Outcome outcome = await RunOnlineAsync("pattern", "lint", "--pattern", """{"source":["a"]}""", "--online", "--output", "jsonl");

        Assert.Equal("Valid", (string?)Assert.Single(outcome.Ended(0).JsonLines)!["Service"]);
    }

    [Theory]
    [InlineData("lint --rule-name none-*", 1, "error: NothingChecked: Nothing was tested. No rules were found. Rules looked for: none-*. Event buses: default.\n")]
    [InlineData("lint --rule-name mvp-hourly-agent", 1, "error: NothingChecked: Nothing was tested: 1 rule was read, and none that was selected has an event pattern.\n")]
    [InlineData("test --pattern {\"source\":[\"a\"]} --event-path -", 1, "warning: No events were found in standard input.\nerror: NothingChecked: Nothing was checked: the input contains no events.\n")]
    [InlineData("explain --pattern {\"source\":[\"a\"]} --event-path -", 1, "warning: No events were found in standard input.\nerror: NothingChecked: Nothing was checked: the input contains no events.\n")]
    [InlineData("measure --pattern {\"source\":[\"a\"]} --event-path -", 1, "warning: No events were found in standard input.\nerror: NothingChecked: Nothing was checked: the input contains no events.\n")]
    public async Task Nothing_to_test_does_not_pass(string command, int code, string said) =>
        Assert.Equal(said, (await Ebops.RunAsync(["pattern", .. command.Split(' '), .. command.Contains("--rule-name", StringComparison.Ordinal) || command.StartsWith("measure", StringComparison.Ordinal) ? Session : []])).Ended(code).Error);

    [Theory]
    [InlineData("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""", "InvalidRule: rules.json is a CloudFormation template without rules. ")]
    [InlineData("""{"Conditions":{"No":{"Fn::Equals":["a","b"]}},"Resources":{"R":{"Type":"AWS::Events::Rule","Condition":"No","Properties":{"EventPattern":{"source":["a"]}}}}}""", "NothingChecked: Nothing was tested: 0 rules were read")]
    [InlineData("""{"Name":"r","ScheduleExpression":"rate(1 day)"}""", "NothingChecked: Nothing was tested: 1 rule was read, and none that was selected has an event pattern.")]
    [InlineData("""{"Rules":[]}""", "InvalidRule: rules.json is an empty list of rules.")]
    public async Task A_lint_of_no_pattern_does_not_pass(string rules, string error) =>
        Assert.Contains($"error: {error}", (await Ebops.RunAsync(["pattern", "lint", "--rule-path", Write("rules.json", rules)])).Ended(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_of_cases_without_any_does_not_pass() =>
        Assert.Equal("error: InvalidCase: No test cases were found in empty.jsonl.\n", (await Ebops.RunAsync(["pattern", "cases", Write("empty.jsonl", "\n")])).Ended(1).Error);

    [Fact]
    public async Task A_measure_counts_and_shows_values_in_80_columns()
    {
        string events = Write("week.jsonl", $"{Upload}\nnonsense\n{Import}\n");

        Outcome outcome = await Ebops.RunAsync(["pattern", "measure", "--pattern", """{"source":["mvp.import"]}""", "--event-path", events, "--property", "detail.size,source"]);
        Assert.Contains("--pattern        1       2        1  50  11-21 10:30  11-21 10:30", outcome.Ended(0).Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  detail.size +4 +1$", outcome.Out);
        Assert.StartsWith("warning: week.jsonl:2 is not a valid event", outcome.Error, StringComparison.Ordinal);
        JsonNode json = Assert.Single((await Ebops.RunAsync(["pattern", "measure", "--pattern", """{"source":["mvp.import"]}""", "--event-path", events, "--output", "json"])).Json)!;
        Assert.Equal((1L, 1L, "e-2"), ((long)json["Matched"]!, (long)json["Bad"]!, (string?)json["Samples"]![0]!["EventId"]));
    }

    [Fact]
    public async Task A_bench_measures_each_pattern_and_all_together()
    {
        Outcome outcome = await Ebops.RunAsync(["pattern", "bench", "--pattern", """{"source":["mvp.uploads"]}""", "--pattern", """{"source":["mvp.import"]}""", "--event", Upload, "--seconds", "0.001", "--output", "jsonl"]);

        Assert.Equal(["--pattern", "--pattern", "(all 2 together)"], outcome.Ended(0).JsonLines.Select(speed => (string?)speed!["Pattern"]));
        Assert.All(outcome.JsonLines, speed => Assert.True((double)speed!["EventsPerSecond"]! > 0));
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private Task<Outcome> RunOnlineAsync(params string[] args) => Ebops.RunAsync([.. args, .. Session]);
}
