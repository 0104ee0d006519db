using EventBridgeOps.Archives;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Core.Tests.Archives;

public sealed class ReplayStartTests : ReplayTest
{
    [Fact]
    public async Task Before_it_asks_it_says_what_happens_again()
    {
        Rule("audit", targets: [Queue()]);
        Rule("careful", """{"source":["s"],"replay-name":[{"exists":false}]}""", targets: [FakeAccount.Target("t", "def:1")]);
        Rule("off", state: "DISABLED", targets: [Queue()]);
        Rule("Events-Archive-a", managedBy: "prod.vhs.events.aws.internal");

        Replay replay = await StartAsync();

        Assert.Equal(
            "archive a: Replay its events from 2026-11-21T10:00:00Z to 2026-11-21T11:50:00Z (at most about 5 events, which is what the archive holds; EventBridge updates the number within 24 hours) on event bus bus to rule audit (queue q receives the message again); not to rule Events-Archive-a (managed by an AWS service), rule careful (its pattern excludes replayed events), rule off (disabled)",
            Assert.Single(Asked));
        Assert.Equal((ReplayState.Starting, "arn", 5L), (replay.State, replay.Arn, replay.ArchivedEvents));
        Assert.Equal(["Events-Archive-a: Managed", "audit: Receives", "careful: Excludes", "off: Disabled"], replay.Rules.Select(rule => rule.ToString()));
        ReplayRequest request = Assert.Single(Fake.Started);
        Assert.Empty(request.RuleArns); // All rules, also those that are made meanwhile.
        Assert.Equal((Noon.AddHours(-2), Noon.AddMinutes(-10)), (request.From, request.To));
        Assert.Empty(Run.Warnings);
    }

    [Fact]
    public async Task A_rule_that_submits_jobs_is_not_replayed_to_unless_it_is_named()
    {
        Rule("jobs", targets: [FakeAccount.Target("t", "def:1")]);
        Rule("audit", targets: [Queue()]);

        string refused = await RefusedAsync();

        Assert.Equal(
            "Nothing was replayed, because work would be started again: rule jobs (a job of def:1 is submitted to job queue q again). To replay without these rules, specify RuleName audit. To start the work again, name each of these rules with RuleName, or use Force. To protect a rule from replays, add \"replay-name\": [{\"exists\": false}] to its pattern.",
            refused);
        await RefusedAsync(Options(rules: ["j*"])); // A wildcard names nothing.
        Assert.Empty(Asked);

        Assert.Equal(["arn:aws:events:eu-west-1:123456789012:rule/bus/audit"], (await AcceptedAsync(Options(rules: ["a*"]))).RuleArns);
        Assert.Equal(["arn:aws:events:eu-west-1:123456789012:rule/bus/jobs"], (await AcceptedAsync(Options(rules: ["jobs"]))).RuleArns);
        Assert.Empty((await AcceptedAsync(Options() with { Force = true })).RuleArns);
    }

