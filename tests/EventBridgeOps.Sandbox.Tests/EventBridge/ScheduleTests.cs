using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Rules on a schedule run by the clock of the sandbox: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html.</summary>
public sealed class ScheduleTests : QueueTest
{
    private const string Hourly = "\"ScheduleExpression\":\"rate(1 hour)\"";

    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-schedules-").FullName;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeQueue("q");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_day_has_24_runs_of_an_hourly_rule_the_first_one_after_an_hour()
    {
        await Schedule("r", Hourly);
        DateTimeOffset made = Clock.GetUtcNow();
        Server.AdvanceTime(TimeSpan.FromDays(1));

        List<JsonElement> events = await Take("q");
        Assert.Equal(Enumerable.Range(1, 24).Select(hour => made.AddHours(hour).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), events.Select(Time));
        JsonElement first = events[0];
        Assert.Equal(("0", "aws.events", "Scheduled Event", "{}"), (Text(first, "version"), Text(first, "source"), Text(first, "detail-type"), first.GetProperty("detail").GetRawText()));
        Assert.Equal("""["arn:aws:events:eu-west-1:123456789012:rule/r"]""", first.GetProperty("resources").GetRawText());
        Assert.Equal(24, events.Select(each => Text(each, "id")).Distinct().Count());
    }

    [Fact]
    public async Task A_cron_rule_runs_at_the_minute_in_utc()
    {
        await Schedule("r", "\"ScheduleExpression\":\"cron(30 9 * * ? *)\"");
        Server.AdvanceTime(TimeSpan.FromDays(2));
        List<JsonElement> events = await Take("q");
        Assert.Equal(2, events.Count);
        Assert.All(events, each => Assert.EndsWith("T09:30:00Z", Time(each), StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_runs_by_itself_when_the_time_comes()
    {
        await Schedule("r", Hourly);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(await Take("q"));
    }

    [Fact]
    public async Task Disabled_and_deleted_rules_do_not_run_and_an_enabled_one_starts_again()
    {
        await Schedule("r", Hourly);
        Server.AdvanceTime(TimeSpan.FromMinutes(50));
        (await Aws.Events("DisableRule", """{"Name":"r"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromHours(5));
        (await Aws.Events("EnableRule", """{"Name":"r"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(59));
        Assert.Empty(await Take("q"));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Single(await Take("q"));

        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["q"]}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromHours(5));
        Assert.Empty(await Take("q"));
    }

    [Fact]
    public async Task A_rule_put_again_keeps_its_pace_unless_its_schedule_changed()
    {
        await Schedule("r", Hourly);
        Server.AdvanceTime(TimeSpan.FromMinutes(30));
        await Schedule("r", Hourly + ",\"Description\":\"d\"");
        Server.AdvanceTime(TimeSpan.FromMinutes(30));
        Assert.Single(await Take("q"));

        await Schedule("r", "\"ScheduleExpression\":\"rate(20 minutes)\"");
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Assert.Equal(3, (await Take("q")).Count);
        await Schedule("r", "\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\"");
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Assert.Empty(await Take("q"));
    }

    [Fact]
    public async Task A_rule_with_a_pattern_as_well_is_invoked_by_both_and_no_other_rule_sees_the_scheduled_event()
    {
        await Schedule("r", Hourly + ",\"EventPattern\":\"{\\\"source\\\":[\\\"a\\\"]}\"");
        await MakeQueue("other");
        (await PutAnyRule("other", "\"EventPattern\":\"{\\\"source\\\":[\\\"aws.events\\\"]}\"")).Succeeded();
        (await PutTargets("other", QueueTarget("other"))).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromHours(1));

        Assert.Equal(["a", "aws.events"], (await Take("q")).Select(each => Text(each, "source")));
        Assert.Empty(await Take("other"));
    }

    [Fact]
    public async Task Events_do_not_invoke_a_rule_that_has_a_schedule_alone()
    {
        await Schedule("r", Hourly);
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Empty(await Take("q"));
    }

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("cron(99 99 * * ? *)")]
    [InlineData("cron(0 1 * * * *)")]
    [InlineData("cron(0 1 ? * ? *)")]
    [InlineData("at(2026-01-01T00:00:00)")]
    public async Task What_eventbridge_refuses_is_refused(string schedule) =>
        (await PutAnyRule("r", $"\"ScheduleExpression\":\"{schedule}\"")).Failed(400, "ValidationException", "Parameter ScheduleExpression is not valid.");

    [Fact]
    public async Task A_restart_keeps_the_plan_and_skips_what_a_long_stop_has_missed()
    {
        SandboxOptions options = Options with { StateFile = Path.Combine(folder, "state.json") };
        await using (SandboxServer first = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken))
        {
            using AwsClient aws = new(first.Endpoint);
            (await aws.Events("PutRule", $$"""{"Name":"r",{{Hourly}}}""")).Succeeded();
            (await aws.Events("PutTargets", $$"""{"Rule":"r","Targets":[{{QueueTarget("nowhere")}}]}""")).Succeeded();
        }

        Clock.Advance(TimeSpan.FromMinutes(59));
        await using (SandboxServer second = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken))
        {
            second.AdvanceTime(TimeSpan.Zero);
            Assert.Empty(second.Deliveries);
            second.AdvanceTime(TimeSpan.FromMinutes(1));
            Assert.Single(second.Deliveries);
        }

        Clock.Advance(TimeSpan.FromDays(100));
        await using SandboxServer third = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        third.AdvanceTime(TimeSpan.Zero);
        Assert.InRange(third.Deliveries.Count, 23, 24);
        using AwsClient client = new(third.Endpoint);
        (await client.Admin(HttpMethod.Post, "reset")).Succeeded();
        third.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Empty(third.Deliveries);
    }

    private static string Text(JsonElement document, string name) => document.GetProperty(name).GetString()!;

    private static string Time(JsonElement sent) => Text(sent, "time");

    private async Task Schedule(string name, string members)
    {
        (await PutAnyRule(name, members)).Succeeded();
        (await PutTargets(name, QueueTarget("q"))).Succeeded();
    }
}
