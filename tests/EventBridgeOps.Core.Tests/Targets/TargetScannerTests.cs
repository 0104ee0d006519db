using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests;

public sealed class TargetScannerTests : IDisposable
{
    private readonly FakeAccount _account = new();
    private readonly Run _run;

    public TargetScannerTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_state_is_told_with_its_reason()
    {
        const string arn = "arn:aws:batch:eu-west-1:123456789012:job-definition/";
        _account.Define("job", [3, 12, 14], [1]).Define("old", [], [1]);
        (string Id, string Reference, RevisionState State, int? Behind, string? Reason)[] cases =
        [
            ("t0", "job:14", RevisionState.Current, 0, null),
            ("t1", arn + "job:12", RevisionState.Behind, 2, null),
            ("t2", "job:1", RevisionState.Inactive, 13, "revision 1 is deregistered"),
            ("t3", "job:15", RevisionState.Inactive, 0, "revision 15 is not ACTIVE; the latest ACTIVE revision is 14"),
            ("t4", "job", RevisionState.Floating, null, null),
            ("t5", "old:1", RevisionState.Missing, null, "all revisions of old are deregistered"),
            ("t6", "never:1", RevisionState.Missing, null, "job definition never was not found"),
            ("t7", "no such thing", RevisionState.Unresolved, null, "'no such thing' is not a valid job definition reference"),
            ("t8", "arn:aws:batch:eu-west-1:999999999999:job-definition/job:1", RevisionState.Unresolved, null, "the job definition belongs to account 999999999999"),
            ("t9", "arn:aws:batch:us-east-1:123456789012:job-definition/job:1", RevisionState.Unresolved, null, "the job definition is in Region us-east-1"),
        ];
        _account.Rule("bus", "rule", [.. cases.Select(one => FakeAccount.Target(one.Id, one.Reference)), """{"Id":"x","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}"""]);

        List<TargetRevision> found = await _run.ScanAsync();

        Assert.Equal(cases.Select(one => (one.Id, one.Reference, one.State, one.Behind)), found.Select(target => (target.TargetId, target.JobDefinition, target.State, target.RevisionsBehind)));
        Assert.All(cases.Zip(found), pair => Assert.StartsWith(pair.First.Reason ?? "", pair.Second.Reason ?? "", StringComparison.Ordinal));
        Assert.Equal(["t1", "t2", "t3", "t5", "t6"], found.Where(target => target.IsDrift()).Select(target => target.TargetId));
        Assert.Equal(("123456789012", "eu-west-1", FakeAccount.Queue(), "bus/rule/t0"), (found[0].AccountId, found[0].Region, found[0].JobQueueArn, found[0].ToString()));
        Assert.Equal("arn:aws:iam::123456789012:role/r", found[0].RoleArn);
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Managed_and_disabled_rules_are_marked()
    {
        _account.Define("job", [1]).RuleIn("DISABLED", null, "bus", "a", FakeAccount.Target("t", "job:1")).RuleIn("ENABLED", "batch.amazonaws.com", "bus", "b", FakeAccount.Target("t", "job:1"));

        List<TargetRevision> found = await _run.ScanAsync();

        Assert.Equal([("DISABLED", null), ("ENABLED", "batch.amazonaws.com")], found.Select(target => (target.RuleState, target.ManagedBy)));
    }

    [Fact]
    public async Task A_rule_that_vanishes_meanwhile_is_no_error()
    {
        _account.Define("job", [1]).Rule("bus", "a", FakeAccount.Target("t", "job:1")).Rule("bus", "b", FakeAccount.Target("t", "job:1"));
        _account.Before = (call, _) => Task.FromResult(call == "ListTargetsByRule bus/a" && _account.Bus("bus").Remove("a"));

        Assert.Equal(["bus/b/t"], (await _run.ScanAsync()).Select(target => target.ToString()));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Few_queues_against_many_rules_save_calls()
    {
        Fill(rules: 12, batchRules: 3);
        _account.Queues.Add("q2");

        Assert.Equal(3, (await _run.ScanAsync()).Count);

        Assert.Equal((1, 2, 3), (_account.Count("DescribeJobQueues"), _account.Count("ListRuleNamesByTarget"), _account.Count("ListTargetsByRule")));
    }

    [Fact]
    public async Task Thorough_lists_every_rule()
    {
        Fill(rules: 12, batchRules: 3);

        Assert.Equal(3, (await _run.ScanAsync(thorough: true)).Count);
        Assert.Equal((0, 0, 12), (_account.Count("DescribeJobQueues"), _account.Count("ListRuleNamesByTarget"), _account.Count("ListTargetsByRule")));
    }

    [Fact]
    public async Task Many_queues_are_not_asked()
    {
        Fill(rules: 7, batchRules: 2);
        _account.Queues.Add("q2");

        Assert.Equal(2, (await _run.ScanAsync()).Count);
        Assert.Equal((0, 7), (_account.Count("ListRuleNamesByTarget"), _account.Count("ListTargetsByRule")));
    }

    [Theory]
    [InlineData("DescribeJobQueues")]
    [InlineData("ListRuleNamesByTarget")]
    public async Task Without_permission_for_the_detour_every_rule_is_listed(string denied)
    {
        Fill(rules: 12, batchRules: 3);
        _account.Before = (call, _) => call.StartsWith(denied, StringComparison.Ordinal) ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        Assert.Equal(3, (await _run.ScanAsync()).Count);
        Assert.Equal(12, _account.Count("ListTargetsByRule"));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task What_fails_on_one_bus_or_rule_does_not_stop_the_others()
    {
        _account.Define("job", [1]);
        foreach (string bus in (string[])["a", "b", "c"])
            _account.Rule(bus, "r1", FakeAccount.Target("t", "job:1")).Rule(bus, "r2", FakeAccount.Target("t", "job:1"));
        _account.Before = (call, _) => call is "ListRules a" or "ListTargetsByRule b/r1" ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        List<TargetRevision> found = await _run.ScanAsync("*");

        Assert.Equal(["b/r2/t", "c/r1/t", "c/r2/t"], found.Select(target => target.ToString()));
        Assert.Equal(["a", "b/r1"], _run.Failures.Select(failure => $"{failure.Target}").Order());
        Assert.All(_run.Failures, failure => Assert.Equal(ErrorIds.AccessDenied, failure.Error.ErrorId));
    }

    [Fact]
    public async Task A_lookup_that_fails_leaves_only_its_targets_unresolved()
    {
        _account.Define("a", [1]).Define("b", [1]).Rule("bus", "r", FakeAccount.Target("t1", "a:1"), FakeAccount.Target("t2", "b:1"));
        _account.Before = (call, _) => call == "Sweep 0" ? throw new OpsException(ErrorIds.RepeatedPageToken, Message.Verbatim("again"))
            : call.StartsWith("DescribeJobDefinitions a", StringComparison.Ordinal) ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        List<TargetRevision> found = await _run.ScanAsync();
        Assert.Empty(_run.Failures.Select(failure => failure.Error));
        Assert.Equal([RevisionState.Unresolved, RevisionState.Current], found.Select(target => target.State));
    }

    [Theory]
    [InlineData("ListEventBuses")]
    [InlineData("ListRules")]
    [InlineData("ListTargetsByRule")]
    [InlineData("DescribeJobDefinitions")]
    [InlineData("DescribeRule")]
    public async Task What_may_pass_is_tried_again(string operation)
    {
        _account.Define("a", [], [1]).Rule("bus", "r", FakeAccount.Target("t1", "a:1"));
        int failures = 3;
        _account.Before = (call, _) => call.StartsWith(operation + " ", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0 ? throw FakeAccount.Error(ErrorIds.Throttled) : Task.CompletedTask;

        Assert.Equal(RevisionState.Missing, Assert.Single(await _run.ScanAsync(operation == "ListEventBuses" ? "b*" : "bus", operation == "DescribeRule" ? "r" : "*")).State);
        Assert.Empty(_run.Failures);
        Assert.True(failures < 0);
    }

    [Fact]
    public async Task A_rule_asked_for_by_name_on_all_buses_need_not_be_on_each()
    {
        _account.Define("job", [1]).Rule("a", "other").Rule("b", "r", FakeAccount.Target("t", "job:1"));

        Assert.Equal(["b/r/t"], (await _run.ScanAsync("*", "r")).Select(target => target.ToString()));
        Assert.Empty(_run.Failures);
        Assert.Empty(await _run.ScanAsync("a", "r"));
        Assert.Equal(ErrorIds.RuleNotFound, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task What_ends_the_run_is_thrown()
    {
        Fill(rules: 3, batchRules: 3);
        _account.Before = (call, _) => call == "ListTargetsByRule bus/r001" ? throw FakeAccount.Error(ErrorIds.ExpiredCredentials) : Task.CompletedTask;

        Assert.Equal(ErrorIds.ExpiredCredentials, (await Assert.ThrowsAsync<ServiceCallException>(() => _run.ScanAsync())).ErrorId);
    }

    [Fact]
    public async Task Results_stream_in_order_while_the_scan_goes_on()
    {
        Fill(rules: 30, batchRules: 30);
        TaskCompletionSource gate = new();
        _account.Before = async (call, token) =>
        {
            if (call == "ListTargetsByRule bus/r002")
                await gate.Task.WaitAsync(token);
        };
        List<string> seen = [];
        await foreach (TargetRevision target in _run.Scanner.ScanAsync(Run.Query(thorough: true), _run, Run.Token))
        {
            seen.Add(target.RuleName);
            if (seen.Count == 2)
                gate.SetResult();
        }

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Equal(30, seen.Count);
    }

    [Fact]
    public async Task Stopping_early_leaves_nothing_running()
    {
        Fill(rules: 100, batchRules: 100);
        _account.Rule("second", "r");
        int running = 0;
        _account.Before = async (call, token) =>
        {
            if (call is "ListTargetsByRule bus/r000" || !call.StartsWith("ListTargetsByRule", StringComparison.Ordinal) && call != "ListRules second")
                return;
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };

        await foreach (TargetRevision _ in _run.Scanner.ScanAsync(Run.Query("*", thorough: true), _run, Run.Token))
            break;

        Assert.Equal(0, running);
        int calls = _account.Calls.Count;
        for (int i = 0; i < 1000; i++)
            await Task.Yield();
        Assert.Equal(calls, _account.Calls.Count);
    }

    [Theory]
    [InlineData("ListEventBuses")]
    [InlineData("ListRules")]
    [InlineData("ListTargetsByRule")]
    [InlineData("DescribeJobQueues")]
    [InlineData("Sweep")]
    public async Task Cancelling_ends_a_scan_at_once(string during)
    {
        Fill(rules: 20, batchRules: 20);
        using CancellationTokenSource cancel = new();
        _account.Before = async (call, token) =>
        {
            if (!call.StartsWith(during, StringComparison.Ordinal))
                return;
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run.Scanner.ScanAsync(Run.Query("*"), _run, cancel.Token).ToListAsync(Run.Token));
    }

    [Fact]
    public async Task Progress_counts_to_the_end()
    {
        Fill(rules: 9, batchRules: 5);

        await _run.ScanAsync(thorough: true);

        Assert.Equal(Enumerable.Range(1, 9), _run.ProgressSeen.Select(progress => progress.Done).Order());
        Assert.All(_run.ProgressSeen, progress => Assert.Equal(("Reading targets", 9), (progress.Activity.ToString(), progress.Total)));
    }

    [Fact]
    public async Task Targets_and_job_definitions_are_filtered_by_name()
    {
        _account.Define("a-job", [1]).Define("b-job", [1]).Rule("bus", "r", FakeAccount.Target("t1", "a-job:1"), FakeAccount.Target("t2", "arn:aws:batch:eu-west-1:123456789012:job-definition/b-job"), FakeAccount.Target("x3", "b-job:1"));
        async Task<IEnumerable<string>> Ids(string targetId, string jobDefinition) =>
            (await _run.Scanner.ScanAsync(Run.Query() with { TargetId = [targetId], JobDefinition = [jobDefinition] }, _run, Run.Token).ToListAsync(Run.Token)).Select(target => target.TargetId);

        Assert.Equal(["t2", "x3"], await Ids("*", "b-job"));
        Assert.Equal(["t2", "x3"], await Ids("*", "b-job:7"));
        Assert.Equal(["t2"], await Ids("t*", "b-*"));
    }

    [Fact]
    public async Task Rules_are_read_with_and_without_targets()
    {
        _account.Rule("bus", "b", FakeAccount.Target("t", "job:1")).Rule("bus", "a").Rule("bus", "zz");
        RuleQuery query = new() { EventBusName = ["bus"], RuleName = ["a", "b*"] };

        List<RuleSummary> with = await _run.Rules.ReadAsync(query, true, _run, Run.Token).ToListAsync(Run.Token);
        int calls = _account.Calls.Count;
        List<RuleSummary> without = await _run.Rules.ReadAsync(query, false, _run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(["a", "b"], with.Select(rule => rule.RuleName));
        Assert.Equal("t -> job:1", Assert.Single(with[1].Targets).ToString());
        Assert.All(without, rule => Assert.Empty(rule.Targets));
        Assert.Equal((3, 1), (calls, _account.Calls.Count - calls));
    }

    private void Fill(int rules, int batchRules)
    {
        _account.Queues.Add("q");
        _account.Define("job", [1]);
        for (int i = 0; i < rules; i++)
            _account.Rule("bus", $"r{i:000}", i < batchRules ? FakeAccount.Target("t", "job:1") : """{"Id":"x","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""");
    }
}