    [Theory]
    [InlineData("arn:aws:ecs:eu-west-1:123456789012:cluster/c", "a task of td:3 is run in cluster c again", true)]
    [InlineData("arn:aws:states:eu-west-1:123456789012:stateMachine:m", "arn:aws:states:eu-west-1:123456789012:stateMachine:m is started again", true)]
    [InlineData("arn:aws:codebuild:eu-west-1:123456789012:project/p", "arn:aws:codebuild:eu-west-1:123456789012:project/p is started again", true)]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:f:live", "function f:live is invoked again", false)]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:t", "topic t receives the message again", false)]
    [InlineData("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/x", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/x receives the event again", false)]
    [InlineData("arn:aws:events:eu-west-1:123456789012:api-destination/d/1", "arn:aws:events:eu-west-1:123456789012:api-destination/d/1 is invoked again", false)]
    public async Task Each_kind_of_target_does_something_again(string arn, string effect, bool startsWork)
    {
        Rule("r", targets: [$$$"""{"Id":"t","Arn":"{{{arn}}}","EcsParameters":{"TaskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/td:3"}}"""]);
        ReplayedRule rule = Assert.Single((await StartAsync(Options() with { Force = true })).Rules);
        Assert.Equal((effect, startsWork), (Assert.Single(rule.Effects), rule.StartsWork));
    }

    [Fact]
    public async Task Work_of_the_event_bus_beyond_counts_too()
    {
        Rule("forward", targets: ["""{"Id":"t","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/other"}"""]);
        Rule("jobs", bus: "other", targets: [FakeAccount.Target("t", "def:1")]);
        Rule("off", bus: "other", state: "DISABLED", targets: [FakeAccount.Target("t", "def:2")]);
        Assert.Contains("rule forward (the event is forwarded to event bus other again, by rule jobs of event bus other, a job of def:1 is submitted to job queue q again).", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_for_which_no_rule_is_left_is_not_one_to_all_rules()
    {
        Rule("careful", """{"source":["s"],"replay-name":[{"exists":false}]}""", targets: [Queue()]);
        Rule("audit", targets: [Queue()]);
        Assert.Equal("Nothing was replayed, because no rule of event bus bus would receive an event: rule careful (its pattern excludes replayed events).", await RefusedAsync(Options(rules: ["careful"])));
        Assert.Contains("Rule none was not found on event bus bus,", await RefusedAsync(Options(rules: ["none"]), ErrorIds.RuleNotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_and_no_start_nothing()
    {
        Rule("audit", targets: [Queue()]);
        Assert.Equal(ReplayState.WouldStart, (await StartAsync(answer: Approval.WhatIf)).State);
        Assert.Equal(ReplayState.Skipped, (await StartAsync(answer: Approval.Declined)).State);
        Assert.Empty(Fake.Started);
    }

    [Theory]
    [InlineData("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z", "must be after From")]
    [InlineData("1h", "2h", "must be after From")]
    [InlineData("5m", null, "the replay ends 10 minutes ago (2026-11-21T11:50:00Z)")]
    [InlineData("soon", null, "'soon' is not a valid value for From.")]
    [InlineData("1h", "3600", "'3600' is not a valid value for To.")]
    [InlineData(null, null, "From is missing.")]
    public async Task The_times_are_checked_before_any_call(string? from, string? to, string said)
    {
        Fake.Archives.Clear();
        Assert.Contains(said, await RefusedAsync(Options(from, to), ErrorIds.InvalidArgument), StringComparison.Ordinal);
        Assert.Empty(Account.Calls);
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html: "We recommend you delay replaying archived events for 10 minutes to make sure all events are replayed."</summary>
    [Fact]
    public async Task Events_of_the_last_ten_minutes_may_be_missing()
    {
        Rule("audit", targets: [Queue()]);
        await StartAsync(Options("1h", "2026-11-21T11:50:00Z"));
        Assert.Empty(Run.Warnings);
        await StartAsync(Options("1h", "9m"));
        Assert.Equal("The replay ends at 2026-11-21T11:51:00Z, less than 10 minutes ago. Events can arrive in the archive late, so the most recent ones can be missing.", Assert.Single(Run.Warnings));
    }

    [Fact]
    public async Task What_the_archive_cannot_have_is_said()
    {
        Rule("audit", targets: [Queue()]);
        Fake.Archive("a", days: 1, created: Noon.AddHours(-1).ToUnixTimeSeconds());
        await StartAsync(Options("2d"));
        Assert.Equal(["Archive a was created at 2026-11-21T11:00:00Z, so it has no events from before.", "Archive a keeps events for 1 day, so older ones are not replayed."], Run.Warnings);
    }

    [Theory]
    [InlineData("DISABLED")]
    [InlineData("CREATE_FAILED")]
    public async Task An_archive_that_is_not_enabled_is_refused(string state)
    {
        Fake.Archive("a", state: state);
        Assert.Equal($"Archive a is {state}, so its events were not replayed. It must be ENABLED.", await RefusedAsync());
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html: "a maximum of 10 active concurrent replays"; the error is as LocalStack recorded it from AWS.</summary>
    [Fact]
    public async Task The_eleventh_replay_says_what_to_do()
    {
        Rule("audit", targets: [Queue()]);
        Fake.Before = () => throw FakeArchives.Error("LimitExceededException");
        Assert.Contains("because 10 replays are active,", await RefusedAsync(), StringComparison.Ordinal);
    }

    /// <summary>Names are unique across archives, and kept for 90 days: LocalStack's tests against AWS, and its pull request 10890.</summary>
    [Fact]
    public async Task A_name_that_is_in_use_says_for_how_long()
    {
        Rule("audit", targets: [Queue()]);
        Fake.Before = () => throw FakeArchives.Error("ResourceAlreadyExistsException");
        Assert.Contains("has or had the name mine in the last 90 days.", await RefusedAsync(Options() with { ReplayName = "mine" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_and_not_repeated()
    {
        Rule("audit", targets: [Queue()]);
        Fake.After = () => throw FakeArchives.Error("InternalException", ErrorIds.ServiceUnavailable);
        Assert.Equal(ReplayState.Starting, (await StartAsync(Options("2h", "0s"))).State);
        Assert.Single(Fake.Started);
    }

    [Fact]
    public async Task A_start_that_was_throttled_is_tried_again()
    {
        Rule("audit", targets: [Queue()]);
        int calls = 0;
        Fake.Before = () => _ = ++calls < 3 ? throw FakeArchives.Error("ThrottlingException", ErrorIds.Throttled) : 0;
        Assert.Equal(ReplayState.Starting, (await StartAsync()).State);
        Assert.Equal(3, calls);
    }

    private async Task<ReplayRequest> AcceptedAsync(ReplayOptions options)
    {
        await StartAsync(options);
        ReplayRequest request = Assert.Single(Fake.Started);
        Fake.Started.Clear();
        return request;
    }
}
