using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

public sealed class EventTests : CliTest
{
    private string Store => Path.Combine(Journal, "jobs.jsonl");

    [Fact]
    public async Task One_event_is_sent_and_its_id_is_said()
    {
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--source", "founderdash.admin", "--detail-type", "MVP Batch Complete", "--detail", """{"batchId":"b1"}""", "--event-bus-name", "mvp-development", .. Session]);
        Assert.Equal("", outcome.Ended(0).Out);
        Assert.Matches("Sent evt_[0-9]+_[0-9a-z]{9} to event bus mvp-development [(]event ID: ", outcome.Error);
        Assert.Single(Server.Calls, call => call.Operation == "PutEvents");
    }

    [Fact]
    public async Task A_stream_of_entries_goes_on_past_what_is_none()
    {
        string lines = """
            {"Source":"a","DetailType":"t","Detail":{"n":1}}
            {"source":"a","detail-type":"t","detail":{}}

            {"Source":"a","DetailType":"t","Detail":"{\"n\":2,\"ebopsId\":\"mine\"}","EventBusName":"mvp-development"}
            {"Source":"a","DetailType":"t","Detail":"{"}
            """;
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--entry-file", "-", "--output", "jsonl", .. Session], lines);
        JsonNode[] results = [.. outcome.Ended(3).JsonLines.OfType<JsonNode>()];
        Assert.Equal(["Sent", "Sent", "Failed"], results.Select(result => (string?)result["Status"]));
        Assert.Equal(("mine", "mvp-development", "default"), ((string?)results[1]["Id"], (string?)results[1]["EventBusName"], (string?)results[0]["EventBusName"]));
        Assert.Contains("error: InvalidEntry: Line 2: ", outcome.Error);
        Assert.Contains("2 sent, 2 failed.", outcome.Error);
    }

    [Fact]
    public async Task What_if_sends_nothing()
    {
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--source", "a", "--detail-type", "t", "--what-if", "--output", "json", .. Session]);
        Assert.Equal("WouldSend", (string?)outcome.Ended(0).Json[0]!["Status"]);
        Assert.Empty(Server.Calls);
    }

    [Theory]
    [InlineData("event send --source a", "--detail-type is missing")]
    [InlineData("event send --entry-file x --source a", "--entry-file cannot be combined with --source")]
    [InlineData("event send --source a --detail-type b --time soon", "'soon' is not a valid value for --time")]
    [InlineData("event send --source a --detail-type b --throttle-limit 0", "--throttle-limit must be from 1 to 256, but it is 0")]
    [InlineData("mvp list --store-path a --table-name b", "--store-path cannot be combined with --table-name")]
    [InlineData("mvp list --state odd", "'odd' is not a valid job state. Valid states: pending, ")]
    [InlineData("mvp get j --wait --timeout-seconds 0", "--timeout-seconds")]
    [InlineData("mvp send --request-file x --job-id j", "--job-id cannot be combined with --request-file")]
    [InlineData("mvp send --metadata [] --user-id u --product-id p", "The value of --metadata is not a valid JSON object. Example: '{\"plan\":\"pro\"}'.")]
    [InlineData("check --timeout-seconds 0", "--timeout-seconds")]
    [InlineData("check --detail x", "The value of --detail is not a valid JSON object: ")]
    [InlineData("check --detail []", "The value of --detail is not a valid JSON object: The JSON text is not an object.")]
    [InlineData("check --source aws.s3 --send", "aws.s3 is not a valid value for --source together with --send, because sources that start with aws. are reserved for AWS services.")]
    public async Task Wrong_usage_is_refused_with_what_helps(string command, string expected)
    {
        Outcome outcome = await Ebops.RunAsync([.. command.Split(' '), .. Session]);
        Assert.StartsWith("error: InvalidArgument: ", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task A_job_lives_from_its_request_to_its_end()
    {
        Outcome sent = await MvpAsync("send", "--user-id", "user123", "--product-id", "prod456", "--business-name", "My Startup MVP", "--feature", "auth,dashboard", "--priority", "high", "--output", "json");
        string id = (string)sent.Ended(0).Json[0]!["JobId"]!;
        Assert.Equal("Queued", await StateAsync(id));

        string running = $$"""{"detail-type":"Batch Job State Change","detail":{"jobId":"b-1","status":"RUNNING","parameters":{"jobId":"{{id}}"} } }""";
        Assert.Contains("1 updated.", (await Ebops.RunAsync(["mvp", "update", "--store-path", Store, .. Session], running)).Ended(0).Error);
        Assert.Equal("Running", await StateAsync(id));

        Assert.Contains("What if: ", (await MvpAsync("cancel", id, "--what-if")).Ended(0).Error);
        Assert.Equal("Running", await StateAsync(id));
        (await MvpAsync("cancel", id, "--reason", "enough")).Ended(0);
        Assert.Equal("Cancelled", await StateAsync(id));
        (await MvpAsync("get", id, "--wait")).Ended(3);
        Assert.Contains("JobStateConflict", (await MvpAsync("cancel", id)).Ended(3).Error);
        Assert.Contains("My Startup MVP", (await MvpAsync("list", "--user-id", "user123")).Ended(0).Out);
    }

    [Fact]
    public async Task Requests_come_from_a_file_and_what_is_pending_is_repaired()
    {
        string file = Path.Combine(Journal, "requests.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 30).Select(i => $$"""{"userId":"u{{i}}","productId":"p","features":["a"],"priority":"low"}""").Append("nonsense"), Token);
        Server.Faults.Add("PutEvents", Fault.PartialFailure("AccessDeniedException", ["0"]), times: 1);
        Outcome sent = await MvpAsync("send", "--request-file", file, "--output", "jsonl");
        Assert.Equal(29, sent.Ended(3).JsonLines.Count(result => (string?)result!["Status"] == "Sent"));
        Assert.Contains("Line 31: ", sent.Error);
        JsonArray pending = (await MvpAsync("list", "--state", "pending", "--output", "json")).Ended(0).Json;
        string id = (string)Assert.Single(pending)!["JobId"]!;
        Assert.Contains("1 would be sent.", (await MvpAsync("repair", "--minimum-age-seconds", "0", "--what-if")).Ended(0).Error);
        Assert.Contains("1 sent.", (await MvpAsync("repair", id)).Ended(0).Error);
        Assert.Contains("0 sent.", (await MvpAsync("repair", "--minimum-age-seconds", "0")).Ended(0).Error);
    }

    [Fact]
    public async Task A_plain_database_URL_is_on_no_output()
    {
        Outcome refused = await Ebops.RunAsync(["mvp", "send", "--user-id", "u", "--product-id", "p", "--database-url-stdin", "--store-path", Store, .. Session], "postgres://u:geheim@h/db\n");
        Outcome sent = await Ebops.RunAsync(["mvp", "send", "--user-id", "u", "--product-id", "p", "--database-url-stdin", "--allow-plain-database-url", "--verbose", "--debug", "--output", "json", "--store-path", Store, .. Session], "postgres://u:geheim@h/db\n");
        Assert.Contains("InvalidRequest", refused.Ended(3).Error);
        Assert.Contains("warning: ", sent.Ended(0).Error);
        Assert.DoesNotContain("geheim", refused.Error + refused.Out + sent.Error + sent.Out + await File.ReadAllTextAsync(Store, Token));
    }

    [Fact]
    public async Task A_file_of_settings_goes_before_the_environment_and_after_the_options()
    {
        string file = Path.Combine(Journal, ".env.eventbridge");
        await File.WriteAllTextAsync(file, $"export AWS_REGION='eu-west-1'\nAWS_ACCESS_KEY_ID=test\nAWS_SECRET_ACCESS_KEY=geheim # hidden\nAWS_ENDPOINT_URL=\"{Server.Endpoint}\"\nEVENTBRIDGE_BUS_NAME=mvp-production\nEBOPS_JOB_STORE={Store}\n", Token);
        Dictionary<string, string> environment = new() { ["EVENTBRIDGE_BUS_NAME"] = "mvp-development" };
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--source", "a", "--detail-type", "t", "--env-file", file, "--output", "json"], environment: environment);
        Assert.Equal("mvp-production", (string?)outcome.Ended(0).Json[0]!["EventBusName"]);
        outcome = await Ebops.RunAsync(["mvp", "send", "--user-id", "u", "--product-id", "p", "--env-file", file, "--event-bus-name", "default", "--output", "json"], environment: environment);
        Assert.Equal("default", (string?)outcome.Ended(0).Json[0]!["EventBusName"]);
        Assert.True(File.Exists(Store));

        await File.WriteAllTextAsync(file, "AWS_SECRET_ACCESS_KEY='geheim", Token);
        outcome = await Ebops.RunAsync(["event", "send", "--source", "a", "--detail-type", "t", "--env-file", file]);
        Assert.StartsWith("error: InvalidEnvFile: Line 1 ", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", outcome.Error);
    }

    [Fact]
    public async Task A_deployment_is_announced_and_the_CI_is_told()
    {
        string summary = Path.Combine(Journal, "summary.md");
        Dictionary<string, string> github = new() { ["GITHUB_ACTIONS"] = "true", ["GITHUB_REPOSITORY"] = "o/r", ["GITHUB_RUN_ID"] = "7", ["GITHUB_SHA"] = "abc", ["GITHUB_REF_NAME"] = "main", ["GITHUB_STEP_SUMMARY"] = summary };
        Outcome outcome = await Ebops.RunAsync(["deployment", "send", "--repository", "shop/api", "--tag", "1.2", "--output", "json", .. Session], environment: github);
        Assert.Equal("github.actions", (string?)outcome.Ended(0).Json[0]!["Source"]);
        Assert.Contains("::notice title=Deployment Ready::shop/api:1.2 was published to event bus ", outcome.Error);
        Assert.Contains("shop/api:1.2", await File.ReadAllTextAsync(summary, Token));
        Assert.Contains("specify --source, --branch, --commit.", (await Ebops.RunAsync(["deployment", "send", "--repository", "shop/api", "--tag", "1.2", .. Session])).Ended(1).Error);
    }

    [Fact]
    public async Task A_check_is_a_tree_with_what_to_do()
    {
        Outcome outcome = await Ebops.RunAsync(["check", "--event-bus-name", "mvp-development", "--source", "mvp.uploads", "--detail-type", "Object Created", "--detail", """{"size":3}""", "--store-path", Store, .. Session]);
        Assert.Contains("OK     events:PutEvents: allowed", outcome.Ended(3).Out);
        Assert.Contains("NG         target agent-inactive: ", outcome.Out);
        Assert.Contains("-> To repair it, run ebops target sync --event-bus-name mvp-development --rule-name mvp-agent-on-upload.", outcome.Out);
        Assert.Contains("OK     rules for mvp.uploads, Object Created: 1 rule matches", outcome.Out);
        Assert.DoesNotContain("rule mvp-import-done", outcome.Out);
        Assert.DoesNotContain(Server.Calls, call => call.Operation is "PutTargets" or "SubmitJob");
        Outcome json = await Ebops.RunAsync(["check", "--event-bus-name", "nowhere", "--skip-job-store", "--output", "json", .. Session]);
        JsonNode bus = json.Ended(3).Json.Single(check => (string?)check!["Check"] == "event bus nowhere")!;
        Assert.Equal(("NG", "EventBusNotFound"), ((string?)bus["Status"], (string?)bus["ErrorId"]));
    }

    [Fact]
    public async Task A_check_without_a_table_gives_no_advice_that_cannot_be_followed()
    {
        Outcome outcome = await Ebops.RunAsync(["check", "--event-bus-name", "mvp-development", .. Session]);
        Assert.Contains("NG   job store: ", outcome.Ended(3).Out);
        Assert.DoesNotContain("create-table", outcome.Out);
    }

    [Fact]
    public async Task A_check_of_an_event_of_a_service_does_not_ask_for_permission_to_send_it()
    {
        JsonNode put = (await Ebops.RunAsync(["check", "--source", "aws.s3", "--event-bus-name", "mvp-development", "--skip-job-store", "--output", "json", .. Session])).Ended(3).Json
            .Single(check => (string?)check!["Check"] == "events:PutEvents")!;
        Assert.Equal(("SKIP", null), ((string?)put["Status"], (string?)put["Advice"]));
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "PutEvents");
    }

    private Task<Outcome> MvpAsync(params string[] args) => Ebops.RunAsync(["mvp", .. args, "--store-path", Store, .. Session]);

    private async Task<string?> StateAsync(string id) => (string?)(await MvpAsync("get", id, "--output", "json")).Ended(0).Json[0]!["State"];
}
