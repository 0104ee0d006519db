using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests;

public sealed class TargetSyncTests : IDisposable
{
    private const string Arn = "arn:aws:batch:eu-west-1:123456789012:job-definition/";
    private readonly FakeAccount _account = new FakeAccount().Define("job", [12, 14], [11]);
    private readonly Run _run;

    public TargetSyncTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_undisturbed_sync_makes_the_fewest_calls()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), FakeAccount.Target("t2", "job:11")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));

        List<TargetSyncResult> results = await _run.SyncAsync();

        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, true, "job:14"), (result.Status, result.Verified, result.To)));
        Assert.Single(results.Select(result => result.ChangeId).Distinct());
        Assert.Equal(
            ["GetCallerIdentity", "ListRules bus", "ListTargetsByRule bus/a", "ListTargetsByRule bus/a", "ListTargetsByRule bus/a", "ListTargetsByRule bus/b", "ListTargetsByRule bus/b", "ListTargetsByRule bus/b", "PutTargets bus/a", "PutTargets bus/b", "Sweep 0", "Sweep 0"],
            _account.Calls.Order(StringComparer.Ordinal)); // a sweep for the scan and one for the sync
        Assert.Equal(("job:14", "job:14", "job:14"), (_account.JobDefinition("bus", "a", "t1"), _account.JobDefinition("bus", "a", "t2"), _account.JobDefinition("bus", "b", "t")));
    }

    [Fact]
    public async Task What_is_current_or_floats_costs_nothing_and_leaves_no_journal()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:14"), FakeAccount.Target("t2", Arn + "job"));
        List<TargetRevision> seen = await _run.ScanAsync();
        int calls = _account.Calls.Count;

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { Force = true }, selections: seen.Select(TargetSelection.From));

        Assert.All(results, result => Assert.Equal((SyncStatus.AlreadyCurrent, true, null), (result.Status, result.Verified, result.ChangeId)));
        Assert.Equal(["Sweep 0"], _account.Calls.Skip(calls));
        Assert.Equal("", _run.JournalText);
    }

    [Theory]
    [InlineData("job:12", null, false, false, "job:14")]
    [InlineData(Arn + "job:12", null, false, false, Arn + "job:14")]
    [InlineData("job:14", 12, false, false, "job:12")]
    [InlineData("job:12", null, true, false, "job")]
    [InlineData(Arn + "job:11", null, true, false, Arn + "job")]
    [InlineData("job", 12, false, true, "job:12")]
    public async Task The_form_is_kept(string from, int? toRevision, bool floating, bool force, string to)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", from, ""","Future":{"n":1.0,"x":[1e400,"Größe"]}"""));
        JsonObject before = _account["bus", "a", "t"];

        TargetSyncResult result = Assert.Single(await _run.SyncAsync(new SyncOptions { ToRevision = toRevision, Float = floating, Force = force }));

        Assert.Equal((from, to, SyncStatus.Updated), (result.From, result.To, result.Status));
        DocumentDifference only = Assert.Single(DocumentDiff.Between(before, _account["bus", "a", "t"]));
        Assert.Equal(("/BatchParameters/JobDefinition", to), (only.Pointer, (string?)only.After));
    }

    [Fact]
    public async Task Contradicting_options_are_refused_before_anything_is_called()
    {
        SyncOptions[] bad = [new() { Float = true, ToRevision = 1 }, new() { ToRevision = 0 }, new() { ThrottleLimit = 0 }];
        foreach (SyncOptions options in bad)
            Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<OpsException>(() => _run.SyncAsync(options, selections: [Selection()]))).ErrorId);
        Assert.Empty(_account.Calls);
    }

    [Theory]
    [InlineData("job:12", 13, ErrorIds.RevisionNotActive)]
    [InlineData("job:12", 11, ErrorIds.RevisionNotActive)]
    [InlineData("never:1", null, ErrorIds.JobDefinitionMissing)]
    [InlineData("not a reference", null, ErrorIds.TargetUnresolved)]
    [InlineData("arn:aws:batch:eu-west-1:999999999999:job-definition/job:1", null, ErrorIds.TargetUnresolved)]
    public async Task What_cannot_be_repaired_fails_by_itself(string jobDefinition, int? toRevision, string errorId)
    {
        _account.Rule("bus", "a", FakeAccount.Target("bad", jobDefinition)).Rule("bus", "b", FakeAccount.Target("good", toRevision is null ? "job:12" : "job:14"));

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { ToRevision = toRevision });

        Assert.Equal((SyncStatus.Failed, errorId), (results[0].Status, results[0].ErrorId));
        Assert.Equal(errorId, _run.Failures[0].Error.ErrorId);
        Assert.Equal(0, _account.Count("PutTargets bus/a"));
        if (toRevision is null)
            Assert.Equal(SyncStatus.Updated, results[1].Status);
    }

    [Fact]
    public async Task A_failed_look_up_is_told_in_one_sentence()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "gone:1"));
        _account.Before = (call, _) => call.StartsWith("DescribeJobDefinitions", StringComparison.Ordinal) || call == "Sweep 0"
            ? throw new OpsException(ErrorIds.AccessDenied, Message.Verbatim("It lacks batch:DescribeJobDefinitions.")) : Task.CompletedTask;

        await _run.SyncAsync();

        Assert.EndsWith("could not be looked up: It lacks batch:DescribeJobDefinitions.", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_disabled_and_floating_ones_are_skipped_with_the_reason()
    {
        _account.RuleIn("ENABLED", "batch.amazonaws.com", "bus", "a", FakeAccount.Target("t", "job:12"))
            .RuleIn("DISABLED", null, "bus", "b", FakeAccount.Target("t", "job:12")).Rule("bus", "c", FakeAccount.Target("t", "job"));

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { ToRevision = 12 });

        Assert.Equal(["the rule is managed by batch.amazonaws.com", "the rule is disabled (use IncludeDisabledRule to include it)", "the reference has no revision (use Force to pin it)"], results.Select(result => result.Reason));
        Assert.All(results, result => Assert.Equal(SyncStatus.Skipped, result.Status));
        Assert.Contains("managed by batch.amazonaws.com", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, _account.Count("PutTargets"));
        Assert.Equal(SyncStatus.Updated, (await _run.SyncAsync(new SyncOptions { IncludeDisabledRule = true }))[1].Status);
    }

    [Fact]
    public async Task A_rule_alone_means_all_its_batch_targets_once()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), FakeAccount.Target("t2", "job:12"), """{"Id":"x","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""");

        List<TargetSyncResult> results = await _run.SyncAsync(selections: [Selection(target: null), Selection(target: "t2"), Selection(target: null)]);

        Assert.Equal(["t2", "t1"], results.Select(result => result.TargetId));
        Assert.All(results, result => Assert.Equal(SyncStatus.Updated, result.Status));
        Assert.Equal((1, 1, 3), (_account.Count("PutTargets"), _account.Count("DescribeRule"), _account.Count("ListTargetsByRule")));
        await _run.SyncAsync(selections: [Selection(target: null) with { RuleState = "ENABLED" }]);
        Assert.Equal(1, _account.Count("DescribeRule"));
    }

    [Fact]
    public async Task A_selection_of_what_is_not_there_fails_by_itself()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), """{"Id":"x","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""");

        List<TargetSyncResult> results = await _run.SyncAsync(selections:
        [
            Selection(target: "absent"), Selection(target: "x"), Selection(target: "t1") with { JobDefinition = "job:11" },
            Selection(rule: "gone", target: "t"), Selection(target: "t1") with { Document = "{", RuleState = "ENABLED" }, Selection(rule: "a", target: "t1") with { TargetId = "t1" },
        ]);

        Assert.Equal([ErrorIds.TargetNotFound, ErrorIds.NotBatchTarget, ErrorIds.TargetChanged, ErrorIds.RuleNotFound, ErrorIds.TargetChanged], results.Select(result => result.ErrorId));
        Assert.Equal(0, _account.Count("PutTargets"));
    }

    [Fact]
    public async Task Approvals_are_asked_in_order_and_heeded()
    {
        foreach (string rule in (string[])["a", "b", "c"])
            _account.Rule("bus", rule, FakeAccount.Target("t", "job:12"));
        List<PlannedChange> asked = [];

        List<TargetSyncResult> results = await _run.SyncAsync(approve: (change, _) =>
        {
            asked.Add(change);
            return Task.FromResult(asked.Count switch { 1 => Approval.WhatIf, 2 => Approval.Declined, _ => Approval.Write });
        });

        Assert.Equal(((string[])["a", "b", "c"]).Select(rule => ($"bus/{rule}/t", $"Update target t of rule {rule} from revision 12 to 14 of job")), asked.Select(change => (change.Target, change.Action.ToString())));
        Assert.Equal([SyncStatus.WouldUpdate, SyncStatus.Skipped, SyncStatus.Updated], results.Select(result => result.Status));
        Assert.Equal("declined", results[1].Reason);
        Assert.Equal(["PutTargets bus/c"], _account.Calls.Where(call => call.StartsWith("PutTargets", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("job:12", null, false, "from revision 12 to 14 of job")]
    [InlineData(Arn + "job:12", null, false, "from revision 12 to 14 of job")]
    [InlineData("job:12", null, true, "from revision 12 of job to the reference without a revision")]
    [InlineData("job", 12, false, "from the reference without a revision to revision 12 of job")]
    public async Task The_operation_starts_with_its_verb_and_names_the_revisions(string from, int? toRevision, bool floating, string expected)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", from));
        string? operation = null;
        await _run.SyncAsync(new SyncOptions { ToRevision = toRevision, Float = floating, Force = true }, (change, _) =>
        {
            operation = change.Action.ToString();
            return Task.FromResult(Approval.WhatIf);
        });

        Assert.Equal("Update target t of rule a " + expected, operation);
    }

    [Fact]
    public async Task What_if_writes_nothing_anywhere()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));

        await _run.SyncAsync(approve: (_, _) => Task.FromResult(Approval.WhatIf));

        Assert.Equal((0, 0, ""), (_account.Count("PutTargets"), _account.Count("GetCallerIdentity"), _run.JournalText));
    }

    [Theory]
    [InlineData("ListTargetsByRule")]
    [InlineData("PutTargets")]
    [InlineData("Sweep")]
    public async Task What_ends_the_run_is_thrown_and_stops_it(string during)
    {
        _account.Queues.Add("q");
        for (int i = 0; i < 60; i++)
            _account.Rule("bus", $"r{i:00}", FakeAccount.Target("t", "job:12"));
        TargetSelection[] seen = [.. (await _run.ScanAsync()).Select(TargetSelection.From)];
        int calls = _account.Calls.Count;
        _account.Before = (call, _) => call.StartsWith(during, StringComparison.Ordinal) || call.StartsWith("DescribeJob", StringComparison.Ordinal) ? throw FakeAccount.Error(ErrorIds.ExpiredCredentials) : Task.CompletedTask;

        Assert.Equal(ErrorIds.ExpiredCredentials, (await Assert.ThrowsAsync<ServiceCallException>(() => _run.SyncAsync(new SyncOptions { ThrottleLimit = 2 }, selections: seen))).ErrorId);
        Assert.InRange(_account.Calls.Count - calls, 1, 30);
        if (during == "PutTargets")
            Assert.Equal(ChangeStatus.InFlight, Assert.Single(_run.Journal.Read()).Status);
    }

    [Fact]
    public async Task Cancelling_within_a_write_leaves_it_in_flight_in_the_journal()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        TargetSelection[] seen = [.. (await _run.ScanAsync()).Select(TargetSelection.From)];
        using CancellationTokenSource cancel = new();
        _account.Before = async (call, token) =>
        {
            if (call != "PutTargets bus/a")
                return;
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run.Sync.RunAsync(Streams.From(seen), new SyncOptions(), Run.Yes, _run, cancel.Token).ToListAsync(Run.Token));

        Assert.Equal(ChangeStatus.InFlight, Assert.Single(_run.Journal.Read()).Status);
    }

    [Fact]
    public async Task Who_is_calling_need_not_be_known()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.Before = (call, _) => call == "GetCallerIdentity" ? throw FakeAccount.Error(ErrorIds.InvalidCredentials) : Task.CompletedTask;

        Assert.Equal(SyncStatus.Updated, Assert.Single(await _run.SyncAsync()).Status);
        Assert.Null(Assert.Single(_run.Journal.Read()).AccountId);
    }

    private static TargetSelection Selection(string rule = "a", string? target = "t") => new() { EventBusName = "bus", RuleName = rule, TargetId = target };
}
