using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Core.Tests;

public sealed class ChangeUndoTests : IDisposable
{
    private readonly FakeAccount _account = new FakeAccount().Define("job", [12, 14], [11]).Define("rotate-token", [3, 4]);
    private readonly Run _run;

    public ChangeUndoTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_undo_puts_back_and_can_itself_be_undone()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), FakeAccount.Target("t2", "rotate-token:3"));
        JsonObject before = _account["bus", "a", "t1"];
        await _run.SyncAsync();

        List<TargetSyncResult> undone = await _run.UndoAsync();

        Assert.All(undone, result => Assert.Equal((SyncStatus.Reverted, true), (result.Status, result.Verified)));
        Assert.Equal([("job:14", "job:12"), ("rotate-token:4", "rotate-token:3")], undone.Select(result => (result.From, result.To)));
        Assert.True(DocumentDiff.Same(before, _account["bus", "a", "t1"]));
        Assert.Equal([ChangeStatus.Undone, ChangeStatus.Applied], Statuses());
        Assert.Equal(_run.Journal.Read()[0].Id, _run.Journal.Read()[1].Undoes);

        await _run.UndoAsync();
        Assert.Equal(("job:14", "rotate-token:4"), (_account.JobDefinition("bus", "a", "t1"), _account.JobDefinition("bus", "a", "t2")));
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Undone, ChangeStatus.Applied], Statuses());
    }

    [Fact]
    public async Task An_undo_asks_once_who_is_calling_and_reads_writes_and_reads_back()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        int calls = _account.Calls.Count;

        await _run.UndoAsync();

        Assert.Equal(["GetCallerIdentity", "ListTargetsByRule bus/a", "PutTargets bus/a", "ListTargetsByRule bus/a"], _account.Calls.Skip(calls));
    }

    [Fact]
    public async Task A_repeated_undo_writes_nothing()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        string id = _run.Journal.Read()[0].Id;
        await _run.UndoAsync(id);

        TargetSyncResult again = Assert.Single(await _run.UndoAsync(id));

        Assert.Equal((SyncStatus.AlreadyCurrent, 2), (again.Status, _account.Count("PutTargets")));
        Assert.Equal(2, _run.Journal.Read().Count);
    }

    [Fact]
    public async Task A_redacted_secret_stays_in_the_target()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12", ""","Input":"{\"password\":\"hunter2\"}","HttpParameters":{"HeaderParameters":{"X-Api-Key":"hunter2"}}"""));
        JsonObject before = _account["bus", "a", "t"];
        await _run.SyncAsync();
        Assert.DoesNotContain("hunter2", _run.JournalText, StringComparison.Ordinal);

        Assert.Equal(SyncStatus.Reverted, Assert.Single(await _run.UndoAsync()).Status);
        Assert.True(DocumentDiff.Same(before, _account["bus", "a", "t"]));
    }

    [Theory]
    [InlineData(false, "Failed TargetChanged", "job:14")]
    [InlineData(true, "Reverted ", "job:12")]
    public async Task A_target_that_changed_since_is_put_back_under_force_only(bool force, string expected, string jobDefinition)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        _account.Change("bus", "a", "t", target => target["Input"] = "theirs");

        TargetSyncResult result = Assert.Single(await _run.UndoAsync(force: force));

        Assert.Equal((expected, jobDefinition, "theirs"), ($"{result.Status} {result.ErrorId}", _account.JobDefinition("bus", "a", "t"), (string?)_account["bus", "a", "t"]["Input"]));
    }

    [Theory]
    [InlineData(false, "", "Failed TargetChanged")]
    [InlineData(true, "", "Reverted ")]
    [InlineData(true, ""","Input":"password=hunter2" """, "Failed TargetChanged")]
    public async Task A_target_that_is_gone_is_made_anew_under_force_if_all_of_it_is_known(bool force, string more, string expected)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12", more));
        JsonObject before = _account["bus", "a", "t"];
        await _run.SyncAsync();
        _account.Bus("bus")["a"].Targets.Clear();

        TargetSyncResult result = Assert.Single(await _run.UndoAsync(force: force));

        Assert.Equal(expected, $"{result.Status} {result.ErrorId}");
        Assert.Equal(expected == "Reverted ", _account.Bus("bus")["a"].Targets.Exists(target => DocumentDiff.Same(target, before)));
    }

    [Fact]
    public async Task A_rule_that_is_gone_fails_by_itself()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync(new SyncOptions { ThrottleLimit = 1 }); // an undo goes in the order of the writes
        _account.Bus("bus").Remove("a");

        Assert.Equal([ErrorIds.RuleNotFound, null], (await _run.UndoAsync()).Select(result => result.ErrorId));
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied], Statuses()); // not all of it was undone
    }

    [Fact]
    public async Task Another_account_or_region_is_refused()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        _account.Caller = "999999999999";

        OpsException account = await Assert.ThrowsAsync<OpsException>(() => _run.UndoAsync());
        ChangeUndo elsewhere = new(_account, _account, _run.Ecs, _account, "us-east-1", _run.Journal, _run.Retry, _run.Time);
        OpsException region = await Assert.ThrowsAsync<OpsException>(() => elsewhere.RunAsync(_run.Journal.Read()[0], new WriteOptions(), Run.Yes, _run, Run.Token).ToListAsync(Run.Token));

        Assert.Equal((ErrorIds.WrongAccountOrRegion, ErrorIds.WrongAccountOrRegion), (account.ErrorId, region.ErrorId));
        Assert.Contains("with Region eu-west-1", region.Message, StringComparison.Ordinal);
        Assert.Equal(1, _account.Count("PutTargets"));
    }

    [Fact]
    public async Task What_if_and_declined_undo_nothing()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        int calls = _account.Count("ListTargetsByRule");

        Assert.Equal(SyncStatus.WouldUpdate, Assert.Single(await _run.UndoAsync(approve: (_, _) => Task.FromResult(Approval.WhatIf))).Status);
        Assert.Equal(SyncStatus.Skipped, Assert.Single(await _run.UndoAsync(approve: (_, _) => Task.FromResult(Approval.Declined))).Status);
        Assert.Equal((1, calls), (_account.Count("PutTargets"), _account.Count("ListTargetsByRule")));
    }

    [Theory]
    [InlineData("changed", "Failed TargetChanged")]
    [InlineData("gone", "Failed TargetChanged")]
    [InlineData("no rule", "Failed RuleNotFound")]
    [InlineData("undone", "AlreadyCurrent ")]
    public async Task What_if_says_of_what_is_not_as_the_change_left_it_what_the_undo_says(string case_, string expected)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync(new SyncOptions { ThrottleLimit = 1 });
        switch (case_)
        {
            case "changed":
                _account.Change("bus", "a", "t", target => target["Input"] = "theirs");
                break;
            case "gone":
                _account.Bus("bus")["a"].Targets.Clear();
                break;
            case "no rule":
                _account.Bus("bus").Remove("a");
                break;
            default:
                _account.Change("bus", "a", "t", target => target["BatchParameters"]!["JobDefinition"] = "job:12");
                break;
        }

        string journal = _run.JournalText;
        (List<string> operations, List<TargetSyncResult> preview) = await _run.PreviewUndoAsync();
        Assert.Equal(("Restore target t of rule b from revision 14 to 12 of job", 2, journal), (Assert.Single(operations), _account.Count("PutTargets"), _run.JournalText));
        Assert.Equal([expected, "WouldUpdate "], preview.Select(result => $"{result.Status} {result.ErrorId}"));
        Assert.Equal(case_ != "undone", _run.Failures.Count == 1);

        List<TargetSyncResult> undone = await _run.UndoAsync();
        Assert.Equal([preview[0] with { ChangeId = null }, SyncStatus.Reverted], new object[] { undone[0] with { ChangeId = null }, undone[1].Status });
        Assert.StartsWith(case_ == "undone" ? "already undone" : case_ == "no rule" ? "Rule a no longer exists" : "Target t of rule a (event bus bus) was not updated: ", preview[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_under_force_starts_from_what_is_there_now()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        _account.Change("bus", "a", "t", target => target["BatchParameters"]!["JobDefinition"] = "job");

        (List<string> operations, List<TargetSyncResult> preview) = await _run.PreviewUndoAsync(force: true);

        Assert.Equal(["Restore target t of rule a from the reference without a revision to revision 12 of job"], operations);
        Assert.Equal((SyncStatus.WouldUpdate, "job", "job:12"), (Assert.Single(preview).Status, preview[0].From, preview[0].To));
    }

    [Fact]
    public async Task What_if_of_two_changes_goes_back_step_by_step()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        await _run.SyncAsync(new SyncOptions { Float = true });
        WriteOptions options = new() { WhatIf = true };
        List<string> operations = [];

        foreach (Change change in _run.Journal.Read().Reverse())
            await _run.Undo.RunAsync(change, options, Shows, _run, Run.Token).ToListAsync(Run.Token);

        Assert.Equal(["Restore target t of rule a from the reference without a revision to revision 14 of job", "Restore target t of rule a from revision 14 to 12 of job"], operations);
        Assert.Empty(_run.Failures);

        Task<Approval> Shows(PlannedChange change, CancellationToken cancellationToken)
        {
            operations.Add(change.Action.ToString());
            return Task.FromResult(Approval.WhatIf);
        }
    }

    [Fact]
    public async Task A_change_that_was_killed_before_its_write_needs_nothing_put_back()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.Before = (call, _) => call == "PutTargets bus/a" ? throw FakeAccount.Error(ErrorIds.ExpiredCredentials) : Task.CompletedTask;
        await Assert.ThrowsAsync<ServiceCallException>(() => _run.SyncAsync());
        _account.Before = null;

        Assert.Equal([ChangeStatus.InFlight], Statuses());
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await _run.UndoAsync()).Status);
    }

    private IEnumerable<ChangeStatus> Statuses() => _run.Journal.Read().Select(change => change.Status);
}
