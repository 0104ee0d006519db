using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects.LiveTesting;

/// <summary>The live test of a project, with an account in memory.</summary>
public sealed class LiveTesterTests : IDisposable
{
    private const string Interview = "examples/audio-uploaded.v1/interview.json";

    private readonly ProjectSpace _space = ProjectSpace.Of("orchestrator");
    private readonly FakeLiveAccount _account = new();
    private readonly RecordingObserver _observer = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task The_examples_arrive_as_foretold_and_nothing_is_left()
    {
        LiveTest test = await RunAsync();

        Assert.True(test.Passed, string.Join("\n", test.Results));
        Assert.Contains(test.Results, result => result is { RuleName: "transcribe-uploads", TargetId: "transcription", EventName: Interview, State: LiveTestState.Passed, LatencyMilliseconds: >= 0 });
        Assert.Contains(test.Results, result => result is { RuleName: "log-events", TargetId: null, EventName: "log-events/an event of another source", State: LiveTestState.Passed });
        Assert.Contains("p50", test.Summary.ToString(), StringComparison.Ordinal);
        AssertNothingLeft();
        Assert.Empty(_observer.Warnings);
    }

    [Fact]
    public async Task The_queue_takes_only_what_the_temporary_event_bus_sends()
    {
        string policy = "";
        _account.Before = _ => policy = _account.Queues.FirstOrDefault()?.Policy ?? policy;

        await RunAsync();

        JsonObject statement = Assert.Single(Document.Parse(policy)["Statement"]!.AsArray())!.AsObject();
        Assert.Matches("^arn:aws:events:eu-west-1:111122223333:rule/ebops-test-[0-9]+-[0-9a-z]+-\\*/\\*$", (string)statement["Condition"]!["ArnLike"]!["aws:SourceArn"]!);
        Assert.Equal("111122223333", (string)statement["Condition"]!["StringEquals"]!["aws:SourceAccount"]!);
    }

    [Fact]
    public async Task Another_input_shows_both()
    {
        _account.Deliver = (group, input) => input.Contains("interview.mp3", StringComparison.Ordinal) && group.EndsWith(".transcription", StringComparison.Ordinal) ? """{"fileId":"wrong"}""" : input;

        LiveTest test = await RunAsync();

        LiveTestResult failed = Assert.Single(test.Results, result => result.State == LiveTestState.Failed && result.EventName == Interview);
        Assert.Equal("""{"fileId":"wrong"}""", failed.Actual);
        Assert.Contains("user-1/interview.mp3", failed.Expected!, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ProjectTestFailed, test.ToError().ErrorId);
    }

    [Fact]
    public async Task What_does_not_arrive_and_what_must_not_arrive_fails()
    {
        _account.Matches = (_, rule) => rule == "welcome-users" ? false : rule == "transcribe-uploads" ? true : null;

        LiveTest test = await RunAsync();

        LiveTestResult missing = Assert.Single(test.Results, result => result is { RuleName: "welcome-users", State: LiveTestState.Failed });
        Assert.Contains("within 60 seconds: the rule did not match the event", missing.Reason, StringComparison.Ordinal);
        Assert.Contains(test.Results, result => result is { RuleName: "transcribe-uploads", State: LiveTestState.Failed, TargetId: null, EventName: "examples/document-uploaded.v1/contract.json" });
        AssertNothingLeft();
    }

    [Fact]
    public async Task Events_are_sent_again_until_a_new_rule_matches()
    {
        _account.Matches = (number, _) => number <= 12 ? false : null;

        LiveTest test = await RunAsync();

        Assert.True(test.Passed, string.Join("\n", test.Results));
        Assert.Contains(_observer.Decisions, decision => decision.Contains("sent again", StringComparison.Ordinal));
        // What must not match is sent once more, when the rules are known to be ready.
        Assert.Equal(2, _account.Sent.Count(entry => entry.Source == "com.example.shop"));
    }

    [Fact]
    public async Task A_disabled_rule_is_tested_too_and_an_input_with_the_time_of_receipt_passes()
    {
        _space.Replace("rules/log-events.yaml", "pattern:", "enabled: false\npattern:");
        _space.Replace("rules/welcome-users.yaml", """'{"to": <email>, "template": "welcome"}'""", """'{"to": <email>, "template": "welcome", "at": <aws.events.event.ingestion-time>, "rule": <aws.events.rule-arn>}'""");
        _space.Replace("rules/welcome-users.yaml", "\n    inputs:\n      welcome: {to: ann@example.com, template: welcome}", "");

        LiveTest test = await RunAsync();

        Assert.True(test.Passed, string.Join("\n", test.Results));
        Assert.Contains(test.Results, result => result.RuleName == "log-events" && result.Reason == "The rule is disabled; its copy was enabled for the test.");
    }

