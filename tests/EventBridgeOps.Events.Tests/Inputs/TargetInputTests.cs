using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;

namespace EventBridgeOps.Events.Tests;

/// <summary>
/// What a target is sent. The cases named "AWS" are answers of AWS itself, as recorded by LocalStack's tests
/// (https://github.com/localstack/localstack/blob/main/tests/aws/services/events/test_events_inputs.snapshot.json) or given in the user guide
/// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
/// </summary>
public sealed class TargetInputTests
{
    private const string Recorded = """
        {"version":"0","id":"e1","detail-type":"core.update","source":"core","account":"111111111111","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],
        "detail":{"command":"update-account","payload":{"acc_id":"0a787ecb-4015","sf_id":"baz"},"listsingle":["HIGH"],"listmulti":["ACTIVE","INACTIVE"],"valid":true,
        "number":1.50e2,"nothing":null,"quoted":"say \"hi\"","object":{"key":"a/b ü"},"a.b":"dotted","items":[{"n":1},{"n":2}]}}
        """;

    private const string Paths = """
        {"userId":"$.detail.payload.acc_id","payload":"$.detail.payload","systemstring":"$.detail.awsAccountId","listsingle":"$.detail.listsingle","listmulti":"$.detail.listmulti",
        "valid":"$.detail.valid","number":"$.detail.number","nothing":"$.detail.nothing","quoted":"$.detail.quoted","key":"$.detail.object.key","detail-type":"$.detail-type","timestamp":"$.time",
        "command":"$.detail.command","missing":"$.detail.notinmessage","second":"$.detail.listmulti[1]","all":"$.detail.items[*].n"}
        """;

