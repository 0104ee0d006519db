using System.Text.Json.Nodes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests.Routes;

public sealed class EventRouterTests : IDisposable
{
    private const string Queue = "arn:aws:sqs:eu-west-1:123456789012:q";
    private const string Pattern = """{"source":["s"]}""";

    private readonly FakeAccount _account = new();
    private readonly Run _run;

    public EventRouterTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_event_leads_to_the_targets_of_the_rules_that_match()
    {
        Rule("bus", "a-match", Pattern, Target("t2"), Target("t1", "\"InputPath\":\"$.detail\""));
        Rule("bus", "b-other", """{"source":["other"]}""", Target("t"));
        Rule("bus", "c-match", """{"detail":{"n":[{"numeric":[">",0]}]}}""", Target("t", "\"Input\":\"{}\""));

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal(["bus/a-match/t1", "bus/a-match/t2", "bus/c-match/t"], found.Select(delivery => delivery.ToString()));
        Assert.All(found, delivery => Assert.Equal(("e:1", "1", DeliveryState.Delivered, "ENABLED", Queue), (delivery.Event, delivery.EventId, delivery.State, delivery.RuleState, delivery.TargetArn)));
        Assert.Equal([InputKind.InputPath, InputKind.Event, InputKind.Input], found.Select(delivery => delivery.InputKind));
        Assert.Equal("""{"n":1.0}""", found[0].Input);
        Assert.Equal(Event(), found[1].Input);
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Only_what_matches_has_its_targets_listed_and_each_only_once()
    {
        Rule("bus", "match", Pattern, Target("t"));
        Rule("bus", "other", """{"source":["other"]}""", Target("t"));

        List<Delivery> found = await RouteAsync(Event(), Event(), Event());

        Assert.Equal(3, found.Count);
        Assert.Equal(["ListRules bus", "ListTargetsByRule bus/match"], _account.Calls);
    }

    [Fact]
    public async Task Batch_targets_tell_how_their_revision_stands()
    {
        _account.Define("job", [3, 4], [1]);
        Rule("bus", "rule", Pattern, FakeAccount.Target("behind", "job:3"), FakeAccount.Target("current", "job:4"), FakeAccount.Target("inactive", "job:1"), FakeAccount.Target("missing", "never:1"));

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal(
            [("behind", RevisionState.Behind, DeliveryState.Delivered), ("current", RevisionState.Current, DeliveryState.Delivered), ("inactive", RevisionState.Inactive, DeliveryState.Failing), ("missing", RevisionState.Missing, DeliveryState.Failing)],
            found.Select(delivery => (delivery.TargetId!, delivery.RevisionState!.Value, delivery.State)));
        Assert.Equal(("job:1", 4, "revision 1 is deregistered"), (found[2].JobDefinition, found[2].LatestRevision, found[2].Reason));
    }

    [Fact]
    public async Task Disabled_rules_are_marked_and_rules_without_targets_too()
    {
        Rule("bus", "disabled", Pattern, Target("t"));
        Rule("bus", "disabled-too", Pattern);
        Rule("bus", "empty", Pattern);
        foreach (string name in new[] { "disabled", "disabled-too" })
            _account.Bus("bus")[name].Document["State"] = "DISABLED";

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal([(DeliveryState.Disabled, "t"), (DeliveryState.Disabled, null), (DeliveryState.NoTarget, null)], found.Select(delivery => (delivery.State, delivery.TargetId)));
        Assert.Equal("the rule is disabled", found[0].Reason);
        Assert.Equal(Event(), found[0].Input);
    }

    [Fact]
    public async Task Schedules_are_left_out_with_the_reason_and_bad_patterns_are_reported()
    {
        Rule("bus", "bad", """{"source":"s"}""", Target("t"));
        Rule("bus", "good", Pattern, Target("t"));
        Rule("bus", "schedule", null, Target("t"));
        _account.Bus("bus")["schedule"].Document["ScheduleExpression"] = "rate(1 hour)";

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal("good", Assert.Single(found).RuleName);
        Assert.Contains("Rule bus/schedule runs on a schedule (rate(1 hour)) and has no event pattern, so no event invokes it.", _run.Decisions);
        ItemFailure failure = Assert.Single(_run.Failures);
        Assert.Equal((ErrorIds.InvalidPattern, "bus/bad"), (failure.Error.ErrorId, failure.Target));
        Assert.StartsWith("Rule bus/bad was skipped. Event pattern is not valid. ", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_bus_of_the_same_account_and_region_is_followed()
    {
        Rule("bus", "forward", Pattern, Bus("next"));
        Rule("next", "rule", Pattern, Target("t"));
        Rule("next", "other", """{"source":["other"]}""", Target("t"));

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal([("bus", "forward", DeliveryState.Followed), ("bus > next", "rule", DeliveryState.Delivered)], found.Select(delivery => (delivery.Route, delivery.RuleName, delivery.State)));
        Assert.Equal("next", found[1].EventBusName);
    }

    [Fact]
    public async Task An_event_goes_on_to_another_bus_only_once_and_so_never_in_a_circle()
    {
        Rule("bus", "forward", Pattern, Bus("next"));
        Rule("next", "back", Pattern, Bus("bus"));
        Rule("next", "on", Pattern, Bus("third"));
        Rule("third", "rule", Pattern, Target("t"));

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal([("forward", DeliveryState.Followed), ("back", DeliveryState.Failing), ("on", DeliveryState.Failing)], found.Select(delivery => (delivery.RuleName, delivery.State)));
        Assert.StartsWith("a loop: the event was already on event bus bus", found[1].Reason, StringComparison.Ordinal);
        Assert.StartsWith("EventBridge forwards an event to another event bus only once", found[2].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("ListRules third", _account.Calls);
    }

    [Theory]
    [InlineData("arn:aws:events:eu-west-1:999999999999:event-bus/next", "account 999999999999")]
    [InlineData("arn:aws:events:us-east-1:123456789012:event-bus/next", "Region us-east-1")]
    public async Task Buses_elsewhere_are_the_end_of_the_way(string arn, string where)
    {
        Rule("bus", "forward", Pattern, $$"""{"Id":"b","Arn":"{{arn}}","InputPath":"$.detail"}""");

        Delivery delivery = Assert.Single(await RouteAsync(Event()));

        Assert.Equal((DeliveryState.Elsewhere, Event()), (delivery.State, delivery.Input)); // the event itself: input settings are not for buses
        Assert.Contains(where, delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bus_that_cannot_be_read_is_an_error_about_it_and_the_rest_is_told()
    {
        Rule("bus", "forward", Pattern, Bus("next"), Target("t"));
        _account.Before = (call, _) => call == "ListRules next" ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        List<Delivery> found = await RouteAsync(Event());

        Assert.Equal([DeliveryState.Followed, DeliveryState.Delivered], found.Select(delivery => delivery.State));
        Assert.Equal((ErrorIds.AccessDenied, "next"), (Assert.Single(_run.Failures).Error.ErrorId, _run.Failures[0].Target));
    }

    [Fact]
    public async Task Entries_and_hostile_events_are_errors_about_them()
    {
        Rule("bus", "rule", """{"source":[{"exists":true}]}""", Target("t"));

        List<Delivery> found = await RouteAsync("""{"Source":"s","DetailType":"t","Detail":"{}"}""", """{"source":"s","detail":{"x":"\ud800"}}""", Event());

        Assert.Equal("e:3", Assert.Single(found).Event);
        Assert.Equal([(ErrorIds.EntryNotEvent, "e:1"), (ErrorIds.InvalidEvent, "e:2")], _run.Failures.Select(failure => (failure.Error.ErrorId, (string)failure.Target!)));
    }

    [Fact]
    public async Task Rules_that_are_given_need_no_account()
    {
        RuleSummary[] rules = [.. RuleFile.Read(
            $$"""
            [{"Name":"forward","EventBusName":"outer","EventPattern":{{Quoted(Pattern)}},"Targets":[{{Bus("inner")}}]},
             {"Name":"rule","EventBusName":"inner","EventPattern":{{Quoted(Pattern)}},"Targets":[{"Id":"t","Arn":"{{Queue}}","InputTransformer":{"InputTemplate":"\"<aws.events.rule-arn>\""} }]},
             {"Name":"bare","EventBusName":"inner","EventPattern":{{Quoted(Pattern)}}}]
            """,
            "rules", _run)];

        List<Delivery> outer = await RouteAsync(new EventRouter(rules, null, null), Event());
        Assert.Equal(["outer/forward/b", "outer > inner/bare/", "outer > inner/rule/t"], outer.Select(delivery => delivery.ToString()));
        Assert.Equal("\"arn:aws:events:eu-west-1:123456789012:rule/inner/rule\"", outer[2].Input);
        Assert.Equal((DeliveryState.NoTarget, "the rule was specified without its targets; to include them, use the output of rule list"), (outer[1].State, outer[1].Reason));
        Assert.Equal(["inner/rule/t"], (await RouteAsync(new EventRouter(rules, ["inn*"], ["r*"]), Event())).Select(delivery => delivery.ToString()));
        Assert.Empty(await RouteAsync(new EventRouter(rules, ["default"], null), Event()));
        Assert.Empty(_account.Calls);
    }

    [Fact]
    public async Task The_default_bus_has_no_name_in_the_ARN_of_its_rules()
    {
        IReadOnlyList<RuleSummary> rules = RuleFile.Read($$"""{"Name":"r","EventPattern":{{Quoted(Pattern)}},"Targets":[{"Id":"t","Arn":"{{Queue}}","InputTransformer":{"InputTemplate":"\"<aws.events.rule-arn>\""} }]}""", "rule", _run);

        Assert.Equal("\"arn:aws:events:eu-west-1:123456789012:rule/r\"", Assert.Single(await RouteAsync(new EventRouter(rules, null, null), Event())).Input);
    }

    [Theory]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("us-iso-east-1", "aws-iso")]
    [InlineData("us-isob-east-1", "aws-iso-b")]
    [InlineData("eu-isoe-west-1", "aws-iso-e")]
    [InlineData("us-isof-south-1", "aws-iso-f")]
    [InlineData("eusc-de-east-1", "aws-eusc")]
    public async Task The_ARN_of_a_rule_is_of_its_regions_partition(string region, string partition)
    {
        IReadOnlyList<RuleSummary> rules = RuleFile.Read($$"""{"Name":"r","EventPattern":{{Quoted(Pattern)}},"Targets":[{"Id":"t","Arn":"{{Queue}}","InputTransformer":{"InputTemplate":"\"<aws.events.rule-arn>\""} }]}""", "rule", _run);

        Assert.Equal($"\"arn:{partition}:events:{region}:123456789012:rule/r\"", Assert.Single(await RouteAsync(new EventRouter(rules, null, null), Event().Replace("eu-west-1", region, StringComparison.Ordinal))).Input);
    }

    private static string Event() => """{"version":"0","id":"1","detail-type":"t","source":"s","account":"123456789012","time":"2026-11-21T09:30:05Z","region":"eu-west-1","resources":[],"detail":{"n":1.0}}""";

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static string Target(string id, string? more = null) => $$"""{"Id":"{{id}}","Arn":"{{Queue}}"{{(more is null ? "" : "," + more)}}}""";

    private static string Bus(string name) => $$"""{"Id":"b","Arn":"arn:aws:events:eu-west-1:123456789012:event-bus/{{name}}"}""";

    private void Rule(string bus, string rule, string? pattern, params string[] targets)
    {
        _account.Rule(bus, rule, targets);
        if (pattern is not null)
            _account.Bus(bus)[rule].Document["EventPattern"] = pattern;
    }

    private Task<List<Delivery>> RouteAsync(params string[] events) =>
        RouteAsync(new EventRouter(_account, _account, FakeAccount.Region, _run.Retry, new RuleQuery { EventBusName = ["bus"] }), events);

    private Task<List<Delivery>> RouteAsync(EventRouter router, params string[] events) =>
        router.RouteAsync(Streams.From(events.Select((json, index) => EventDocument.Parse(json, $"e:{index + 1}"))), _run, Run.Token).ToListAsync(Run.Token);
}