    [Fact]
    public async Task A_rule_with_five_targets_is_tested()
    {
        string rule = _space.Read("rules/welcome-users.yaml");
        string target = "  welcome:\n    arn: !GetAtt WelcomeQueue.Arn\n";
        string four = string.Concat(Enumerable.Range(1, 4).Select(number => $"  more{number}:\n    arn: !GetAtt WelcomeQueue.Arn\n    input: always\n"));
        _space.Write("rules/welcome-users.yaml", rule.Replace(target, four + target, StringComparison.Ordinal).Replace("input: always", "input: {is: always}", StringComparison.Ordinal));

        LiveTest test = await RunAsync();

        Assert.True(test.Passed, string.Join("\n", test.Results));
        Assert.Equal(5, test.Results.Count(result => result is { RuleName: "welcome-users", State: LiveTestState.Passed }));
        AssertNothingLeft();
    }

    [Fact]
    public async Task Events_of_AWS_services_are_not_sent()
    {
        using ProjectSpace space = ProjectSpace.Of("ecr-batch");

        LiveTest test = await RunAsync(space);

        Assert.All(test.Results, result => Assert.Equal(LiveTestState.NotTested, result.State));
        Assert.Contains("aws.ecr", test.Results[0].Reason, StringComparison.Ordinal);
        Assert.Empty(_account.Sent);
    }

    [Fact]
    public async Task Another_account_is_refused_before_anything_is_created()
    {
        _account.Account.Caller = "999988887777";

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => RunAsync());

