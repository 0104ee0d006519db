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
    public async Task An_event_for_a_bus_that_does_not_exist_is_an_error()
    {
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--source", "acme.app", "--detail-type", "Done", "--event-bus-name", "mvp-developmnt", .. Session]);
        Assert.Contains("error: EventBusNotFound: ", outcome.Ended(3).Error, StringComparison.Ordinal);
        Assert.Contains("ebops bus list", outcome.Error, StringComparison.Ordinal);
        outcome = await MvpAsync("send", "--user-id", "u", "--product-id", "p", "--event-bus-name", "mvp-developmnt");
        Assert.Contains("error: EventBusNotFound: ", outcome.Ended(3).Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await MvpAsync("list", "--output", "json")).Ended(0).Json.ToJsonString());
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "PutEvents");
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
        Assert.Contains("error: InvalidEntry: standard input:2 is not a valid entry of PutEvents: ", outcome.Error);
        Assert.Contains("2 sent, 2 failed.", outcome.Error);
    }

    [Fact]
    public async Task What_if_sends_nothing()
    {
        Outcome outcome = await Ebops.RunAsync(["event", "send", "--source", "a", "--detail-type", "t", "--detail", """{"batchId":"b1","token":"hunter2"}""", "--what-if", "--output", "json", .. Session]);
        Assert.Equal("WouldSend", (string?)outcome.Ended(0).Json[0]!["Status"]);
        Assert.Matches("""^What if: event bus default: Send event a, t \(evt_\w+\) with the detail \{"ebopsId":"evt_\w+","batchId":"b1","token":"\[redacted\]"\}\n""", outcome.Error);
        Outcome deployment = await Ebops.RunAsync(["deployment", "send", "shop", "1.2", "--source", "ci.local", "--branch", "main", "--commit", "3f9a1c2", "--what-if", .. Session]);
        Assert.Matches("""^What if: event bus default: Send event ci.local, Deployment Ready \(evt_\w+\) with the detail \{.*"repository":"shop".*\}\n""", deployment.Ended(0).Error);
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
    [InlineData("mvp send --request-file x --job-id j", "--job-id cannot be combined with --request-file, because")]
    [InlineData("mvp send --metadata [] --user-id u --product-id p", "The value of --metadata is not a valid JSON object: The JSON text is not an object. Example: '{\"plan\":\"pro\"}'.")]
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
        Outcome sent = await MvpAsync("send", "--event-bus-name", "mvp-development", "--user-id", "user123", "--product-id", "prod456", "--business-name", "My Startup MVP", "--feature", "auth,dashboard", "--priority", "high", "--output", "json");
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
        Outcome sent = await MvpAsync("send", "--event-bus-name", "mvp-development", "--request-file", file, "--output", "jsonl");
        Assert.Equal(29, sent.Ended(3).JsonLines.Count(result => (string?)result!["Status"] == "Sent"));
        Assert.Contains("error: InvalidRequest: requests.jsonl:31 is not a valid MVP request: ", sent.Error);
        JsonArray pending = (await MvpAsync("list", "--state", "pending", "--output", "json")).Ended(0).Json;
        string id = (string)Assert.Single(pending)!["JobId"]!;
        Assert.Contains("1 would be sent.", (await MvpAsync("repair", "--minimum-age-seconds", "0", "--what-if")).Ended(0).Error);
        Assert.Contains("1 sent.", (await MvpAsync("repair", id)).Ended(0).Error);
        Assert.Contains("0 sent.", (await MvpAsync("repair", "--minimum-age-seconds", "0")).Ended(0).Error);
    }

    [Fact]
    public async Task A_plain_database_URL_is_on_no_output()
    {
        Outcome refused = await Ebops.RunAsync(["mvp", "send", "--event-bus-name", "mvp-development", "--user-id", "u", "--product-id", "p", "--database-url-stdin", "--store-path", Store, .. Session], "postgres://u:geheim@h/db\n");
        Outcome sent = await Ebops.RunAsync(["mvp", "send", "--event-bus-name", "mvp-development", "--user-id", "u", "--product-id", "p", "--database-url-stdin", "--allow-plain-database-url", "--verbose", "--debug", "--output", "json", "--store-path", Store, .. Session], "postgres://u:geheim@h/db\n");
        Assert.Contains("InvalidRequest", refused.Ended(1).Error);
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
    public async Task A_check_without_a_table_says_how_to_make_it()
    {
        Outcome outcome = await Ebops.RunAsync(["check", "--event-bus-name", "mvp-development", "--table-name", "none", .. Session]);
        Assert.Contains("NG   job store: Table none for MVP jobs was not found. Create it with ebops mvp create-table", outcome.Ended(3).Out);
    }

    [Fact]
    public async Task A_check_of_an_event_of_a_service_does_not_ask_for_permission_to_send_it()
    {
        JsonNode put = (await Ebops.RunAsync(["check", "--source", "aws.s3", "--event-bus-name", "mvp-development", "--skip-job-store", "--output", "json", .. Session])).Ended(3).Json
            .Single(check => (string?)check!["Check"] == "events:PutEvents")!;
        Assert.Equal(("SKIP", null), ((string?)put["Status"], (string?)put["Advice"]));
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "PutEvents");
    }

    [Theory]
    [InlineData("mvp send", "--user-id is missing; --product-id is missing.")]
    [InlineData("mvp send --user-id u --product-id p --job-id _ --user-email x", "--job-id '_' is not valid: ")]
    [InlineData("mvp send --user-id u --product-id p --user-email x", "--user-email 'x' is not a valid email address.")]
    [InlineData("mvp send --user-id u --product-id p --database-url arn:aws:x", "--database-url is neither the ARN of a Secrets Manager secret nor a URL.")]
    public async Task A_request_that_is_not_valid_names_the_options(string command, string expected)
    {
        Outcome outcome = await Ebops.RunAsync([.. command.Split(' '), "--store-path", Store, .. Session]);
        Assert.StartsWith("error: InvalidRequest: ", outcome.Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains(expected, outcome.Error);
        Assert.False(File.Exists(Store));
    }

    [Fact]
    public async Task A_line_of_a_request_file_that_is_not_valid_names_its_fields()
    {
        string file = Path.Combine(Journal, "requests.jsonl");
        await File.WriteAllTextAsync(file, """{"productId":"p","userEmail":"x"}""", Token);
        Assert.Contains("userId is missing; userEmail 'x' is not a valid email address.", (await MvpAsync("send", "--event-bus-name", "mvp-development", "--request-file", file)).Ended(3).Error);
    }

    [Fact]
    public async Task A_line_break_in_an_ID_begins_no_line()
    {
        Outcome outcome = await MvpAsync("get", "a\nerror: Forged: b");
        Assert.Equal("error: JobNotFound: Job a error: Forged: b was not found", outcome.Ended(3).Error.Split('\n')[0].Split(" in file")[0]);
    }

    [Theory]
    [InlineData("event send --entry-file {0}", "warning: No entries were found in empty.jsonl.")]
    [InlineData("mvp send --request-file {0}", "warning: No requests were found in empty.jsonl.")]
    [InlineData("mvp update --event-path {0}", "warning: No events were found in empty.jsonl.")]
    [InlineData("image update --event-path {0}", "warning: No events were found in empty.jsonl.")]
    [InlineData("event convert --entry-path {0}", "warning: No events were found in empty.jsonl.")]
    [InlineData("route --event-path {0} --rule-path {1}", "warning: No events were found in empty.jsonl.", 1)]
    [InlineData("pattern measure --event-path {0} --pattern {{\"a\":[\"b\"]}}", "warning: No events were found in empty.jsonl.", 1)]
    public async Task An_input_without_anything_in_it_is_told(string command, string expected, int code = 0)
    {
        string empty = Path.Combine(Journal, "empty.jsonl"), rules = Path.Combine(Journal, "rules.json");
        await File.WriteAllTextAsync(empty, "\n", Token);
        await File.WriteAllTextAsync(rules, """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}"}""", Token);
        string[] more = command.StartsWith("mvp", StringComparison.Ordinal) ? ["--store-path", Store, .. Session] : command.Contains("convert") ? [] : Session;
        Outcome outcome = await Ebops.RunAsync([.. string.Format(null, command, empty, rules).Split(' '), .. more]);
        Assert.Contains(string.Format(null, expected, empty), outcome.Ended(code).Error);
    }

    [Theory]
    [InlineData("pattern lint {0}")]
    [InlineData("pattern cases {0}")]
    [InlineData("pattern test --pattern {{\"a\":[\"b\"]}} --event-path {0}")]
    [InlineData("pattern measure --pattern {{\"a\":[\"b\"]}} --event-path {0}")]
    [InlineData("route --event {{\"source\":\"a\"}} --rule-path {0}")]
    [InlineData("event send --entry-file {0}")]
    [InlineData("event send --source a --detail-type b --env-file {0}")]
    [InlineData("event convert --entry-path {0}")]
    [InlineData("image update --event-path {0}")]
    [InlineData("mvp send --request-file {0}")]
    [InlineData("mvp update --event-path {0}")]
    public async Task A_file_that_cannot_be_read_is_the_same_error_everywhere(string command)
    {
        string[] more = command.StartsWith("mvp", StringComparison.Ordinal) ? ["--store-path", Store, .. Session] : command.Contains("convert") ? [] : Session;
        foreach ((string path, string reason) in new[] { (Path.Combine(Journal, "none"), "it does not exist"), (Journal, "it is a folder") })
        {
            Outcome outcome = await Ebops.RunAsync([.. string.Format(null, command, path).Split(' '), .. more]);
            Assert.Contains($"error: FileNotReadable: {path} cannot be read: {reason}. Check the path and your permissions.\n", outcome.Ended(1).Error);
        }
    }

    [Theory]
    [InlineData("pattern lint {0}", 1)]
    [InlineData("pattern cases {0}", 3)]
    [InlineData("pattern test --pattern {{\"a\":[\"b\"]}} --event-path {0}", 3)]
    [InlineData("route --event {{\"source\":\"a\"}} --rule-path {0}", 1)]
    [InlineData("event send --entry-file {0}", 3)]
    [InlineData("mvp list --store-path {0}", 1)]
    [InlineData("mvp send --request-file {0} --store-path {0}x", 3)]
    public async Task No_message_speaks_of_the_reader_of_JSON(string command, int code)
    {
        string file = Path.Combine(Journal, "bad");
        foreach (string text in new[] { "{\"a\":", "[]", "{\"a\":1,}", "{\"a\":\"" })
        {
            await File.WriteAllTextAsync(file, text + "\n", Token);
            Outcome outcome = await Ebops.RunAsync([.. string.Format(null, command, file).Split(' '), .. Session]);
            Assert.DoesNotMatch("isFinalBlock|Expected depth|LineNumber|BytePosition|JSON Array|reader options", outcome.Out + outcome.Error);
            Assert.True(outcome.Code == code || text == "[]", $"{text}: {outcome.Code} {outcome.Error}");
        }
    }

    [Fact]
    public async Task A_store_or_a_journal_of_another_kind_is_not_empty()
    {
        Assert.Contains("error: JobStoreUnavailable: Job store ", (await Ebops.RunAsync(["mvp", "list", "--store-path", Journal, .. Session])).Ended(1).Error);
        string file = Path.Combine(Journal, "file");
        await File.WriteAllTextAsync(file, "", Token);
        Assert.Contains($"error: JournalUnavailable: The change journal {file} is a file.", (await Ebops.RunAsync(["change", "list", "--journal-path", file])).Ended(1).Error);
    }

    private Task<Outcome> MvpAsync(params string[] args) => Ebops.RunAsync(["mvp", .. args, "--store-path", Store, .. Session]);

    private async Task<string?> StateAsync(string id) => (string?)(await MvpAsync("get", id, "--output", "json")).Ended(0).Json[0]!["State"];
}
