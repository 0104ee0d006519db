using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops archive</c> and <c>ebops replay</c>, on a sandbox that archives and replays.</summary>
public sealed class ReplayTests : CliTest
{
    private const string Event = """{"id":"e-1","source":"shop","detail-type":"Order","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"n":1}}""";

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("ebops-replay-");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CallAsync("CreateEventBus", """{"Name":"shop"}""");
        await CallAsync("CreateArchive", """{"ArchiveName":"orders","EventSourceArn":"arn:aws:events:eu-west-1:123456789012:event-bus/shop","RetentionDays":30}""");
        (await Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", """{"QueueName":"orders"}""", "application/x-amz-json-1.0")).Succeeded();
        await RuleAsync("audit", """{"source":["shop"]}""", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:orders"}""");
        await RuleAsync("jobs", """{"source":["shop"]}""", """{"Id":"t","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/mvp-agents","RoleArn":"arn:aws:iam::123456789012:role/mvp-events","BatchParameters":{"JobDefinition":"mvp-agent","JobName":"n"}}""");
        await RuleAsync("careful", """{"source":["shop"],"replay-name":[{"exists":false}]}""", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:orders"}""");
        (await RunAsync("event", "send", "shop", "Order", """{"n":1}""", "--event-bus-name", "shop")).Ended(0);
        Server.AdvanceTime(TimeSpan.FromMinutes(15));
        Server.ClearCalls();
    }

    public override async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_archive_is_listed_with_what_it_has()
    {
        JsonNode archive = Assert.Single((await RunAsync("archive", "list", "ord*", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("orders", "shop", "ENABLED", 1, 30, false), ((string?)archive["ArchiveName"], (string?)archive["EventBusName"], (string?)archive["State"], (int)archive["EventCount"]!, (int)archive["RetentionDays"]!, (bool)archive["IsFiltered"]!));
        Assert.Contains("No archives were found. Archives looked for: none*.", (await RunAsync("archive", "list", "none*")).Ended(0).Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ResourceNotFound: ", (await RunAsync("archive", "list", "none")).Ended(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_would_submit_jobs_again_is_refused_and_nothing_is_written()
    {
        string refused = (await RunAsync("replay", "start", "orders", "--from", "2h", "--yes")).Ended(1).Error;
        Assert.Contains("error: ReplayRefused: Nothing was replayed, because work would be started again: rule jobs (a job of mvp-agent is submitted to job queue mvp-agents again). To replay without these rules, specify --rule-name audit.", refused, StringComparison.Ordinal);
        (await RunAsync("replay", "start", "orders", "--from", "2h", "--what-if")).Ended(1);
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "StartReplay");
    }

    [Fact]
    public async Task What_if_shows_the_plan_and_starts_nothing()
    {
        Outcome outcome = (await RunAsync("replay", "start", "orders", "--from", "2h", "--rule", "audit,careful", "--what-if", "--output", "json")).Ended(0);
        Assert.Contains("(at most about 1 event, which is what the archive holds; EventBridge updates the number within 24 hours) on event bus shop to rule audit (queue orders receives the message again); not to rule careful (its pattern excludes replayed events)", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("warning: The replay does not reach rule careful (its pattern excludes replayed events).", outcome.Error, StringComparison.Ordinal);
        JsonNode replay = Assert.Single(outcome.Json)!;
        Assert.Equal("WouldStart", (string?)replay["State"]);
        Assert.Equal(["Events-Archive-orders NotNamed", "audit Receives", "careful Excludes", "jobs NotNamed"], replay["Rules"]!.AsArray().Select(rule => $"{rule!["RuleName"]} {rule["State"]}").Order(StringComparer.Ordinal));
        Assert.All(Server.Calls, call => Assert.Matches("^(List|Describe)", call.Operation));
        Assert.Contains("To run it without a prompt, use --yes.", (await RunAsync("replay", "start", "orders", "--from", "2h")).Ended(1).Error, StringComparison.Ordinal);
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html: only the rules of FilterArns receive the events, on the event bus of the archive.</summary>
    [Fact]
    public async Task Only_the_rules_that_are_named_receive_the_events_again()
    {
        int before = Deliveries("audit");
        (await RunAsync("replay", "start", "orders", "--from", "1h", "--to", "0s", "--rule", "audit", "--replay-name", "mine", "--yes")).Ended(0);
        Server.AdvanceTime(TimeSpan.FromMinutes(5));

        Assert.Equal((before + 1, 1, 1), (Deliveries("audit"), Deliveries("careful"), Deliveries("jobs")));
        JsonNode replay = Assert.Single((await RunAsync("replay", "list", "--archive", "orders", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("mine", "Completed", 100, "audit"), ((string?)replay["ReplayName"], (string?)replay["State"], (int?)replay["Percent"], (string?)replay["RuleName"]![0]));
    }

    [Fact]
    public async Task A_wait_shows_the_end_and_a_job_runs_again_only_with_consent()
    {
        ManualTimeProvider time = new();
        Task<Outcome> run = Ebops.RunAsync(["replay", "start", "orders", "--from", "2000-01-01", "--to", "2100-01-01", "--force", "--yes", "--wait", .. Session], time: time);
        await time.SomebodyWaitsAsync(Token, length: TimeSpan.FromSeconds(2));
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        time.AutoAdvance = true;

        Outcome outcome = (await run).Ended(0);
        Assert.Matches("Replay replay_[0-9]+_[0-9a-z]{9} is completed\\.", outcome.Error);
        Assert.Equal(2, Deliveries("jobs"));
    }

    [Fact]
    public async Task A_replay_is_cancelled_once()
    {
        (await RunAsync("replay", "start", "orders", "--from", "1h", "--rule", "audit", "--replay-name", "mine", "--yes")).Ended(0);
        Assert.Contains("Replay mine is being cancelled. What it has replayed is not recalled.", (await RunAsync("replay", "cancel", "mine")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("warning: Replay mine is being cancelled already.", (await RunAsync("replay", "cancel", "mine")).Ended(0).Error, StringComparison.Ordinal);
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        Assert.Contains("warning: Replay mine has already ended (Cancelled, at ", (await RunAsync("replay", "cancel", "mine")).Ended(0).Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ResourceNotFound: ", (await RunAsync("replay", "cancel", "none")).Ended(3).Error, StringComparison.Ordinal);
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "CancelReplay"));
    }

    [Fact]
    public async Task The_eleventh_replay_and_a_name_that_was_used_are_told_in_words()
    {
        for (int i = 0; i < 10; i++)
            (await RunAsync("replay", "start", "orders", "--from", "1h", "--rule", "audit", "--replay-name", $"r{i}", "--yes")).Ended(0);
        Assert.Contains("error: ReplayRefused: The replay was not started, because 10 replays are active,", (await RunAsync("replay", "start", "orders", "--from", "1h", "--rule", "audit", "--yes")).Ended(1).Error, StringComparison.Ordinal);
        Server.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Contains("has or had the name r0 in the last 90 days.", (await RunAsync("replay", "start", "orders", "--from", "2h", "--rule", "audit", "--replay-name", "r0", "--yes")).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("--to (2026-11-21T09:00:00Z) must be after --from (2026-11-21T10:00:00Z).", (await RunAsync("replay", "start", "orders", "2026-11-21T10:00:00Z", "2026-11-21T09:00:00Z", "--yes")).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_pass_new_rules_offline()
    {
        string events = Write("events.jsonl", Event + "\n" + Event.Replace("shop", "other", StringComparison.Ordinal) + "\n");
        string today = Write("today.json", (await RunAsync("rule", "list", "--event-bus-name", "shop", "--output", "json")).Ended(0).Out);
        string template = Write("template.yaml", """
            Resources:
              audit: {Type: AWS::Events::Rule, Properties: {Name: audit, EventBusName: shop, EventPattern: {source: [other]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:eu-west-1:123456789012:orders'}]}}
            """);
        Server.ClearCalls();

        Outcome routed = await Ebops.RunAsync(["replay", "local", today, "--event-path", events, "--output", "json"]);
        Assert.Equal(["audit", "jobs"], routed.Ended(0).Json.Select(delivery => (string?)delivery!["RuleName"])); // The careful one excludes replays.
        Assert.Contains("\"replay-name\":\"local\"", (string?)routed.Json[0]!["Input"], StringComparison.Ordinal);
        Assert.Contains("2 events, 2 deliveries.", routed.Error, StringComparison.Ordinal);

        Outcome compared = await Ebops.RunAsync(["replay", "local", template, today, events, "--output", "json"]);
        Assert.Equal(["events.jsonl:1 audit Removed", "events.jsonl:1 jobs Removed", "events.jsonl:2 audit Added"], compared.Ended(0).Json.Select(difference => $"{difference!["Event"]} {difference["RuleName"]} {difference["State"]}"));
        Assert.Contains("2 events: 2 go elsewhere than before.", compared.Error, StringComparison.Ordinal);
        Assert.Contains("2 events: each goes where it went before.", (await Ebops.RunAsync(["replay", "local", today, today, events])).Ended(0).Error, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task The_rules_of_a_project_are_tried_by_its_folder()
    {
        string folder = Path.Combine(Journal, "project"), events = Path.Combine(folder, "examples", "user-registered.v1", "ann.json");
        (await Ebops.RunAsync(["project", "new", folder, "--sample", "orchestrator"])).Ended(0);
        string @event = Write("event.json", $$"""{"id":"e-1","source":"com.example.orchestrator","detail-type":"UserRegistered","account":"111122223333","region":"eu-west-1","time":"2026-11-21T09:30:05Z","resources":[],"detail":{{File.ReadAllText(events)}} }""");

        Outcome routed = (await Ebops.RunAsync(["replay", "local", "--rule-path", folder, "--event-path", @event, "--output", "json"])).Ended(0);
        JsonNode welcome = Assert.Single(routed.Json, delivery => (string?)delivery!["RuleName"] == "welcome-users")!;
        Assert.Equal(("development-application-events", "Delivered", "arn:aws:sqs:eu-west-1:111122223333:development-application-events-welcome"), ((string?)welcome["EventBusName"], (string?)welcome["State"], (string?)welcome["TargetArn"]));

        string today = Write("today.json", """[{"Name":"welcome-users","EventBusName":"development-application-events","EventPattern":"{\"detail-type\":[\"Nothing\"]}","Targets":[{"Id":"welcome","Arn":"arn:aws:sqs:eu-west-1:111122223333:q"}]}]""");
        Outcome compared = (await Ebops.RunAsync(["replay", "local", "--rule-path", folder, "--against", today, "--event-path", @event, "--output", "json"])).Ended(0);
        Assert.Contains(compared.Json, difference => (string?)difference!["RuleName"] == "welcome-users" && (string?)difference["State"] == "Added");
        Assert.Contains("The project has no environment other. Its environments are development.", (await Ebops.RunAsync(["replay", "local", "--rule-path", folder, "--environment", "other", "--event-path", @event])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replayed_event_is_routed_as_one()
    {
        Assert.Equal(["Events-Archive-orders", "audit", "careful", "jobs"], (await RunAsync("route", "--event", Event, "--event-bus-name", "shop", "--output", "json")).Ended(0).Json.Select(delivery => (string?)delivery!["RuleName"]));
        Assert.Equal(["audit", "jobs"], (await RunAsync("route", "--event", Event, "--event-bus-name", "shop", "--replay-name", "r", "--output", "json")).Ended(0).Json.Select(delivery => (string?)delivery!["RuleName"]));
    }

    [Fact]
    public async Task Events_that_were_exported_are_sent_again_with_their_id()
    {
        // As a queue to which a rule exported them.
        string messages = Write("messages.json", new JsonObject { ["Messages"] = new JsonArray(new JsonObject { ["Body"] = Event }) }.ToJsonString());
        JsonNode sent = Assert.Single((await RunAsync("event", "send", "--event-path", messages, "--event-bus-name", "shop", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("e-1", "Sent", "messages.json[0]:1"), ((string?)sent["Id"], (string?)sent["Status"], (string?)sent["Origin"]));
        JsonNode input = JsonNode.Parse(Server.Deliveries.Last(delivery => delivery.RuleName == "audit").Input!)!;
        Assert.Equal(("e-1", "2026-11-21T09:30:05Z"), ((string?)input["detail"]!["ebopsId"], (string?)input["time"]));
        Assert.NotEqual("e-1", (string?)input["id"]);

        Assert.Contains("--event-path cannot be combined with --entry-file, --source,", (await RunAsync("event", "send", "--event-path", messages, "--source", "s")).Ended(1).Error, StringComparison.Ordinal);
        Assert.Contains("error: EntryNotEvent: ", (await RunAsync("event", "send", "--event-path", Write("entry.json", """{"Source":"s","DetailType":"t","Detail":"{}"}"""))).Ended(3).Error, StringComparison.Ordinal);
    }

    private int Deliveries(string rule) => Server.Deliveries.Count(delivery => delivery.RuleName == rule);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task RuleAsync(string name, string pattern, string target)
    {
        await CallAsync("PutRule", new JsonObject { ["Name"] = name, ["EventBusName"] = "shop", ["EventPattern"] = pattern }.ToJsonString());
        await CallAsync("PutTargets", string.Create(CultureInfo.InvariantCulture, $$"""{"Rule":"{{name}}","EventBusName":"shop","Targets":[{{target}}]}"""));
    }

    private async Task CallAsync(string operation, string input) => (await Aws.Events(operation, input)).Succeeded();
}