        Assert.Equal(ErrorIds.WrongAccountOrRegion, error.ErrorId);
        Assert.Empty(_account.QueueNames);
    }

    [Fact]
    public async Task A_project_with_errors_is_refused()
    {
        _space.Replace("rules/log-events.yaml", "EventLog.Arn", "EventLg.Arn");

        Assert.Equal(ErrorIds.ProjectTestFailed, (await Assert.ThrowsAsync<OpsException>(() => RunAsync())).ErrorId);
    }

    [Fact]
    public async Task Killed_at_any_call_the_next_test_deletes_what_is_left()
    {
        await RunAsync();
        int calls = _account.Calls, leftovers = 0;
        for (int call = 1; call <= calls; call++)
        {
            FakeLiveAccount account = new() { DiesAt = call };
            await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(account: account));
            account.DiesAt = null;
            account.Time.Advance(TimeSpan.FromSeconds(1));
            RecordingObserver observer = new();

            LiveTest test = await RunAsync(account: account, observer: observer);

            Assert.True(test.Passed, $"call {call}: {string.Join("\n", test.Results)}");
            AssertNothingLeft(account);
            leftovers += observer.Warnings.Count(warning => warning.Contains("An earlier live test was interrupted", StringComparison.Ordinal));
        }

        Assert.InRange(leftovers, calls / 2, calls);
    }

    [Fact]
    public async Task What_another_computer_left_is_deleted_when_no_test_can_use_it_and_what_has_no_tag_stays()
    {
        Dictionary<string, string> tags = new() { ["ebops:test"] = "orchestrator/development", ["ebops:created"] = "2026-11-28T10:30:00Z" };
        await _account.CreateBusAsync("ebops-test-1-old-1", tags, Token);
        await _account.CreateBusAsync("ebops-test-2-new-1", new Dictionary<string, string>(tags) { ["ebops:created"] = "2026-11-28T11:30:00Z" }, Token);
        await _account.CreateBusAsync("ebops-test-3-other-1", new Dictionary<string, string>(tags) { ["ebops:test"] = "shop/development" }, Token);
        await _account.CreateBusAsync("ebops-test-4-none-1", new Dictionary<string, string>(), Token);
        await _account.CreateAsync("ebops-test-1-old", "{}", tags, Token);

        await RunAsync();

        Assert.Equal(["ebops-test-2-new-1", "ebops-test-3-other-1", "ebops-test-4-none-1"], _account.Account.BusNames.Where(name => name != "development-application-events"));
        Assert.Empty(_account.QueueNames);
        Assert.Contains(_observer.Warnings, warning => warning.Contains("ebops-test-1-old", StringComparison.Ordinal));
        Assert.Contains(_observer.Warnings, warning => warning.StartsWith("Another live test seems to be running: ebops-test-2-new.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelled_everything_is_deleted()
    {
        using CancellationTokenSource cancel = new();
        _account.Before = words => (words.StartsWith("ReceiveMessage", StringComparison.Ordinal) ? cancel : null)?.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(token: cancel.Token));

        AssertNothingLeft();
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_said_and_deleted_by_the_next_test()
    {
        _account.Before = words => _ = words.StartsWith("DeleteEventBus", StringComparison.Ordinal) ? throw FakeAccount.Error(ErrorIds.AccessDenied) : 0;

        Assert.True((await RunAsync()).Passed);
        Assert.Contains("The next live test of the project deletes it.", Assert.Single(_observer.Failures).Error.Message, StringComparison.Ordinal);
        _account.Before = null;
        _account.Time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();

        AssertNothingLeft();
    }

    [Fact]
    public async Task Targets_are_invoked_only_after_approval_which_names_them()
    {
        Deploy();
        List<string> asked = [];

        LiveTest declined = await RunAsync(invoke: ["welcome-users"], approve: (change, _) =>
        {
            asked.Add($"{change.Target}: {change.Action}");
            return Task.FromResult(Approval.Declined);
        });

        Assert.Equal("event bus development-application-events: Send 1 event to event bus development-application-events, and so invoke the real targets of rule log-everything (log), rule welcome-users (welcome)", Assert.Single(asked));
        Assert.DoesNotContain(_account.Sent, entry => entry.Bus == "development-application-events");
        Assert.Contains(declined.Results, result => result is { RuleName: "welcome-users", EventBusName: "development-application-events", State: LiveTestState.NotTested });
    }

    [Fact]
    public async Task A_rule_of_the_test_proves_that_the_event_arrived_and_the_rest_is_unknown()
    {
        Deploy();

        LiveTest test = await RunAsync(invoke: ["welcome-users"]);

        LiveTestResult arrived = Assert.Single(test.Results, result => result is { EventBusName: "development-application-events", TargetId: null });
        Assert.Equal((LiveTestState.Passed, "The event arrived on event bus development-application-events."), (arrived.State, arrived.Reason));
        Assert.Equal(LiveTestState.Unknown, Assert.Single(test.Results, result => result is { EventBusName: "development-application-events", TargetId: "welcome" }).State);
        Assert.Single(_account.Sent, entry => entry is { Bus: "development-application-events", Source: "com.example.orchestrator" } && entry.Resources is [{ } mark] && mark.StartsWith("ebops-test-", StringComparison.Ordinal));
        Assert.Equal(["log-everything", "welcome-users"], _account.Account.Bus("development-application-events").Keys);
        Assert.Empty(_account.QueueNames);
    }

    [Fact]
    public async Task Where_a_rule_looks_at_resources_the_mark_is_the_time()
    {
        Deploy();
        _account.Account.Bus("development-application-events")["log-everything"].Document["EventPattern"] = """{"resources":[{"exists":false}]}""";

        LiveTest test = await RunAsync(invoke: ["welcome-users"]);

        Assert.True(test.Passed, string.Join("\n", test.Results));
        Assert.Contains(_observer.Warnings, warning => warning.Contains("marked by an unusual time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_dead_letters_are_a_failure()
    {
        Deploy();
        _account.Before = words => _account.DeadLetters += words.StartsWith("PutRule development-application-events/", StringComparison.Ordinal) ? 1 : 0;

        LiveTest test = await RunAsync(invoke: ["welcome-users"]);

        Assert.Contains(test.Results, result => result is { TargetId: "welcome", EventBusName: "development-application-events", State: LiveTestState.Failed } && result.Reason!.Contains("has 1 message, and had 0 before", StringComparison.Ordinal));
    }

    private void Deploy()
    {
        string letters = """,\"DeadLetterConfig\":{\"Arn\":\"arn:aws:sqs:eu-west-1:111122223333:dead\"}""".Replace("\\", "", StringComparison.Ordinal);
        _account.Account.Rule("development-application-events", "welcome-users", $$"""{"Id":"welcome","Arn":"arn:aws:sqs:eu-west-1:111122223333:welcome"{{letters}}}""");
        _account.Account.Bus("development-application-events")["welcome-users"].Document["EventPattern"] = """{"source":["com.example.orchestrator"],"detail-type":["UserRegistered"]}""";
        _account.Account.Rule("development-application-events", "log-everything", """{"Id":"log","Arn":"arn:aws:logs:eu-west-1:111122223333:log-group:all"}""");
        _account.Account.Bus("development-application-events")["log-everything"].Document["EventPattern"] = """{"source":["com.example.orchestrator"]}""";
    }

    private Task<LiveTest> RunAsync(ProjectSpace? space = null, FakeLiveAccount? account = null, RecordingObserver? observer = null, string[]? invoke = null, ApproveChange? approve = null, CancellationToken? token = null)
    {
        ProjectTestRequest request = new() { Live = true, ThrottleLimit = 1, InvokeTarget = invoke ?? [] };
        return RunAsync();

        async Task<LiveTest> RunAsync() => await (account ?? _account).Tester().RunAsync(
            LiveProject.Read((space ?? _space).Root, request, observer ?? _observer, Token), request, approve ?? ((_, _) => Task.FromResult(Approval.Write)), observer ?? _observer, token ?? Token);
    }

    private void AssertNothingLeft(FakeLiveAccount? account = null)
    {
        Assert.Empty((account ?? _account).QueueNames);
        Assert.DoesNotContain((account ?? _account).Account.BusNames, name => name.StartsWith("ebops-test-", StringComparison.Ordinal));
        string records = Path.Combine(_space.Root, ".ebproject", "live");
        Assert.Empty(Directory.Exists(records) ? Directory.GetFiles(records) : []);
    }
}
