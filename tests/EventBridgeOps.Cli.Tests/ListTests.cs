using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

public sealed class ListTests : CliTest
{
    [Fact]
    public async Task Targets_are_listed_with_their_state()
    {
        JsonArray targets = (await RunAsync("target", "list", "--event-bus-name", "*", "--output", "json")).Ended(0).Json;

        Assert.Equal(15, targets.Count);
        JsonObject behind = targets.OfType<JsonObject>().First(target => (string?)target["TargetId"] == "agent-behind");
        Assert.Equal(("mvp-development", "mvp-agent-on-upload", 2, 3, 1, "Behind"),
            ((string?)behind["EventBusName"], (string?)behind["RuleName"], (int)behind["Revision"]!, (int)behind["LatestRevision"]!, (int)behind["RevisionsBehind"]!, (string?)behind["State"]));
        Assert.Equal("mvp-agent:2", (string?)JsonNode.Parse((string)behind["Document"]!)!["BatchParameters"]!["JobDefinition"]);
    }

    [Fact]
    public async Task Event_buses_are_listed()
    {
        Assert.Equal(["default", "mvp-development", "mvp-production"], (await RunAsync("bus", "list", "--output", "json")).Ended(0).Json.Select(bus => (string?)bus!["EventBusName"]));
        Assert.Contains("EVENT BUS", (await RunAsync("bus", "list", "--event-bus-name", "mvp-*")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Contains("EventBusNotFound", (await RunAsync("bus", "list", "--event-bus-name", "nowhere")).Ended(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_may_be_repeated_and_separated_by_commas()
    {
        Outcome commas = await RunAsync("target", "list", "--event-bus-name", "mvp-development,default", "--output", "jsonl");
        Outcome repeated = await RunAsync("target", "list", "--event-bus-name", "mvp-development", "--event-bus-name", "default", "--output", "jsonl");

        Assert.Equal(12, commas.Ended(0).JsonLines.Count);
        Assert.Equal(commas.Out, repeated.Out);
    }

    [Fact]
    public async Task Filters_are_those_of_the_query()
    {
        JsonArray targets = (await RunAsync("target", "list", "--event-bus-name", "*", "--rule-name", "mvp-*", "--target-id", "rep*", "--job-definition", "mvp-report", "--thorough", "--output", "json")).Ended(0).Json;

        Assert.Equal(["report", "report", "report-array", "report"], targets.Select(target => (string?)target!["TargetId"]));
    }

    [Fact]
    public async Task The_environments_defaults_count()
    {
        Outcome outcome = await Ebops.RunAsync(["target", "list", "--output", "jsonl", .. Session], environment: new Dictionary<string, string>
        {
            ["EVENTBRIDGE_BUS_NAME"] = "mvp-production",
            ["RULE_NAME"] = "mvp-agent*",
            ["JOB_DEFINITION_NAME"] = "mvp-agent",
        });

        Assert.Equal("agent", (string?)Assert.Single(outcome.Ended(0).JsonLines)!["TargetId"]);
    }

    [Theory]
    [InlineData("mvp-development", 2)]
    [InlineData("nothing-here", 3)]
    public async Task Drift_is_told_by_the_exit_code_when_asked_for(string bus, int code)
    {
        (await RunAsync("target", "list", "--event-bus-name", bus, "--fail-on-drift")).Ended(code);
    }

    [Fact]
    public async Task What_sync_leaves_alone_is_shown_and_counted_apart()
    {
        (await RunAsync("target", "sync", "--event-bus-name", "default")).Ended(0);
        (await RunAsync("target", "sync", "--event-bus-name", "default", "--what-if", "--fail-on-drift")).Ended(0);

        Outcome list = (await RunAsync("target", "list", "--event-bus-name", "default", "--fail-on-drift")).Ended(0);

        Assert.EndsWith(
            "2 Batch targets: 2 Current.\n2 Batch targets on rules that are disabled or managed by an AWS service, not counted as drift: 1 Behind, 1 Inactive.\n",
            list.Error,
            StringComparison.Ordinal);
        Assert.Contains("mvp-hourly-agent", list.Out, StringComparison.Ordinal);
        Assert.Contains("StepFunctionsGetEventsForBatchJobsRule", list.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--include-disabled-rule", "mvp-hourly-agent", "The rule is disabled. If it were enabled, every delivery would fail: revision 1 is deregistered. To repair the target, run ebops target sync --include-disabled-rule.")]
    [InlineData("--include-managed", "StepFunctions*", "Jobs run an old revision. The rule is managed by states.amazonaws.com, so ebops target sync does not repair it. Correct it where states.amazonaws.com is configured.")]
    public async Task What_sync_leaves_alone_counts_when_it_is_included(string option, string rule, string advice)
    {
        string report = Path.Combine(Journal, "drift.csv");
        (await RunAsync("target", "list", "--event-bus-name", "default", "--rule-name", rule, "--fail-on-drift")).Ended(0);

        Outcome included = (await RunAsync("target", "list", "--event-bus-name", "default", "--rule-name", rule, "--fail-on-drift", option, "--report", $"csv={report}")).Ended(2);

        Assert.StartsWith("1 Batch target: 1 ", included.Error, StringComparison.Ordinal);
        Assert.Contains(advice, await File.ReadAllTextAsync(report, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_job_definition_fails_no_delivery_while_the_rule_is_disabled()
    {
        string report = Path.Combine(Journal, "drift.csv");
        (await Aws.Events("DisableRule", """{"Name":"mvp-cleanup-on-delete","EventBusName":"mvp-production"}""")).Succeeded();

        (await RunAsync("target", "list", "--event-bus-name", "mvp-production", "--rule-name", "mvp-cleanup*", "--include-disabled-rule", "--report", $"csv={report}")).Ended(0);

        string text = await File.ReadAllTextAsync(report, Token);
        Assert.Contains("The rule is disabled. If it were enabled, every delivery would fail: ", text, StringComparison.Ordinal);
        Assert.Contains(" Register the job definition again.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_are_selected_by_their_state()
    {
        JsonArray targets = (await RunAsync("target", "list", "--event-bus-name", "*", "--state", "missing,Floating", "--output", "jsonl")).Ended(0).JsonLines;

        Assert.Equal(["Floating", "Floating", "Missing"], targets.Select(target => (string?)target!["State"]).Order(StringComparer.Ordinal));
        Assert.EndsWith(" Event buses: default. States: missing.\n", (await RunAsync("target", "list", "--state", "missing")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("'3' is not a state of a target. Valid values of --state: Current, Behind,", (await RunAsync("target", "list", "--state", "3")).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_drift_there_is_none_to_tell()
    {
        (await RunAsync("target", "list", "--event-bus-name", "mvp-development", "--rule-name", "mvp-import-done", "--fail-on-drift")).Ended(0);
        (await RunAsync("target", "list", "--event-bus-name", "mvp-development")).Ended(0);
    }

    [Fact]
    public async Task An_item_that_fails_does_not_hold_up_the_rest()
    {
        Outcome outcome = await RunAsync("target", "list", "--event-bus-name", "no-such-bus,mvp-production", "--output", "json");

        Assert.Equal(3, outcome.Ended(3).Json.Count);
        Assert.Contains("error: EventBusNotFound: ", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Scripts that were written for the plural names keep working.</summary>
    [Theory]
    [InlineData("rule", "rules")]
    [InlineData("target", "targets")]
    [InlineData("change", "changes")]
    public async Task A_group_can_be_named_in_the_plural(string name, string alias)
    {
        string[] session = name == "change" ? ["--journal-path", Journal] : [.. Session, "--event-bus-name", "*"];

        Outcome outcome = await Ebops.RunAsync([name, "list", "--output", "json", .. session]);

        Assert.Equal(outcome.Ended(0), await Ebops.RunAsync([alias, "list", "--output", "json", .. session]));
    }

    [Fact]
    public async Task Rules_are_listed_with_or_without_their_targets()
    {
        JsonArray rules = (await RunAsync("rule", "list", "--event-bus-name", "*", "--output", "json")).Ended(0).Json;
        Assert.Equal(11, rules.Count);
        Assert.Equal(5, rules.First(rule => (string?)rule!["RuleName"] == "mvp-agent-on-upload")!["Targets"]!.AsArray().Count);
        Assert.Contains(rules, rule => (string?)rule!["ScheduleExpression"] == "rate(1 hour)" && (string?)rule["State"] == "DISABLED");
        Assert.Contains(rules, rule => (string?)rule!["Description"] == "Someone asked for a report – möglichst bald");

        Server.ClearCalls();
        rules = (await RunAsync("rule", "list", "--event-bus-name", "*", "--skip-target", "--output", "json")).Ended(0).Json;
        Assert.All(rules, rule => Assert.Empty(rule!["Targets"]!.AsArray()));
        Assert.DoesNotContain(Server.Calls, call => call.Operation == "ListTargetsByRule");
    }

    [Theory]
    [InlineData("rule list", "There are no rules on event bus default in this Region.\n")]
    [InlineData("rule list --event-bus-name *", "There are no rules in this Region.\n")]
    [InlineData("target list", "There are no Batch targets on event bus default in this Region.\n")]
    [InlineData("target list --event-bus-name *", "There are no Batch targets in this Region.\n")]
    [InlineData("target list --state Inactive", "No Batch targets were found. Targets looked for: *. Job definitions: *. Rules: *. Event buses: default. States: Inactive.\n")]
    [InlineData("image list", "There are no job definitions that run images in this Region.\n")]
    public async Task An_empty_account_is_said_without_patterns(string command, string said)
    {
        Server.Faults.Clear();
        (await new HttpClient { BaseAddress = Server.Endpoint }.PostAsync(new Uri("/_sandbox/reset", UriKind.Relative), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.Equal(("", said), ((await RunAsync(command.Split(' '))).Ended(0).Out, (await RunAsync(command.Split(' '))).Error));
    }

    [Fact]
    public async Task Nothing_found_is_said_and_is_no_error()
    {
        Outcome targets = await RunAsync("target", "list", "--rule-name", "none-*");
        Assert.Equal(("", "No Batch targets were found. Targets looked for: *. Job definitions: *. Rules: none-*. Event buses: default.\n"), (targets.Ended(0).Out, targets.Error));
        Assert.Equal("No rules were found. Rules looked for: none-*. Event buses: default.\n", (await RunAsync("rule", "list", "--rule-name", "none-*", "--output", "json")).Ended(0).Error);
        Assert.Equal("No event buses were found. Event buses looked for: none-*.\n", (await RunAsync("bus", "list", "--event-bus-name", "none-*", "--output", "json")).Ended(0).Error);
        Assert.EndsWith("Rules: none-*. Event buses: default.\n", (await RunAsync("target", "sync", "--rule-name", "none-*")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal("[]\n", (await RunAsync("rule", "list", "--rule-name", "none-*", "--output", "json")).Out);
        Assert.Equal("", (await RunAsync("rule", "list", "--rule-name", "none-*", "--output", "jsonl")).Out);
        Assert.StartsWith("EventBusName,RuleName,State,", (await RunAsync("rule", "list", "--rule-name", "none-*", "--output", "csv")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_tells_the_calls_and_no_secret()
    {
        Outcome outcome = await RunAsync("target", "list", "--debug", "--verbose");

        Assert.Matches(@"(?m)^debug: events:ListRules HTTP 200, \d+ ms, attempt 1, request ID [0-9a-f-]{36}$", outcome.Ended(0).Error);
        Assert.DoesNotContain("test-secret", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BatchParameters", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_tells_decisions_in_the_command_lines_own_words()
    {
        for (int i = 0; i < 20; i++)
            (await Aws.Events("PutRule", $$"""{"Name":"filler-{{i}}","ScheduleExpression":"rate(1 day)"}""")).Succeeded();

        Outcome outcome = await RunAsync("target", "list", "--verbose");

        Assert.Contains("verbose: Event bus default: only the targets of 4 of 24 rules are listed, because only these rules have a job queue as a target (4 job queues checked). To list the targets of all rules, use --thorough.", outcome.Ended(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storm_is_weathered()
    {
        Server.Faults.Add(new FaultRule { Probability = 0.15, Fault = Fault.InternalError() });

        Assert.Equal(15, (await RunAsync("target", "list", "--event-bus-name", "*", "--output", "json")).Ended(0).Json.Count);
    }
}
