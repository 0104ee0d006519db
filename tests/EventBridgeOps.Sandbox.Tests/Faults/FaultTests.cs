using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class FaultTests : SandboxTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await PutRule("r");
    }

    [Fact]
    public async Task Throttling_is_told_in_each_services_own_way()
    {
        Server.Faults.Add("*", Fault.Throttle());
        (await ListTargetsAnyhow()).Failed(400, "ThrottlingException", "Rate exceeded");
        (await Aws.Batch("DescribeJobQueues", "{}")).Failed(429, "TooManyRequestsException");
        (await Aws.Ecr("DescribeRepositories", "{}")).Failed(400, "ThrottlingException");
        Assert.Contains("<Code>Throttling</Code>", (await Aws.Sts("Action=GetCallerIdentity")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Internal_errors_are_told_in_each_services_own_way()
    {
        Server.Faults.Add("*", Fault.InternalError());
        (await ListTargetsAnyhow()).Failed(500, "InternalException");
        (await Aws.Batch("DescribeJobQueues", "{}")).Failed(500, "ServerException");
        Server.Faults.Clear();
        Server.Faults.Add("*", Fault.InternalError(503));
        (await ListTargetsAnyhow()).Failed(503, "ServiceUnavailable");
    }

    [Fact]
    public async Task Any_error_can_be_scripted()
    {
        Server.Faults.Add("PutTargets", Fault.Error(403, "ExpiredTokenException", "The security token included in the request is expired"));
        (await PutTargets("r", Target("1"))).Failed(403, "ExpiredTokenException", "The security token included in the request is expired");
        Assert.Equal(0, await TargetCount());
    }

    [Fact]
    public async Task A_reset_before_has_no_effect_and_a_reset_after_has_one()
    {
        Server.Faults.Add("PutTargets", Fault.ResetBefore(), times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => PutTargets("r", Target("1")));
        Assert.Equal(0, await TargetCount());

        Server.Faults.Add("PutTargets", Fault.ResetAfter(), times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => PutTargets("r", Target("1")));
        Assert.Equal(1, await TargetCount());
        Assert.Equal([0, 0], Server.Calls.Where(call => call.Operation == "PutTargets").Select(call => call.Status));
    }

    [Fact]
    public async Task A_cut_off_body_comes_after_the_effect()
    {
        Server.Faults.Add("PutTargets", Fault.CutOffBody());
        await Assert.ThrowsAsync<HttpRequestException>(() => PutTargets("r", Target("1")));
        Assert.Equal(1, await TargetCount());
    }

    [Fact]
    public async Task A_malformed_answer_is_status_200_and_nonsense()
    {
        Server.Faults.Add("PutTargets", Fault.Malformed("}{"));
        Answer answer = await PutTargets("r", Target("1"));
        Assert.Equal((200, "}{"), (answer.Status, answer.Text));
        Assert.Equal(1, await TargetCount());
    }

    [Fact]
    public async Task Chosen_targets_fail_and_the_others_take_effect()
    {
        Server.Faults.Add("PutTargets", Fault.PartialFailure("ConcurrentModificationException", ["2"]), times: 1);
        JsonElement answer = (await PutTargets("r", Target("1"), Target("2"), Target("3"))).Succeeded().Json;
        Assert.Equal(1, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal("2", answer.GetProperty("FailedEntries")[0].GetProperty("TargetId").GetString());
        Assert.Equal("ConcurrentModificationException", answer.GetProperty("FailedEntries")[0].GetProperty("ErrorCode").GetString());
        Assert.Equal(2, await TargetCount());

        Server.Faults.Add("RemoveTargets", Fault.PartialFailure());
        JsonElement removal = (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["1","3"]}""")).Succeeded().Json;
        Assert.Equal(2, removal.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(2, await TargetCount());
    }

    [Fact]
    public async Task Failed_events_stand_at_their_own_place()
    {
        Server.Faults.Add("PutEvents", Fault.PartialFailure(ids: ["1"]));
        const string Entry = """{"Source":"a","DetailType":"b","Detail":"{}"}""";
        JsonElement answer = (await Aws.Events("PutEvents", $$"""{"Entries":[{{Entry}},{{Entry}},{"Source":"a"}]}""")).Succeeded().Json;
        Assert.Equal(2, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal([null, "ThrottlingException", "InvalidArgument"], answer.GetProperty("Entries").EnumerateArray()
            .Select(entry => entry.TryGetProperty("ErrorCode", out JsonElement code) ? code.GetString() : null));
    }

    [Fact]
    public async Task Somebody_else_can_change_a_target_just_before()
    {
        (await PutTargets("r", Target("1", "job:1"))).Succeeded();
        Server.Faults.Add(new FaultRule
        {
            Operation = "ListTargetsByRule",
            Nth = 2,
            Fault = Fault.ChangeUnderfoot("events", "PutTargets", $$"""{"Rule":"r","Targets":[{{Target("1", "job:9")}}]}"""),
        });
        Assert.Contains("job:1", (await ListTargets("r")).Text, StringComparison.Ordinal);
        Assert.Contains("job:9", (await ListTargets("r")).Text, StringComparison.Ordinal);
        Assert.Equal(1, Server.Calls.Count(call => call.Operation == "PutTargets"));
    }

    [Fact]
    public async Task A_change_that_is_refused_is_the_scripts_mistake()
    {
        Server.Faults.Add("ListTargetsByRule", Fault.ChangeUnderfoot("events", "EnableRule", """{"Name":"nothing"}"""));
        (await ListTargetsAnyhow()).Failed(500, "InternalFailure");
    }

    [Fact]
    public async Task A_token_can_repeat_for_ever()
    {
        Server.Faults.Add("ListRules", Fault.RepeatToken());
        Answer first = (await Aws.Events("ListRules", "{}")).Succeeded();
        Answer second = (await Aws.Events("ListRules", $$"""{"NextToken":"{{first.NextToken}}"}""")).Succeeded();
        Assert.NotNull(first.NextToken);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task A_write_can_stay_unseen_for_some_reads()
    {
        (await PutTargets("r", Target("1", "job:1"))).Succeeded();
        Server.Faults.Add("PutTargets", Fault.HoldEffect(2), times: 1);
        (await PutTargets("r", Target("1", "job:2"))).Succeeded();
        Assert.Contains("job:1", (await ListTargets("r")).Text, StringComparison.Ordinal);
        Assert.Contains("job:1", (await ListTargets("r")).Text, StringComparison.Ordinal);
        Assert.Contains("job:2", (await ListTargets("r")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_unseen_writes_do_not_add_up()
    {
        Server.Faults.Add("PutTargets", Fault.HoldEffect(1));
        (await PutTargets("r", Target("1", "job:1"))).Succeeded();
        (await PutTargets("r", Target("1", "job:2"))).Succeeded();
        Assert.Equal("""{"Targets":[]}""", (await ListTargets("r")).Text);
        Assert.Contains("job:2", (await ListTargets("r")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_choose_by_count_by_body_and_by_wildcard()
    {
        Server.Faults.Add(new FaultRule { Operation = "List*", After = 1, Times = 1, Fault = Fault.Throttle() });
        Assert.Equal([200, 400, 200], await Statuses(3));
        Server.Faults.Clear();
        Server.Faults.Add(new FaultRule { Operation = "ListTargetsByRule", Nth = 2, Fault = Fault.Throttle() });
        Assert.Equal([200, 400, 200], await Statuses(3));
        Server.Faults.Clear();
        Server.Faults.Add(new FaultRule { BodyContains = "\"r\"", Fault = Fault.Throttle() });
        Assert.Equal([400], await Statuses(1));
        Assert.Equal(200, (await Aws.Events("ListRules", "{}")).Status);
        Server.Faults.Clear();
        Server.Faults.Add(new FaultRule { Service = "batch", Fault = Fault.Throttle() });
        Assert.Equal([200], await Statuses(1));
    }

    [Fact]
    public async Task A_seed_makes_chance_repeat()
    {
        List<IReadOnlyList<int>> runs = new();
        for (int run = 0; run < 2; run++)
        {
            await using SandboxServer server = await SandboxServer.StartAsync(new() { Seed = 7 }, TestContext.Current.CancellationToken);
            using AwsClient aws = new(server.Endpoint);
            server.Faults.Add(new FaultRule { Probability = 0.5, Fault = Fault.Throttle() });
            List<int> statuses = new();
            for (int i = 0; i < 20; i++)
                statuses.Add((await aws.Events("ListRules", "{}")).Status);
            runs.Add(statuses);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.InRange(runs[0].Count(status => status == 400), 4, 16);
    }

    [Fact]
    public async Task Faults_combine_from_the_outside_in()
    {
        Server.Faults.Add("PutTargets", Fault.CutOffBody());
        Server.Faults.Add("PutTargets", Fault.PartialFailure(ids: ["1"]));
        await Assert.ThrowsAsync<HttpRequestException>(() => PutTargets("r", Target("1"), Target("2")));
        Assert.Equal(1, await TargetCount());
    }

    [Fact]
    public async Task An_error_without_words_has_some()
    {
        Server.Faults.AddJson("""{"operation":"ListRules","fault":{"kind":"error","status":400,"code":"X"}}""");
        (await Aws.Events("ListRules", "{}")).Failed(400, "X", "This error was injected by a fault script.");
    }

    [Fact]
    public async Task A_script_can_be_sent_over_http()
    {
        string script = """
            [{"operation":"PutTargets","times":1,"fault":{"ids":["1"],"code":"X","kind":"partialFailure"}},
             {"service":"events","operation":"ListRules","fault":{"kind":"slow","delay":"00:00:00.001"}},
             {"operation":"DescribeRule","fault":{"kind":"error","status":403,"code":"AccessDeniedException","message":"no"}}]
            """;
        (await Aws.Admin(HttpMethod.Post, "faults", script)).Succeeded();
        Assert.Equal(3, Server.Faults.Rules.Count);
        Assert.Contains("\"X\"", (await PutTargets("r", Target("1"))).Text, StringComparison.Ordinal);
        (await Aws.Events("ListRules", "{}")).Succeeded();
        (await Aws.Events("DescribeRule", """{"Name":"r"}""")).Failed(403, "AccessDeniedException", "no");

        string written = (await Aws.Admin(HttpMethod.Get, "faults")).Succeeded().Text;
        (await Aws.Admin(HttpMethod.Delete, "faults")).Succeeded();
        Assert.Empty(Server.Faults.Rules);
        (await Aws.Admin(HttpMethod.Post, "faults", written)).Succeeded();
        Assert.Equal(3, Server.Faults.Rules.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"operation":"x"}""")]
    [InlineData("""{"operation":"x","fault":{"kind":"earthquake"}}""")]
    [InlineData("""[{"fault":{"kind":"throttle"}},{"fault":{}}]""")]
    [InlineData("null")]
    public async Task A_bad_script_is_refused_whole(string script)
    {
        Assert.Equal(400, (await Aws.Admin(HttpMethod.Post, "faults", script)).Status);
        Assert.Empty(Server.Faults.Rules);
    }

    private Task<Answer> ListTargetsAnyhow() => Aws.Events("ListTargetsByRule", """{"Rule":"r"}""");

    private async Task<int> TargetCount() => (await ListTargets("r")).Json.GetProperty("Targets").GetArrayLength();

    private async Task<List<int>> Statuses(int calls)
    {
        List<int> statuses = new();
        for (int i = 0; i < calls; i++)
            statuses.Add((await ListTargetsAnyhow()).Status);
        return statuses;
    }
}
