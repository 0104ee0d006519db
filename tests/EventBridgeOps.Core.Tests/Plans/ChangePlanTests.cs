using System.Text.Json.Nodes;
using EventBridgeOps.Applying;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Plans;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Core.Tests.Plans;

/// <summary>Plans are data: saved, loaded and applied later, to what is there then.</summary>
public sealed class ChangePlanTests : IDisposable
{
    private readonly FakeAccount _account = new FakeAccount().Define("job", [12, 14], [11]);
    private readonly Run _run;

    public ChangePlanTests()
    {
        _run = new Run(_account);
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12", ""","Input":"{\"password\":\"hunter2\"}","RetryPolicy":{"MaximumRetryAttempts":3}"""), FakeAccount.Target("t2", "job:11"))
            .Rule("bus", "b", FakeAccount.Target("t", "job:14"));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_plan_says_what_where_and_for_whom_and_holds_no_secret()
    {
        string text = (await PlanAsync()).ToString();

        ChangePlan plan = ChangePlan.Parse(text);

        Assert.Equal((ChangeKind.Sync, FakeAccount.Region, FakeAccount.Id), (plan.Kind, plan.Region, plan.AccountId));
        Assert.Equal(["bus/a/t1 job:12 job:14", "bus/a/t2 job:11 job:14"], plan.Items.Select(item => $"{item.Resource} {item.From} {item.To}"));
        Assert.Equal("""{"pointer":"/BatchParameters/JobDefinition","old":"job:12","new":"job:14"}""", Document.Write(Assert.Single(plan.Items[0].Edits).ToJson()));
        Assert.Matches("^sha256:[0-9a-f]{64}$", plan.Items[0].Digest);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("[redacted]", plan.Items[0].Before, StringComparison.Ordinal);
        Assert.Equal(text, plan.ToString());
        Assert.Equal((0, ""), (_account.Count("PutTargets"), _run.JournalText));
    }

    [Fact]
    public async Task A_loaded_plan_is_applied_once_and_can_be_undone()
    {
        ChangePlan plan = ChangePlan.Parse((await PlanAsync()).ToString());
        JsonObject before = _account["bus", "a", "t1"];

        List<TargetSyncResult> results = await ApplyAsync(plan);

        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, true, "job:14"), (result.Status, result.Verified, result.To)));
        Assert.Equal(("job:14", "job:14"), (_account.JobDefinition("bus", "a", "t1"), _account.JobDefinition("bus", "a", "t2")));
        Assert.Equal(["/BatchParameters/JobDefinition"], DocumentDiff.Between(before, _account["bus", "a", "t1"]).Select(difference => difference.Pointer));
        Assert.Equal((ChangeKind.Sync, ChangeStatus.Applied), Assert.Single(_run.Journal.Read()) is var change ? (change.Kind, change.Status) : default);
        Assert.All(await ApplyAsync(plan), result => Assert.Equal(SyncStatus.AlreadyCurrent, result.Status));
        Assert.All(await _run.UndoAsync(), result => Assert.Equal(SyncStatus.Reverted, result.Status));
        Assert.True(DocumentDiff.Same(before, _account["bus", "a", "t1"]));
    }

    [Theory]
    [InlineData(false, "Failed TargetChanged", "job:12")]
    [InlineData(true, "Updated ", "job:14")]
    public async Task What_was_modified_since_is_written_under_force_only_and_keeps_the_modification(bool force, string expected, string jobDefinition)
    {
        ChangePlan plan = await PlanAsync();
        _account.Change("bus", "a", "t1", target => target["RetryPolicy"]!["MaximumRetryAttempts"] = 9);

        List<TargetSyncResult> results = await ApplyAsync(plan, new WriteOptions { Force = force });

        Assert.Equal([expected, "Updated "], results.Select(result => $"{result.Status} {result.ErrorId}"));
        Assert.Equal((jobDefinition, 9), (_account.JobDefinition("bus", "a", "t1"), (int)_account["bus", "a", "t1"]["RetryPolicy"]!["MaximumRetryAttempts"]!));
    }

    [Fact]
    public async Task A_plan_of_another_account_or_region_is_refused()
    {
        ChangePlan plan = await PlanAsync();

        Assert.Equal(ErrorIds.WrongAccountOrRegion, (await Assert.ThrowsAsync<OpsException>(() => ApplyAsync(plan with { Region = "us-east-1" }))).ErrorId);
        _account.Caller = "210987654321";
        Assert.Contains("210987654321", (await Assert.ThrowsAsync<OpsException>(() => ApplyAsync(plan))).Message, StringComparison.Ordinal);
        Assert.Equal(0, _account.Count("PutTargets"));
    }

    [Fact]
    public async Task A_plan_that_does_not_know_its_account_says_so()
    {
        _account.Before = (call, _) => call == "GetCallerIdentity" ? throw FakeAccount.Error(ErrorIds.AccessDenied) : Task.CompletedTask;

        Assert.Null((await PlanAsync()).AccountId);
        Assert.Contains("the account will not be checked", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "is not valid JSON")]
    [InlineData("{}", "is not a plan")]
    [InlineData("""{"v":2}""", "later version")]
    [InlineData("""{"v":1,"digest":"sha256:0"}""", "was modified")]
    public void What_is_not_a_plan_is_refused(string json, string message)
    {
        OpsException error = Assert.Throws<OpsException>(() => ChangePlan.Parse(json));

        Assert.Equal(ErrorIds.InvalidPlan, error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_was_modified_after_it_was_made_is_refused()
    {
        string text = (await PlanAsync()).ToString();

        OpsException error = Assert.Throws<OpsException>(() => ChangePlan.Parse(text.Replace("job:14", "job:13", StringComparison.Ordinal)));

        Assert.Contains("its digest does not match", error.Message, StringComparison.Ordinal);
    }

    private async Task<ChangePlan> PlanAsync()
    {
        PlanMaker maker = new(ChangeKind.Sync, FakeAccount.Region, _account, _run.Time);
        await _run.SyncAsync(approve: maker.Approve);
        return await maker.MakeAsync(_run, Run.Token);
    }

    private Task<List<TargetSyncResult>> ApplyAsync(ChangePlan plan, WriteOptions? options = null) =>
        new PlanRun(_account, _account, _account, FakeAccount.Region, _run.Journal, _run.Retry, _run.Time).ApplyAsync(plan, options ?? new WriteOptions(), Run.Yes, _run, Run.Token).ToListAsync(Run.Token);
}