    [Theory]
    // AWS: recorded.
    [InlineData("\"Event of <detail-type> type, at time <timestamp>, info extracted from detail <command>\"", "\"Event of core.update type, at time 2026-11-21T09:30:05Z, info extracted from detail update-account\"")]
    [InlineData("\"Event of <detail-type> type, at time <timestamp>, info extracted from detail <missing>\"", "\"Event of core.update type, at time 2026-11-21T09:30:05Z, info extracted from detail \"")]
    [InlineData("\"{[/Check with special starting characters for event of <detail-type> type\"", "\"{[/Check with special starting characters for event of core.update type\"")]
    [InlineData("""{"detailType": <detail-type>,  "time": <timestamp>, "command": <command>}""", """{"detailType": "core.update",  "time": "2026-11-21T09:30:05Z", "command": "update-account"}""")]
    [InlineData("""{"detailType": <detail-type>,  "time": <timestamp>, "command": <missing>}""", """{"detailType": "core.update",  "time": "2026-11-21T09:30:05Z", "command": ""}""")]
    [InlineData("""{"method": "PUT", "path": "users-service/users/<userId>", "bod": <payload>}""", """{"method": "PUT", "path": "users-service/users/0a787ecb-4015", "bod": {"acc_id":"0a787ecb-4015","sf_id":"baz"}}""")]
    [InlineData("\"Payload of <payload> with path users-service/users/<userId> and <userId>\"", "\"Payload of {acc_id:0a787ecb-4015,sf_id:baz} with path users-service/users/0a787ecb-4015 and 0a787ecb-4015\"")]
    [InlineData("""{"id" : <userId>}""", """{"id" : "0a787ecb-4015"}""")]
    [InlineData("""{"id" : "<userId>"}""", """{"id" : "0a787ecb-4015"}""")]
    [InlineData("""{"bod": [<userId>, "hardcoded"]}""", """{"bod": ["0a787ecb-4015", "hardcoded"]}""")]
    [InlineData("""{"nested": {"level1": {"level2": {"level3": "users-service/users/<userId>"} } }, "bod": "<userId>"}""", """{"nested": {"level1": {"level2": {"level3": "users-service/users/0a787ecb-4015"} } }, "bod": "0a787ecb-4015"}""")]
    [InlineData("\"<listsingle> single list item\"", "\"[HIGH] single list item\"")]
    [InlineData("\"<listmulti> multiple list items\"", "\"[ACTIVE,INACTIVE] multiple list items\"")]
    [InlineData("""{"singlelistitem": <listsingle>}""", """{"singlelistitem": ["HIGH"]}""")]
    [InlineData("\"<listsingle> single list item\"\n\"<systemstring> system account id\"\n\"<payload> payload\"", "\"[HIGH] single list item\"\n\" system account id\"\n\"{acc_id:0a787ecb-4015,sf_id:baz} payload\"")]
    [InlineData("""{"multi_replacement": "users/<userId>/second/<userId>"}""", """{"multi_replacement": "users/0a787ecb-4015/second/0a787ecb-4015"}""")]
    [InlineData("\"Command is <valid>!\"", "\"Command is true!\"")]
    // AWS: the user guide.
    [InlineData("\"instance \\\"<userId>\\\" is in <command>\"", "\"instance \\\"0a787ecb-4015\\\" is in update-account\"")]
    [InlineData("""{"instanceStatus": "instance \"<userId>\" is in <command>"}""", """{"instanceStatus": "instance \"0a787ecb-4015\" is in update-account"}""")]
    [InlineData("""{"state": [ 9, <command>, true ], "Transformed" : "Yes"}""", """{"state": [ 9, "update-account", true ], "Transformed" : "Yes"}""")]
    [InlineData("""{"ruleArn" : <aws.events.rule-arn>, "ruleName" : <aws.events.rule-name>, "at": <aws.events.event.ingestion-time>}""", """{"ruleArn" : "arn:aws:events:eu-west-1:111111111111:rule/bus/r", "ruleName" : "r", "at": "2026-11-21T09:30:06Z"}""")]
    [InlineData("\"<aws.events.rule-name> triggered\"", "\"r triggered\"")]
    // What follows from them.
    [InlineData("""{"n": <number>, "s": "<number>", "z": <nothing>}""", """{"n": 1.50e2, "s": "1.50e2", "z": null}""")]
    [InlineData("""{"q": <quoted>, "k": <key>}""", """{"q": "say \"hi\"", "k": "a/b ü"}""")]
    [InlineData("""{"second": <second>, "all": <all>}""", """{"second": "INACTIVE", "all": [1,2]}""")]
    [InlineData("<payload>", """{"acc_id":"0a787ecb-4015","sf_id":"baz"}""")]
    [InlineData("[<userId>]", """["0a787ecb-4015"]""")]
    [InlineData("\"1 < 2\"", "\"1 < 2\"")]
    [InlineData("""  {"constant": true}""", """  {"constant": true}""")]
    public void Templates_are_filled_in(string template, string expected)
    {
        TargetInput input = Transform(template);

        Assert.Null(input.Fault);
        Assert.Equal(expected, input.Text);
        Assert.Equal(InputKind.InputTransformer, input.Kind);
    }

