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
        string older = Write("a.v1.json", """{"type":"string"}""");
        string newer = Write("a.v2.json", """{"type":"string","mustBe":"nice"}""");

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
