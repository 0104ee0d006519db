using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops schema</c>.</summary>
public sealed class SchemaTests : CliTest
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("ebops-schema-");

    public override async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_break_is_shown_with_the_place_and_an_event()
    {
        string older = Write("a.v1.json", """{"type":"object","properties":{"size":{"type":"integer"}}}""");
        string newer = Write("a.v2.json", """{"type":"object","required":["size"],"properties":{"size":{"type":"integer"}}}""");

        Outcome outcome = await Ebops.RunAsync(["schema", "compare", older, newer, "--output", "json"]);

        JsonNode change = Assert.Single(outcome.Ended(2).Json)!;
        Assert.Equal(("Breaks", "Producer", "a.v2.json", "/required", "{}"), ((string?)change["Effect"], (string?)change["Affects"], (string?)change["Schema"], (string?)change["Pointer"], (string?)change["Example"]));
        Assert.Contains("a.v2.json is not compatible: 1 difference breaks", outcome.Error, StringComparison.Ordinal);
        (await Ebops.RunAsync(["schema", "compare", older, newer, "--compatibility", "forward"])).Ended(0);
        (await Ebops.RunAsync(["schema", "compare", newer, older, older, "--compatibility", "full-transitive"])).Ended(2);
    }

    [Fact]
    public async Task What_cannot_be_decided_counts_as_a_break_under_the_strict_policy_alone()
    {
        string older = Write("a.v1.json", """{"properties":{"a":{"type":"string"}}}""");
        string newer = Write("a.v2.json", """{"properties":{"a":{"type":"string","mustBe":"nice"}}}""");

        Assert.Equal("Unknown", (string?)(await Ebops.RunAsync(["schema", "compare", older, newer, "--output", "json"])).Ended(0).Json[0]!["Effect"]);
        Assert.Contains("can't be decided", (await Ebops.RunAsync(["schema", "compare", older, newer, "--policy", "strict"])).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_entries_and_details_are_checked()
    {
        string schema = Write("a.v1.json", """{"type":"object","required":["id"],"properties":{"id":{"$ref":"id.json"}}}""");
        Write("id.json", """{"type":"string","minLength":3}""");
        string events = Write("events.jsonl", """
            {"source":"s","detail-type":"t","detail":{"id":"abc"}}
            {"Source":"s","DetailType":"t","Detail":"{\"id\":\"x\"}"}
            {"source":"s","detail-type":"t","detail":"x"}
            """);

        Outcome outcome = await Ebops.RunAsync(["schema", "validate", schema, "--event-path", events, "--output", "json"]);

        Assert.Equal(["Valid", "Invalid"], outcome.Ended(3).Json.Select(test => (string?)test!["State"]));
        Assert.Equal(("/id", "id.json#/minLength", "/id does not follow the rule \"minLength\": 3."), ((string?)outcome.Json[1]!["Pointer"], (string?)outcome.Json[1]!["Rule"], (string?)outcome.Json[1]!["Reason"]));
        Assert.Contains("InvalidEvent", outcome.Error, StringComparison.Ordinal);
        (await Ebops.RunAsync(["schema", "validate", schema, "--detail", """{"id":"abc"}"""])).Ended(0);
        (await Ebops.RunAsync(["schema", "validate", schema, "--detail", "{}"])).Ended(2);
        foreach (string[] given in (string[][])[["--event-path", events], ["--event", "{}"]])
            Assert.Contains("--detail cannot be combined with --event or --event-path.", (await Ebops.RunAsync(["schema", "validate", schema, "--detail", """{"id":"abc"}""", .. given])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"0","id":"1","source":"x","detail-type":"OrderPlaced","time":"2026-01-01T00:00:00Z","resources":[]}""", "has no detail that is a JSON object. To check a detail by itself, use --detail.")]
    [InlineData("""{"source":"a","detail-type":"b"}""", "has no detail that is a JSON object.")]
    [InlineData("""{"Source":"a","DetailType":"b"}""", "has no detail that is a JSON object.")]
    [InlineData("""{"id":"1","time":"2026-01-01T00:00:00Z"}""", "To check a detail by itself, use --detail.")]
    [InlineData("""{"userId":"1"}""", "fields such as source, detail-type and detail. To check a detail by itself, use --detail.")]
    public async Task What_has_no_detail_is_not_an_event(string text, string expected)
    {
        string schema = Write("a.v1.json", """{"type":"object","required":["id"]}"""), file = Write("event.json", text);

        Outcome outcome = (await Ebops.RunAsync(["schema", "validate", schema, "--event-path", file])).Ended(3);

        Assert.Contains("InvalidEvent", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("InvalidEvent", (await Ebops.RunAsync(["schema", "infer", "--event-path", file])).Ended(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_taken_for_its_detail_and_a_detail_for_itself()
    {
        string schema = Write("a.v1.json", """{"type":"object","required":["id"],"x-amazon-events-source":"s","x-amazon-events-detail-type":"t"}""");

        (await Ebops.RunAsync(["schema", "validate", schema, "--event-path", Write("e.json", """{"detail":{"id":"1"}}""")])).Ended(0);
        (await Ebops.RunAsync(["schema", "validate", schema, "--detail", """{"id":"1","source":"x","detail-type":"y","detail":{}}"""])).Ended(0);
        Assert.Contains("--detail is not valid JSON", (await Ebops.RunAsync(["schema", "validate", schema, "--detail", """{"id":"1" """])).Ended(1).Error, StringComparison.Ordinal);
        Outcome other = (await Ebops.RunAsync(["schema", "validate", schema, "--event-path", Write("o.json", """{"source":"s","detail-type":"u","detail":{}}"""), "--output", "json"])).Ended(2);
        Assert.Equal("The event is of another type: it is u from s, but the schema describes t from s.", (string?)Assert.Single(other.Json)!["Reason"]);
    }

    [Fact]
    public async Task Text_for_people_has_the_reason_on_lines_of_its_own()
    {
        string older = Write("a.v1.json", """{"type":"object","properties":{"size":{"type":"integer"}}}""");
        string newer = Write("a.v2.json", """{"type":"object","required":["size"],"properties":{"size":{"type":"integer"}}}""");

        Assert.Equal("Breaks for producers of a.v1.json: a.v2.json#/required\n  The detail must have size. The other version does not require it.\n  Example: {}\n", (await Ebops.RunAsync(["schema", "compare", older, newer])).Ended(2).Out.ReplaceLineEndings("\n"));
        Outcome outcome = (await Ebops.RunAsync(["schema", "validate", newer, "--detail", "{}"])).Ended(2);
        Assert.Contains("--detail: not valid (", outcome.Out, StringComparison.Ordinal);
        Assert.EndsWith("#/required)\n  The detail has no \"size\", which is required.\n", outcome.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("a.v2.json is compatible with the version before it.", (await Ebops.RunAsync(["schema", "compare", newer, newer])).Ended(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_compared_in_their_order_however_a_shell_lists_them()
    {
        string first = Write("a.v1.json", """{"type":"object"}"""), second = Write("a.v2.json", """{"type":"object","properties":{"id":{"type":"string"}}}""");
        string tenth = Write("a.v10.json", """{"type":"object","properties":{"id":{"type":"integer"}}}""");

        JsonNode change = Assert.Single((await Ebops.RunAsync(["schema", "compare", first, tenth, second, "--output", "json"])).Ended(2).Json)!;

        Assert.Equal(("a.v10.json", "a.v2.json"), ((string?)change["Schema"], (string?)change["OtherSchema"]));
        Assert.Contains("a.v10.json is compatible with the 2 versions before it.", (await Ebops.RunAsync(["schema", "compare", first, Write("a.v2.json", """{"type":"object"}"""), Write("a.v10.json", """{"type":"object"}"""), "--compatibility", "full-transitive"])).Ended(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_lead_to_folders_below_as_in_a_project()
    {
        Directory.CreateDirectory(Path.Combine(_files.FullName, "common"));
        Write("common/id.json", """{"type":"string"}""");
        string schema = Write("a.v1.json", """{"properties":{"id":{"$ref":"common/id.json"}}}""");

        (await Ebops.RunAsync(["schema", "validate", schema])).Ended(0);
        (await Ebops.RunAsync(["schema", "validate", schema, "--detail", """{"id":1}"""])).Ended(2);
    }

    [Fact]
    public async Task What_is_no_schema_is_valid_with_a_warning()
    {
        Assert.Contains("has no keyword of JSON Schema", (await Ebops.RunAsync(["schema", "validate", Write("p.json", """{"source":["a"]}""")])).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'required'?", (await Ebops.RunAsync(["schema", "validate", Write("p.json", """{"type":"object","requierd":[]}""")])).Ended(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_selected_is_named()
    {
        string events = Write("events.jsonl", """
            {"source":"s","detail-type":"a","detail":{}}
            {"source":"s","detail-type":"b","detail":{}}
            """);

        Outcome none = (await Ebops.RunAsync(["schema", "infer", "--event-path", events, "--detail-type", "nope"])).Ended(1);
        Assert.Contains("NothingChecked", none.Error, StringComparison.Ordinal);
        Assert.Contains("Events that were read: a from s, b from s.", none.Error, StringComparison.Ordinal);
        Outcome missing = await Ebops.RunAsync(["schema", "infer", "--event-path", Path.Combine(_files.FullName, "none.json")]);
        Assert.Equal(1, missing.Error.Split("error: ").Length - 1);
    }

    [Fact]
    public async Task A_schema_that_is_not_valid_is_told_apart_from_one_that_cannot_be_read()
    {
        string wrong = Write("wrong.json", """{"type":"strin","$ref":"#/nowhere"}""");

        Outcome outcome = await Ebops.RunAsync(["schema", "validate", wrong, "--output", "json"]);

        Assert.Equal("/type", (string?)outcome.Ended(2).Json[0]!["Pointer"]);
        Assert.Contains("InvalidSchema", (await Ebops.RunAsync(["schema", "compare", wrong, wrong])).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("FileNotReadable", (await Ebops.RunAsync(["schema", "validate", Path.Combine(_files.FullName, "none.json")])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_is_inferred_from_events_of_one_type()
    {
        string events = Write("events.jsonl", """
            {"source":"s","detail-type":"a","detail":{"id":1,"at":"2026-01-02T03:04:05Z"}}
            {"source":"s","detail-type":"a","detail":{"id":2.5,"note":null,"at":"2026-01-02T03:04:06Z"}}
            {"source":"s","detail-type":"b","detail":{}}
            """);

        JsonNode schema = JsonNode.Parse((await Ebops.RunAsync(["schema", "infer", "--event-path", events, "--detail-type", "a"])).Ended(0).Out)!;

        Assert.True(JsonNode.DeepEquals(schema, JsonNode.Parse("""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","x-amazon-events-source":"s","x-amazon-events-detail-type":"a","type":"object","required":["id","at"],
             "properties":{"id":{"type":"number"},"at":{"type":"string","format":"date-time"},"note":{"type":"null"}}}
            """)), schema.ToJsonString());
        Assert.Contains("The events are of several types: a, b.", (await Ebops.RunAsync(["schema", "infer", "--event-path", events])).Ended(1).Error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