    [Theory]
    // AWS: recorded as not delivered.
    [InlineData("""{"not_valid": "users-service/users/<payload>", "bod": <payload>}""", "is not valid JSON")]
    [InlineData("""{"payload": "<payload>"}""", "is not valid JSON")]
    [InlineData("""{"singlelistitem": "<listsingle>"}""", "is not valid JSON")]
    // AWS: recorded as refused by PutTargets.
    [InlineData("\"Event of <detail-type> type, with not defined key <notdefinedkey>\"", "invalid placeholder notdefinedkey")]
    // AWS: the user guide and the API reference.
    [InlineData("""{"q": "<quoted>"}""", "is not valid JSON")]
    [InlineData("<userId> is in <command>", "is not valid JSON")]
    [InlineData("""{<userId>: 1}""", "cannot be used as an object key")]
    [InlineData("""{"<userId>" : 1}""", "cannot be used as an object key")]
    [InlineData("""{"e": "<aws.events.event.json>"}""", "is not valid JSON")]
    [InlineData("\"not closed <userId>", "is not closed")]
    [InlineData("", "has no InputTemplate")]
    public void Templates_that_EventBridge_would_not_deliver_are_told(string template, string why) =>
        Assert.Contains(why, Transform(template).Fault?.ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_event_without_detail_and_the_whole_event_are_predefined()
    {
        JsonObject both = Document.Parse(Transform("""{"originalEvent": <aws.events.event>, "originalEventJson": <aws.events.event.json>}""").Text!);

        Assert.Equal(["version", "id", "detailType", "source", "account", "time", "region", "resources"], both["originalEvent"]!.AsObject().Select(field => field.Key));
        Assert.True(DocumentDiff.Same(Document.Parse(Recorded), both["originalEventJson"]));
        Assert.Contains("\"number\":1.50e2", Transform("<aws.events.event.json>").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{\"version\":\"0\",\"id\":\"e1\",", InputKind.Event)]
    [InlineData("""{"Input":"{\"mode\": \"full\",\"limit\":1e3}"}""", "{\"mode\": \"full\",\"limit\":1e3}", InputKind.Input)]
    [InlineData("""{"InputPath":"$.detail.payload"}""", """{"acc_id":"0a787ecb-4015","sf_id":"baz"}""", InputKind.InputPath)] // AWS: recorded
    [InlineData("""{"InputPath":"$.detail.payload.sf_id"}""", "\"baz\"", InputKind.InputPath)] // AWS: recorded
    [InlineData("""{"InputPath":"$.detail['listmulti'][0]"}""", "\"ACTIVE\"", InputKind.InputPath)]
    [InlineData("""{"InputPath":"$[\"detail\"][\"a.b\"]"}""", "\"dotted\"", InputKind.InputPath)]
    [InlineData("""{"InputPath":"$"}""", "{\"version\":\"0\",", InputKind.InputPath)]
    public void What_is_sent_follows_the_targets_settings(string target, string expected, InputKind kind)
    {
        TargetInput input = TargetInput.Of(Document.Parse(target), Facts());

        Assert.StartsWith(expected, input.Text, StringComparison.Ordinal);
        Assert.Equal((kind, null), (input.Kind, input.Fault));
    }

    [Theory]
    [InlineData("""{"Input":"{}","InputPath":"$"}""", "only one of Input, InputPath and InputTransformer")] // AWS: recorded
    [InlineData("""{"Input":"not json"}""", "its Input is not valid JSON")]
    [InlineData("""{"Input":{"Fn::Sub":"x"}}""", "its Input is not a string here")]
    [InlineData("""{"InputPath":"detail"}""", "a path must start with '$'")]
    [InlineData("""{"InputPath":"$.detail..x"}""", "'..' is not supported")]
    [InlineData("""{"InputPath":"$.detail[?(@.x)]"}""", "is not an index")]
    [InlineData("""{"InputPath":"$.detail[0"}""", "not closed")]
    [InlineData("""{"InputPath":"$.detail['x'"}""", "not closed")]
    [InlineData("""{"InputPath":"$x"}""", "neither '.' nor '['")]
    [InlineData("""{"InputPath":"$."}""", "a key is missing")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"AWS.x":"$.id"},"InputTemplate":"\"<AWS.x>\""}}""", "reserved")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"aws.events.rule-name":"$.id"},"InputTemplate":"\"x\""}}""", "reserved")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"a b":"$.id"},"InputTemplate":"\"x\""}}""", "is not a valid variable name")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"a":1},"InputTemplate":"\"x\""}}""", "is not a string")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":{"a":"id"},"InputTemplate":"\"x\""}}""", "a path must start with '$'")]
    [InlineData("""{"InputTransformer":{"InputPathsMap":[],"InputTemplate":"\"x\""}}""", "is not an object")]
    [InlineData("""{"InputTransformer":"x"}""", "its InputTransformer is not a string here")]
    public void Settings_that_PutTargets_would_not_take_are_told(string target, string why)
    {
        TargetInput input = TargetInput.Of(Document.Parse(target), Facts());

        Assert.Contains(why, input.Fault?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_those_of_the_service()
    {
        string Many(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"v{i}\":\"$.id\"")) + "}";
        Assert.Null(Transform("\"x\"", Many(100)).Fault);
        Assert.Contains("the maximum is 100", Transform("\"x\"", Many(101)).Fault?.ToString(), StringComparison.Ordinal);
        Assert.Null(Transform("\"" + new string('x', 8190) + "\"").Fault);
        Assert.Contains("the maximum is 8192", Transform("\"" + new string('x', 8191) + "\"").Fault?.ToString(), StringComparison.Ordinal);
        Assert.Contains("the maximum is 256", Transform("\"x\"", $$"""{"{{new string('v', 257)}}":"$.id"}""").Fault?.ToString(), StringComparison.Ordinal);
        Assert.Contains("the maximum is 256", Transform("\"x\"", $$"""{"v":"$.{{new string('v', 257)}}"}""").Fault?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_said()
    {
        TargetInput input = TargetInput.Of(Document.Parse("""{"InputPath":"$.detail.nowhere"}"""), Facts());

        Assert.Equal((null, null), (input.Text, input.Fault));
        Assert.Contains("no value at $.detail.nowhere", input.Remark?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_template_and_the_event_are_there_is_an_answer()
    {
        const string Letters = "<>{}[]\":,\\ an.$'0*aws.events.event.json userId\n";
        RandomDocument random = new(7);
        for (int round = 0; round < 20_000; round++)
        {
            string template = string.Concat(Enumerable.Range(0, random.Below(40)).Select(_ => random.Below(6) == 0 ? "<" + (random.Below(2) == 0 ? "a" : "aws.events.event") + ">" : Letters[random.Below(Letters.Length)].ToString()));
            string path = "$" + string.Concat(Enumerable.Range(0, random.Below(12)).Select(_ => Letters[random.Below(Letters.Length)]));
            JsonObject target = new() { ["InputTransformer"] = new JsonObject { ["InputPathsMap"] = new JsonObject { ["a"] = path }, ["InputTemplate"] = template } };
            using JsonDocument document = JsonDocument.Parse(random.ObjectText(4));

            TargetInput input = TargetInput.Of(target, new InputFacts(document.RootElement, "r", "arn", "t"));

            Assert.True(input.Fault is not null || input.Text is not null);
            if (input.Fault is null && !template.TrimStart().StartsWith('"'))
                JsonDocument.Parse(input.Text!, new JsonDocumentOptions { MaxDepth = 1000 }).Dispose();
        }
    }

    [Fact]
    public void What_stands_for_a_value_is_that_value()
    {
        RandomDocument random = new(11);
        for (int round = 0; round < 2_000; round++)
        {
            string value = random.ValueText(4);
            using JsonDocument document = JsonDocument.Parse($$"""{"v":{{value}}}""");
            JsonObject target = Document.Parse("""{"InputTransformer":{"InputPathsMap":{"v":"$.v"},"InputTemplate":"{\"v\":<v>}"}}""");

            TargetInput input = TargetInput.Of(target, new InputFacts(document.RootElement, "r", "arn", "t"));

            Assert.Null(input.Fault);
            Assert.True(DocumentDiff.Same(JsonNode.Parse(value), JsonNode.Parse(input.Text!)!["v"]), value);
        }
    }

    private static TargetInput Transform(string template, string paths = Paths) => TargetInput.Of(
        new JsonObject { ["InputTransformer"] = new JsonObject { ["InputPathsMap"] = JsonNode.Parse(paths), ["InputTemplate"] = template } },
        Facts());

    private static InputFacts Facts()
    {
        using JsonDocument document = JsonDocument.Parse(Recorded);
        return new InputFacts(document.RootElement.Clone(), "r", "arn:aws:events:eu-west-1:111111111111:rule/bus/r", "2026-11-21T09:30:06Z");
    }
}
