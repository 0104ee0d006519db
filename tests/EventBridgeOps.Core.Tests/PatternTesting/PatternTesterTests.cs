using System.Text.Json;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PatternTesting;

namespace EventBridgeOps.Core.Tests.PatternTesting;

public sealed class PatternTesterTests : IDisposable
{
    private readonly Run _run = new(new FakeAccount());

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Each_pattern_is_tested_with_each_event()
    {
        List<PatternTest> tests = await new PatternTester([Named("""{"a":[1]}"""), Named("""{"b":[1]}""", "other")]).TestAsync(Events("""{"id":"e","source":"s","a":1}""", """{"source":"s","b":1}"""), null, _run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal<(string, string, string?, bool?)>([("p", "e:1", "e", true), ("other", "e:1", "e", false), ("p", "e:2", null, false), ("other", "e:2", null, true)], tests.Select(test => (test.Pattern, test.Event, test.EventId, test.Matches)));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task One_pattern_that_is_not_valid_ends_it_and_one_of_several_does_not()
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => new PatternTester([Named("""{"a":1}""")]).TestAsync(Events("""{"source":"a"}"""), null, _run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal((ErrorIds.InvalidPattern, true), (error.ErrorId, error.Message.StartsWith("p: Event pattern is not valid. Reason: \"a\" must be an object or an array (line 1, column 6, at /a).", StringComparison.Ordinal)));

        Assert.Single(await new PatternTester([Named("""{"a":1}"""), Named("""{"a":[1]}""")]).TestAsync(Events("""{"source":"a"}"""), null, _run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal(ErrorIds.InvalidPattern, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task Entries_are_recognised_and_the_rest_goes_on()
    {
        Assert.Single(await new PatternTester([Named("""{"source":["a"]}""")]).TestAsync(Events("""{"Source":"a","DetailType":"t"}""", """{"source":"a"}"""), null, _run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal(ErrorIds.EntryNotEvent, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task An_explanation_has_the_verdict_of_the_test_and_says_why()
    {
        PatternExplanation one = Assert.Single(await new PatternTester([Named("""{"detail":{"n":[300]}}""")]).ExplainAsync(Events("""{"detail":{"n":"300"}}"""), null, _run, Run.Token).ToListAsync(Run.Token));

        Assert.Equal<(bool?, bool, string)>((false, false, "p does not match e:1"), (one.Matches, one.Explanation.Matches, one.Title));
        Assert.Contains("detail.n", one.Text, StringComparison.Ordinal);
        Assert.All(one.Text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        using JsonDocument json = JsonDocument.Parse(one.ToJson());
        Assert.Equal(("p", "e:1", false), (json.RootElement.GetProperty("pattern").GetString(), json.RootElement.GetProperty("event").GetString(), json.RootElement.GetProperty("matches").GetBoolean()));
    }

    [Fact]
    public async Task What_a_template_leaves_open_is_neither_a_match_nor_none()
    {
        IReadOnlyList<NamedPattern> open = Open();
        List<PatternTest> tests = await new PatternTester(open).TestAsync(Events("""{"source":"s"}""", """{"source":"other"}"""), null, _run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal<(string?, bool?, string?)>(
            [("All", null, "whether the pattern matches depends on ${P}"), ("Part", null, "whether the pattern matches depends on ${P}"), ("All", null, "whether the pattern matches depends on ${P}"), ("Part", false, null)],
            tests.Select(test => (test.RuleName, test.Matches, test.Reason)));

        PatternExplanation explanation = Assert.Single(await new PatternTester(open).ExplainAsync(Events("""{"source":"s"}"""), null, _run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal("default/Part may match e:1", explanation.Title);
        using JsonDocument json = JsonDocument.Parse(explanation.ToJson());
        Assert.Equal((JsonValueKind.Null, "whether the pattern matches depends on ${P}"), (json.RootElement.GetProperty("matches").ValueKind, json.RootElement.GetProperty("reason").GetString()));
        Assert.Contains(_run.Warnings, warning => warning.StartsWith("default/All with e:1 cannot be explained", StringComparison.Ordinal));

        IReadOnlyList<PatternMeasure> measures = await new PatternTester(open).MeasureAsync(_ => Events("""{"source":"s"}""", """{"source":"other"}"""), new MeasureOptions(), _run, Run.Token);
        Assert.Equal([(0, 2), (0, 1)], measures.Select(measure => (measure.Matched, measure.Unknown)));
        Assert.Contains(_run.Warnings, warning => warning.StartsWith("default/All: whether it matches 2 events depends on ${P}", StringComparison.Ordinal));

        List<PatternCheck> checks = await PatternCheck.RunAsync(open, null, _run, Run.Token).ToListAsync(Run.Token);
        Assert.Equal([(true, false, ""), (true, false, "/detail/n/0/numeric/1")], checks.Select(check => (check.IsValid, check.IsKnown, Assert.Single(check.Problems).Pointer)));
        Assert.StartsWith("default/Part: valid as far as it is known, 1 warning", checks[1].Text, StringComparison.Ordinal);
        Assert.Empty(_run.Failures);
    }

    private static IReadOnlyList<NamedPattern> Open()
    {
        const string Template = """
            {"Parameters":{"P":{"Type":"String"}},"Resources":{
              "All":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"Ref":"P"},"Targets":[]}},
              "Part":{"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["s"],"detail":{"n":[{"numeric":[">",{"Ref":"P"}]}]}},"Targets":[]}}}}
            """;
        return NamedPattern.Of(RuleFile.Read(Template, "f", SilentObserver.Instance), SilentObserver.Instance);
    }

    [Fact]
    public async Task A_measure_counts_matches_from_first_to_last_with_samples_and_values()
    {
        PatternMeasure measure = Assert.Single(await MeasureAsync(
            new MeasureOptions { Samples = 1, Property = ["detail.state", "detail.tags"], Top = 1 },
            """{"a":1,"time":"2026-01-01T02:00:00Z","detail":{"state":"on","tags":["x","y","x"]}}""",
            """{"a":1,"id":"2","time":"2026-01-01T01:00:00Z","detail":[{"state":"off"},{"state":"on"}],"detail.tags":"y"}""",
            """{"a":2,"time":"2026-01-01T05:00:00Z","detail":{}}"""));

        Assert.Equal((3, 2, 0), (measure.Events, measure.Matched, measure.Bad));
        Assert.Equal(66.67, measure.Percent!.Value, 2);
        Assert.Equal(0.5, measure.PerHour!.Value);
        Assert.Equal((1, 2), (measure.First!.Value.Hour, measure.Last!.Value.Hour));
        Assert.Equal("e:1", Assert.Single(measure.Samples).Event);
        Assert.Equal([new ValueCount("detail.state", "on", 2), new ValueCount("detail.tags", "y", 2)], measure.Values);
    }

    [Fact]
    public async Task What_is_no_event_is_counted_and_only_the_first_of_it_told()
    {
        PatternMeasure measure = Assert.Single(await MeasureAsync(new MeasureOptions(), [.. Enumerable.Repeat("nonsense", 100), """{"source":"s","a":1}"""]));

        Assert.Equal((1, 1, 100), (measure.Events, measure.Matched, measure.Bad));
        Assert.Equal(3, _run.Warnings.Count);
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Without_events_there_is_no_share()
    {
        PatternMeasure measure = Assert.Single(await MeasureAsync(new MeasureOptions()));

        Assert.Equal((0, null, null, null), (measure.Events, measure.Percent, measure.PerHour, measure.First));
    }

    [Fact]
    public async Task Patterns_are_timed_alone_and_together()
    {
        TickingTime time = new();
        List<PatternSpeed> speeds = await new PatternBench(time).RunAsync([Named("""{"a":[1]}"""), Named("""{"b":[1]}""", "other")], Events("""{"source":"s","a":1}""", """{"source":"s","b":1}""", """{"source":"s","a":1,"b":1}"""), TimeSpan.FromSeconds(1), _run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal([("p", 3, 2), ("other", 3, 2), ("(all 2 together)", 3, 4)], speeds.Select(speed => (speed.Pattern, speed.Events, speed.Matched)));
        Assert.All(speeds, speed => Assert.Equal(256, speed.EventsPerSecond)); // 256 events between two looks at this clock
        await Assert.ThrowsAsync<OpsException>(() => new PatternBench(time).RunAsync([Named("""{"a":[1]}""")], Events(), TimeSpan.FromSeconds(1), _run, Run.Token).ToListAsync(Run.Token));
    }

    [Fact]
    public async Task A_check_says_all_that_is_wrong_in_80_columns()
    {
        PatternCheck check = Assert.Single(await PatternCheck.RunAsync([Named("""{"source":"a","detailType":["x"],"detail":{}}""")], null, _run, Run.Token).ToListAsync(Run.Token));

        Assert.False(check.IsValid);
        Assert.StartsWith("p: not valid, 2 errors, 1 warning, 45 characters", check.Text, StringComparison.Ordinal);
        Assert.Contains("error 1:11 /source: \"source\" must be an object or an array", check.Text, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"detail-type\"?", check.Text, StringComparison.Ordinal);
        Assert.All(check.Text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task Patterns_come_from_files_rules_of_files_and_rules_of_the_account()
    {
        string folder = Directory.CreateDirectory(_run.Folder).FullName;
        string file = Path.Combine(folder, "rule.json");
        string rules = Path.Combine(folder, "rules.json");
        await File.WriteAllTextAsync(file, """{"a":[1]}""", Run.Token);
        await File.WriteAllTextAsync(rules, """{"Rules":[{"Name":"one","EventPattern":"{\"a\":[1]}","EventBusName":"bus"},{"Name":"two","EventPattern":"{\"a\":[2]}","EventBusName":"bus"},{"Name":"timed","ScheduleExpression":"rate(1 day)"}]}""", Run.Token);
        _run.Account.Rule("default", "mvp-a").Rule("default", "other");
        _run.Account.Bus("default")["mvp-a"].Document["EventPattern"] = """{"x":[1]}""";

        Assert.Equal(["given", "rule.json", "bus/two"], await NamesAsync(new PatternSource { Given = [new NamedPattern("given", "{}")], Path = [file, Path.Combine(folder, "none")], RulePath = [rules], RuleName = ["t*"] }));
        Assert.Equal(Path.Combine(folder, "none"), Assert.Single(_run.Failures).Target);
        Assert.Equal(["default/mvp-a"], await NamesAsync(new PatternSource { RuleName = ["mvp-*"] }));
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<OpsException>(() => NamesAsync(new PatternSource()))).ErrorId);
    }

    private async Task<string[]> NamesAsync(PatternSource source) =>
        [.. (await source.ReadAsync(_run.Rules, _ => null, _run, Run.Token)).Select(pattern => pattern.Name)];

    private Task<IReadOnlyList<PatternMeasure>> MeasureAsync(MeasureOptions options, params string[] events) =>
        new PatternTester([Named("""{"a":[1]}""")]).MeasureAsync(
            observer => Streams.From(EventReader.ReadText(string.Join("\n", events), "e", observer)), options, _run, Run.Token);

    private IAsyncEnumerable<EventDocument> Events(params string[] events) => Streams.From(EventReader.ReadText(string.Join("\n", events), "e", _run));

    private static NamedPattern Named(string text, string name = "p") => new(name, text);

    /// <summary>A clock on which a second passes between two looks.</summary>
    private sealed class TickingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
