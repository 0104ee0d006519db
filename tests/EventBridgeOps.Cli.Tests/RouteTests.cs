using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class RouteTests : CliTest
{
    private const string Upload = """{"version":"0","id":"e-1","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"size":3,"bucket":{"name":"b"},"object":{"key":"a/b.csv"}}}""";

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("ebops-route-");

    public override async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_event_is_shown_with_its_targets_and_their_input()
    {
        JsonArray found = (await RunAsync("route", "--event", Upload, "--event-bus-name", "mvp-development", "--output", "json")).Ended(0).Json;

        Assert.Equal(["agent-behind", "agent-current", "agent-floating", "agent-inactive", "audit"], found.Select(delivery => (string?)delivery!["TargetId"]));
        Assert.Equal(["Delivered", "Delivered", "Delivered", "Failing", "Delivered"], found.Select(delivery => (string?)delivery!["State"]));
        Assert.Equal(("--event:1", "e-1", "Input", "{\"mode\":\"full\",\"limit\":1e3}", "Behind", 3), ((string?)found[0]!["Event"], (string?)found[0]!["EventId"], (string?)found[0]!["InputKind"], (string?)found[0]!["Input"], (string?)found[0]!["RevisionState"], (int)found[0]!["LatestRevision"]!));
        Assert.Equal("""{"size":3,"bucket":{"name":"b"},"object":{"key":"a/b.csv"}}""", (string?)found[1]!["Input"]);
        Assert.Equal(Upload, (string?)found[2]!["Input"]);
        JsonNode transformed = JsonNode.Parse((string)found[3]!["Input"]!)!;
        Assert.Equal("a/b.csv", (string?)transformed["ContainerOverrides"]!["Command"]![2]);
        Assert.Equal("2026-11-21T09:30:05Z", (string?)transformed["At"]);
        Assert.Equal("revision 1 is deregistered", (string?)found[3]!["Reason"]);
        Assert.DoesNotContain(Server.Calls, call => !call.Operation.StartsWith("List", StringComparison.Ordinal) && !call.Operation.StartsWith("Describe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_table_is_grouped_by_event_and_bus_and_fits_in_80_columns()
    {
        string table = (await Ebops.RunAsync(["route", "--event", Upload, "--event-bus-name", "*", .. Session], environment: new Dictionary<string, string> { ["COLUMNS"] = "80" })).Ended(0).Out;

        Assert.Contains("--event:1  mvp-development\n", table, StringComparison.Ordinal);
        Assert.Contains("--event:1  mvp-production\n", table, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  mvp-agent-on-upload +agent-inactive +Failing +revision 1 is ", table);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task A_template_is_routed_by_with_its_parameters_and_no_account()
    {
        string template = Write("template.yaml", """
            Parameters: {Stage: {Type: String}, Size: {Type: String}}
            Resources:
              R: {Type: AWS::Events::Rule, Properties: {EventBusName: !Sub 'orders-${Stage}', EventPattern: {source: [mvp.uploads], resources: [!Ref Size, {exists: false}]}, Targets: [{Id: q, Arn: !Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q'}]}}
            """);

        Outcome open = await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", template, "--output", "json"]);
        Outcome given = await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", template, "--parameter", "Stage=dev", "--parameter", "Size=a=b", "--event-bus-name", "orders-dev", "--output", "json"]);
        Outcome wrong = await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", template, "--parameter", "Stage"]);

        Assert.Equal(("Unknown", "whether the rule matches depends on ${Size}"), ((string?)open.Ended(0).Json[0]!["State"], (string?)open.Json[0]!["Reason"]));
        Assert.Contains("what rule orders-${Stage}/R does depends on ${Stage}, ${Size}, which the file does not specify. Specify a value with --parameter.", open.Error, StringComparison.Ordinal);
        Assert.Equal(("Delivered", "arn:aws:sqs:eu-west-1:123456789012:q"), ((string?)given.Ended(0).Json[0]!["State"], (string?)given.Json[0]!["TargetArn"]));
        Assert.Empty(given.Error);
        Assert.Contains("name=value", wrong.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_from_files_and_from_standard_input_and_a_bad_line_is_an_error_about_it()
    {
        string path = Write("week.jsonl", $"{Upload}\nnonsense\n{Upload}\n");

        Outcome outcome = await RunAsync("route", "--event-path", path, "--event-bus-name", "mvp-production", "--output", "jsonl");
        Assert.Equal(["week.jsonl:1", "week.jsonl:3"], outcome.Ended(3).JsonLines.Select(delivery => (string?)delivery!["Event"]));
        Assert.StartsWith("error: InvalidEvent: week.jsonl:2 is not a valid event: it is not valid JSON", outcome.Error, StringComparison.Ordinal);

        Outcome piped = await Ebops.RunAsync(["route", "--event-bus-name", "mvp-production", "--output", "jsonl", .. Session], input: Upload);
        Assert.Equal("standard input:1", (string?)Assert.Single(piped.Ended(0).JsonLines)!["Event"]);
        Assert.Contains("No event was specified. Specify it with --event or --event-path,", (await Ebops.RunAsync(["route", .. Session], onTerminal: true)).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_and_the_others_are_read()
    {
        Outcome outcome = await RunAsync("route", "--event-path", Path.Combine(_files.FullName, "none.json"), "--event-path", Write("one.json", Upload), "--event-bus-name", "mvp-production", "--output", "json");

        Assert.Single(outcome.Ended(1).Json);
        Assert.StartsWith("error: FileNotReadable: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_a_file_need_no_AWS()
    {
        string rules = Write("template.yaml", """
            Resources:
              OnUpload:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern: {source: [mvp.uploads]}
                  Targets:
                    - {Id: t, Arn: !GetAtt Queue.Arn, InputPath: $.detail.size}
            """);

        Outcome outcome = await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", rules, "--output", "json"]);

        JsonNode delivery = Assert.Single(outcome.Ended(0).Json)!;
        Assert.Equal(("OnUpload", "${Queue.Arn}", "3", null), ((string?)delivery["RuleName"], (string?)delivery["TargetArn"], (string?)delivery["Input"], (string?)delivery["RevisionState"]));
        Assert.Empty(Server.Calls);
        Assert.StartsWith("error: FileNotReadable: ", (await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", "none.json"])).Ended(1).Error, StringComparison.Ordinal);
        Assert.StartsWith("error: InvalidRule: ", (await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", Write("x.json", "{}")])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_targets_of_a_file_are_looked_up_if_there_are_credentials()
    {
        string rules = Write("rules.json", """[{"Name":"r","EventPattern":"{\"source\":[\"mvp.uploads\"]}","Targets":[{"Id":"job","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-queue","RoleArn":"arn:aws:iam::123456789012:role/events","BatchParameters":{"JobDefinition":"arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:1","JobName":"n"}}]}]""");

        JsonNode online = Assert.Single((await RunAsync("route", "--event", Upload, "--rule-path", rules, "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("Failing", "revision 1 is deregistered", "Inactive"), ((string?)online["State"], (string?)online["Reason"], (string?)online["RevisionState"]));
        Assert.All(Server.Calls, call => Assert.Contains(call.Operation, new[] { "GetCallerIdentity", "DescribeJobDefinitions" }));
        Server.ClearCalls();

        foreach (Outcome outcome in new[] { await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", rules, "--output", "json"]), await RunAsync("route", "--event", Upload, "--rule-path", rules, "--offline", "--output", "json") })
        {
            JsonNode delivery = Assert.Single(outcome.Ended(0).Json)!;
            Assert.Equal(("Unknown", null), ((string?)delivery["State"], (string?)delivery["RevisionState"]));
            Assert.StartsWith("the job definition was not looked up in AWS Batch", (string?)delivery["Reason"], StringComparison.Ordinal);
            Assert.Equal("", outcome.Error);
        }

        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task What_rules_list_gives_can_be_routed_by()
    {
        string rules = Write("rules.json", (await RunAsync("rule", "list", "--event-bus-name", "*", "--output", "json")).Ended(0).Out);

        JsonArray offline = (await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", rules, "--output", "json"])).Ended(0).Json;
        JsonArray online = (await RunAsync("route", "--event", Upload, "--event-bus-name", "*", "--output", "json")).Ended(0).Json;

        Assert.Equal(6, offline.Count);
        Assert.Equal(online.Select(Identity), offline.Select(Identity));

        static string Identity(JsonNode? delivery) => $"{delivery!["EventBusName"]} {delivery["RuleName"]} {delivery["TargetId"]} {delivery["Input"]}";
    }

    [Fact]
    public async Task An_event_that_is_sent_on_is_followed_to_the_next_bus()
    {
        (await Aws.Events("PutRule", """{"Name":"forward","EventBusName":"mvp-production","EventPattern":"{\"source\":[\"mvp.uploads\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", """{"Rule":"forward","EventBusName":"mvp-production","Targets":[{"Id":"b","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/mvp-development"},{"Id":"far","Arn":"arn:aws:events:eu-west-1:999999999999:event-bus/default"}]}""")).Succeeded();

        JsonArray found = (await RunAsync("route", "--event", Upload, "--event-bus-name", "mvp-production", "--rule-name", "forward", "--output", "json")).Ended(0).Json;

        Assert.Equal(["Followed", "Delivered", "Delivered", "Delivered", "Failing", "Delivered", "Elsewhere"], found.Select(delivery => (string?)delivery!["State"]));
        Assert.Equal("mvp-production > mvp-development", (string?)found[1]!["Route"]);
        Assert.Contains("--event:1  mvp-production > mvp-development\n", (await RunAsync("route", "--event", Upload, "--event-bus-name", "mvp-production")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail-type":"Import Finished"}""", "mvp-development", "source is missing, but must be one of:")]
    public async Task Without_a_match_the_nearest_rule_and_its_first_difference_are_said(string happened, string bus, string difference)
    {
        string error = (await RunAsync("route", "--event", happened, "--event-bus-name", bus)).Ended(0).Error;

        Assert.StartsWith("warning: No rules match. ", error, StringComparison.Ordinal);
        Assert.Contains(difference, error, StringComparison.Ordinal);
        Assert.EndsWith("To see all differences, run ebops pattern explain.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_differs_is_said_beside_what_the_nearest_rule_expects()
    {
        string error = (await RunAsync("route", "--event", Upload.Replace("mvp.uploads", "mvp.upload", StringComparison.Ordinal), "--event-bus-name", "mvp-development")).Ended(0).Error;

        Assert.Contains("The nearest is mvp-development/mvp-agent-on-upload: source is \"mvp.upload\", but must be one of: \"mvp.uploads\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_route_is_said()
    {
        Assert.Equal("warning: No events were found in standard input.\nerror: NothingChecked: Nothing was checked: the input contains no events.\n", (await Ebops.RunAsync(["route", "--event-path", "-", .. Session])).Ended(1).Error);
        Assert.Equal("warning: No rules match: no rule with an event pattern was found on the event buses that were looked at (default).\n", (await RunAsync("route", "--event", Upload, "--rule-name", "none-*")).Ended(0).Error);
    }

    [Fact]
    public async Task A_rule_that_was_skipped_is_not_taken_for_none()
    {
        string file = Write("invalid.json", """{"Name":"r","EventPattern":"{\"source\":\"a\"}"}""");

        Outcome outcome = await Ebops.RunAsync(["route", "--event", Upload, "--rule-path", file]);

        Assert.Contains("error: InvalidPattern: Rule default/r was skipped. ", outcome.Ended(3).Error, StringComparison.Ordinal);
        Assert.EndsWith("warning: No rules match: no rule was looked at, because 1 rule was skipped.\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_match_is_said_and_schedules_are_explained()
    {
        Outcome outcome = await RunAsync("route", "--event", """{"source":"nobody"}""", "--verbose");

        Assert.Equal("", outcome.Ended(0).Out);
        Assert.Contains("warning: No rules match.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("verbose: Rule default/mvp-hourly-agent runs on a schedule (rate(1 hour))", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_recognised_and_named_and_converted()
    {
        const string Entry = """{"Source":"mvp.uploads","DetailType":"Object Created","Detail":"{\"size\":3}"}""";
        Outcome refused = await RunAsync("route", "--event", Entry, "--event-bus-name", "mvp-production");
        Assert.Contains("error: EntryNotEvent: --event:1 is an entry of PutEvents", refused.Ended(3).Error, StringComparison.Ordinal);
        Assert.Contains("To convert it, run ebops event convert.", refused.Error, StringComparison.Ordinal);

        Outcome converted = await Ebops.RunAsync(["event", "convert", "--entry", Entry, "--id", "i", "--time", "2026-11-21T09:30:05Z", "--account-id", "123456789012", "--region", "eu-west-1"]);
        Assert.Equal("""{"version":"0","id":"i","detail-type":"Object Created","source":"mvp.uploads","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"size":3}}""" + "\n", converted.Ended(0).Out);

        JsonNode delivery = Assert.Single((await Ebops.RunAsync(["route", "--event-bus-name", "mvp-production", "--output", "jsonl", .. Session], input: converted.Out)).Ended(0).JsonLines)!;
        Assert.Equal("agent", (string?)delivery["TargetId"]);
    }

    [Fact]
    public async Task Entries_that_EventBridge_would_not_take_are_errors_about_them()
    {
        string path = Write("entries.json", """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"},{"Source":"s"},{"Source":"s","DetailType":"t","Detail":"no"}]}""");

        Outcome outcome = await Ebops.RunAsync(["event", "convert", "--entry-path", path]);

        Assert.Single(outcome.Ended(3).JsonLines);
        Assert.Equal(2, outcome.Error.Split("error: InvalidEntry: EventBridge would reject entry entries.json[").Length - 1);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
