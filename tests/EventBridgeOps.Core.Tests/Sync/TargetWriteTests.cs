using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests;

/// <summary>Writes of targets: what is read again before, what is tried again, read back after, and put back.</summary>
public sealed class TargetWriteTests : IDisposable
{
    private readonly FakeAccount _account = new FakeAccount().Define("job", [12, 14], [11]);
    private readonly Run _run;

    public TargetWriteTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("plan", false, "Failed TargetChanged")]
    [InlineData("plan", true, "Updated ")]
    [InlineData("retry", false, "Failed TargetChanged")]
    [InlineData("retry", true, "Updated ")]
    [InlineData("deleted", false, "Failed TargetChanged")]
    [InlineData("deleted", true, "Failed TargetChanged")]
    [InlineData("not batch", false, "Failed TargetChanged")]
    [InlineData("not batch", true, "Failed TargetChanged")]
    [InlineData("rule gone", false, "Failed RuleNotFound")]
    [InlineData("already done", false, "AlreadyCurrent ")]
    [InlineData("number", false, "Updated ")]
    public async Task A_target_that_moved_is_not_written_unless_forced(string how, bool force, string expected)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12", ""","RetryPolicy":{"MaximumRetryAttempts":3}""")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        List<TargetSelection> seen = [.. (await _run.ScanAsync()).Select(TargetSelection.From)];
        void Theirs() => _account.Change("bus", "a", "t", target => target["RetryPolicy"]!["MaximumRetryAttempts"] = 9);
        int puts = 0;
        switch (how)
        {
            case "plan":
                Theirs();
                break;
            case "retry":
                _account.Before = (call, _) =>
                {
                    if (call != "PutTargets bus/a" || puts++ > 0)
                        return Task.CompletedTask;
                    Theirs();
                    throw FakeAccount.Error(ErrorIds.ConcurrentModification);
                };
                break;
            case "deleted":
                _account.Bus("bus")["a"].Targets.Clear();
                break;
            case "not batch":
                _account.Change("bus", "a", "t", target => target.Remove("BatchParameters"));
                break;
            case "rule gone":
                _account.Bus("bus").Remove("a");
                break;
            case "already done":
                _account.Change("bus", "a", "t", target => target["BatchParameters"]!["JobDefinition"] = "job:14");
                break;
            case "number":
                _account.Change("bus", "a", "t", target => target["RetryPolicy"]!["MaximumRetryAttempts"] = JsonNode.Parse("3.0"));
                break;
        }

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { Force = force }, selections: seen);

        Assert.Equal(expected, $"{results[0].Status} {results[0].ErrorId}");
        Assert.Equal(SyncStatus.Updated, results[1].Status);
        if (how is "plan" or "retry")
        {
            Assert.Equal("9", _account["bus", "a", "t"]["RetryPolicy"]!["MaximumRetryAttempts"]!.ToJsonString());
            Assert.Equal(force ? "job:14" : "job:12", _account.JobDefinition("bus", "a", "t"));
        }
    }

    [Fact]
    public async Task More_than_ten_targets_go_in_tens()
    {
        _account.Rule("bus", "a", [.. Enumerable.Range(0, 23).Select(i => FakeAccount.Target($"t{i:00}", "job:12"))]);

        List<TargetSyncResult> results = await _run.SyncAsync();

        Assert.Equal(23, results.Count(result => result.Status == SyncStatus.Updated));
        Assert.Equal((3, 3), (_account.Count("PutTargets"), _account.Count("ListTargetsByRule")));
    }

    [Theory]
    [InlineData("t00", "ThrottlingException", true)]
    [InlineData("t07", "ConcurrentModificationException", true)]
    [InlineData("t10", "InternalException", true)]
    [InlineData("t12", "ThrottlingException", true)]
    [InlineData("t00", "ValidationException", false)]
    [InlineData("t11", "AccessDenied", false)]
    public async Task Only_entries_whose_error_may_pass_go_again(string id, string code, bool passes)
    {
        _account.Rule("bus", "a", [.. Enumerable.Range(0, 13).Select(i => FakeAccount.Target($"t{i:00}", "job:12"))]);
        int refused = 0;
        _account.EntryError = target => target == id && refused++ < (passes ? 2 : 100) ? code : null;

        List<TargetSyncResult> results = await _run.SyncAsync();

        Assert.All(results, result => Assert.Equal(result.TargetId == id && !passes ? SyncStatus.Failed : SyncStatus.Updated, result.Status));
        Assert.Equal(passes ? 4 : 2, _account.Count("PutTargets"));
        if (!passes)
            Assert.Equal(ErrorIds.WriteFailed, results.Single(result => result.TargetId == id).ErrorId);
    }

    [Theory]
    [InlineData("ThrottlingException", ErrorIds.Throttled)]
    [InlineData("ConcurrentModificationException", ErrorIds.ConcurrentModification)]
    [InlineData("InternalFailure", ErrorIds.ServiceUnavailable)]
    public async Task An_entry_that_never_passes_fails_with_its_own_error(string code, string errorId)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.EntryError = _ => code;

        TargetSyncResult result = Assert.Single(await _run.SyncAsync());

        Assert.Equal((SyncStatus.Failed, errorId), (result.Status, result.ErrorId));
        Assert.InRange(_run.Time.Now, TimeSpan.FromSeconds(50), ItemRetry.DefaultTimeout); // retried by time, not by count
        Assert.Equal(ChangeStatus.Failed, Assert.Single(_run.Journal.Read()).Status);
    }

    [Theory]
    [InlineData(ErrorIds.Unreachable)]
    [InlineData(ErrorIds.MalformedAnswer)]
    public async Task An_error_after_the_effect_counts_as_updated_once(string errorId)
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.AfterPut = _ => throw FakeAccount.Error(errorId);

        TargetSyncResult result = Assert.Single(await _run.SyncAsync());

        Assert.Equal((SyncStatus.Updated, true, null, 1), (result.Status, result.Verified, result.ErrorId, _account.Count("PutTargets")));
        Assert.Equal(ChangeStatus.Applied, Assert.Single(_run.Journal.Read()).Status);
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task Refused_for_good_is_not_tried_again()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        _account.Before = (call, _) => call == "PutTargets bus/a" ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        List<TargetSyncResult> results = await _run.SyncAsync();

        Assert.Equal([ErrorIds.AccessDenied, null], results.Select(result => result.ErrorId));
        Assert.Equal(2, _account.Count("PutTargets"));
        Assert.Equal(ChangeStatus.PartlyApplied, Assert.Single(_run.Journal.Read()).Status);
    }

    [Fact]
    public async Task A_write_that_shows_late_is_waited_for()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.StaleReads = 4;

        Assert.True(Assert.Single(await _run.SyncAsync()).Verified);
        Assert.Equal(1, _account.Count("PutTargets"));
        Assert.InRange(_run.Time.Now, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_write_that_never_shows_is_not_verified()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.StaleReads = 1000;

        TargetSyncResult result = Assert.Single(await _run.SyncAsync(new SyncOptions { VerifyTimeout = TimeSpan.FromSeconds(10) }));

        Assert.Equal((SyncStatus.Failed, false, ErrorIds.NotVerified), (result.Status, result.Verified, result.ErrorId));
        Assert.NotNull(result.ChangeId);
        Assert.InRange(_run.Time.Now, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(11));
        Assert.Equal(ChangeItemStatus.Failed, Assert.Single(Assert.Single(_run.Journal.Read()).Items).Status);
    }

    [Fact]
    public async Task On_failure_all_that_was_written_is_put_back()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), FakeAccount.Target("t2", "job:11")).Rule("bus", "b", FakeAccount.Target("t", "job:12")).Rule("bus", "c", FakeAccount.Target("t", "job:14"));
        _account.EntryError = id => id == "t2" ? "ValidationException" : null;

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { RevertOnFailure = true });

        Assert.Equal([SyncStatus.Reverted, SyncStatus.Failed, SyncStatus.Reverted, SyncStatus.AlreadyCurrent], results.Select(result => result.Status));
        Assert.Equal(("job:12", "job:11", "job:12"), (_account.JobDefinition("bus", "a", "t1"), _account.JobDefinition("bus", "a", "t2"), _account.JobDefinition("bus", "b", "t")));
        Assert.Equal(ChangeStatus.Reverted, Assert.Single(_run.Journal.Read()).Status);
        Assert.Equal(ErrorIds.WriteFailed, Assert.Single(_run.Failures).Error.ErrorId);
        Assert.Single(_run.Warnings);
    }

    [Fact]
    public async Task What_was_written_but_not_seen_is_put_back_too()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        _account.StaleReads = 1000;
        _account.AfterPut = _ => _account.StaleReads = 0;

        TargetSyncResult result = Assert.Single(await _run.SyncAsync(new SyncOptions { RevertOnFailure = true, VerifyTimeout = TimeSpan.FromSeconds(5) }));

        Assert.Equal((SyncStatus.Failed, ErrorIds.NotVerified), (result.Status, result.ErrorId));
        Assert.Equal("job:12", _account.JobDefinition("bus", "a", "t"));
        Assert.Equal(2, _account.Count("PutTargets"));
        Assert.Equal(ChangeStatus.Reverted, Assert.Single(_run.Journal.Read()).Status);
    }

    [Fact]
    public async Task What_cannot_be_put_back_says_so()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "nojob:1"));
        int puts = 0;
        _account.Before = (call, _) => call == "PutTargets bus/a" && ++puts == 2 ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        List<TargetSyncResult> results = await _run.SyncAsync(new SyncOptions { RevertOnFailure = true });

        Assert.StartsWith("could not be rolled back:", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal((SyncStatus.Failed, "job:14"), (results[0].Status, _account.JobDefinition("bus", "a", "t")));
        Assert.Equal(ChangeItemStatus.Written, Assert.Single(Assert.Single(_run.Journal.Read()).Items).Status);
    }
}
