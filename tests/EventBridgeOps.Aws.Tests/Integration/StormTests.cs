using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Services;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>What goes wrong on the wire, and what must not come of it.</summary>
public sealed class StormTests
{
    private const int Rules = 60;
    private const int PerRule = 5;

    [Fact]
    public async Task Three_hundred_targets_are_repaired_through_a_storm_each_once()
    {
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 7, PageSize = 3, RecordBodies = true });
        await FillAsync(account);
        account.Sandbox!.Faults.Add(new FaultRule { Fault = Fault.Throttle(), Probability = 0.08 });
        account.Sandbox.Faults.Add(new FaultRule { Fault = Fault.InternalError(), Probability = 0.07 });
        account.Sandbox.Faults.Add(new FaultRule { Fault = Fault.ResetBefore(), Probability = 0.01 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutTargets", Fault = Fault.ResetAfter(), Probability = 0.05 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutTargets", Fault = Fault.PartialFailure(probability: 0.1) });

        List<TargetSyncResult> results = await account.SyncAsync(await account.ScanAsync("default", thorough: false));

        Assert.Empty(account.Failures.Select(failure => failure.Error.Message));
        Assert.Equal(Rules * PerRule, results.Count);
        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, true), (result.Status, result.Verified)));
        Change change = Assert.Single(account.Session.Get<ChangeJournal>().Read());
        Assert.Equal((ChangeStatus.Applied, Rules * PerRule), (change.Status, change.TargetCount));
        account.Sandbox.Faults.Clear();
        Assert.All(await account.ScanAsync("default"), target => Assert.Equal(RevisionState.Current, target.State));

        Assert.All(await account.UndoAsync(change), result => Assert.Equal(SyncStatus.Reverted, result.Status));
        Assert.All(await account.ScanAsync("default"), target => Assert.Equal("job:1", target.JobDefinition));
    }

    [Fact]
    public async Task At_thirty_percent_of_faults_every_target_and_job_definition_ends_done_once()
    {
        const int definitions = 40;
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 11, PageSize = 20, TargetsPerRule = 100, RecordBodies = true });
        await FillAsync(account);
        await account.RepositoryAsync("team/app");
        await account.PushAsync("team/app", "v2");
        for (int i = 0; i < definitions; i++)
            await account.DefineImageAsync($"worker-{i:00}", $"{ImageAccount.Registry}/team/app:v1");
        account.Sandbox!.Faults.Add(new FaultRule { Fault = Fault.Throttle(), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Fault = Fault.InternalError(), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Fault = Fault.InternalError(503), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutTargets", Fault = Fault.Error(400, "ConcurrentModificationException", "by script"), Probability = 0.3 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "PutTargets", Fault = Fault.PartialFailure("ConcurrentModificationException", probability: 0.3) });

        List<TargetSyncResult> synced = await account.SyncAsync(await account.ScanAsync("default", thorough: false));
        List<BatchImageUpdate> updated = await account.UpdateAsync("team/app", "v2", new ImageUpdateOptions { KeepRevisions = 1 });

        Assert.Empty(account.Failures.Select(failure => failure.Error.Message));
        Assert.Equal((Rules * PerRule, definitions), (synced.Count, updated.Count));
        Assert.All(synced, result => Assert.Equal((SyncStatus.Updated, true), (result.Status, result.Verified)));
        Assert.All(updated, result => Assert.Equal((SyncStatus.Updated, true, 2, "1"), (result.Status, result.Verified, result.Revision, string.Join(",", result.Deregistered))));
        IReadOnlyList<Change> changes = account.Session.Get<ChangeJournal>().Read();
        Assert.Equal([(ChangeStatus.Applied, Rules * PerRule), (ChangeStatus.Applied, 2 * definitions)], changes.Select(change => (change.Status, change.TargetCount)));

        foreach (Change change in changes)
            Assert.All(await account.UndoAsync(change), result => Assert.Contains(result.Status, (SyncStatus[])[SyncStatus.Reverted, SyncStatus.Skipped]));
        Assert.Empty(account.Failures.Select(failure => failure.Error.Message));
        account.Sandbox.Faults.Clear();
        Assert.All(await account.ScanAsync("default"), target => Assert.Equal("job:1", target.JobDefinition));
        for (int i = 0; i < definitions; i++)
            Assert.Equal([$"{ImageAccount.Registry}/team/app:v1", $"{ImageAccount.Registry}/team/app:v2", $"{ImageAccount.Registry}/team/app:v1"], (await account.RevisionsAsync($"worker-{i:00}")).Select(revision => revision.Image()));
    }

    [Fact]
    public async Task A_run_whose_first_five_items_cannot_reach_the_service_ends_with_one_error()
    {
        await using Account account = await Account.OnSandboxAsync();
        await FillAsync(account, rules: 20);
        List<TargetRevision> seen = await account.ScanAsync("default");
        account.Sandbox!.Faults.Add(new FaultRule { Fault = Fault.ResetBefore() });

        OpsException error = await Assert.ThrowsAnyAsync<OpsException>(() => account.SyncAsync(seen));

        Assert.Equal((ErrorIds.Unreachable, true, 0), (error.ErrorId, error.EndsRun, account.Failures.Count));
        Assert.StartsWith("The run was ended because its first 5 items failed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calm_run_makes_the_fewest_calls()
    {
        await using Account account = await Account.OnSandboxAsync();
        await FillAsync(account, rules: 10);
        account.Sandbox!.ClearCalls();

        await account.SyncAsync(await account.ScanAsync("default"));

        Dictionary<string, int> calls = account.Sandbox.Calls.GroupBy(call => call.Operation).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal((1, 30, 10, 2, 1), (calls["ListRules"], calls["ListTargetsByRule"], calls["PutTargets"], calls["DescribeJobDefinitions"], calls["GetCallerIdentity"]));
        Assert.Equal(5, calls.Count);
    }

    [Fact]
    public async Task A_quota_slows_a_run_but_fails_nothing()
    {
        // The session believes in a higher quota than there is, and has to find the real one.
        ManualTimeProvider clock = new() { AutoAdvance = true };
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 1, RequestsPerSecond = 60, Burst = 100, TimeProvider = clock }, requestsPerSecond: 150, clock);
        await FillAsync(account, rules: 30);

        Assert.All(await account.SyncAsync(await account.ScanAsync("default")), result => Assert.Equal(SyncStatus.Updated, result.Status));
        Assert.Empty(account.Failures);
        Assert.Contains(account.Sandbox!.Calls, call => call.Status != 200);
    }

    [Fact]
    public async Task Expired_credentials_end_the_run_and_leave_what_can_be_undone()
    {
        await using Account account = await Account.OnSandboxAsync();
        await FillAsync(account);
        List<TargetRevision> seen = await account.ScanAsync("default");
        account.Sandbox!.Faults.Add(new FaultRule { Operation = "PutTargets", After = 10, Fault = Fault.Error(400, "ExpiredTokenException", "The security token included in the request is expired") });

        ServiceCallException error = await Assert.ThrowsAsync<ServiceCallException>(() => account.SyncAsync(seen));
        account.Sandbox.Faults.Clear();
        Change change = Assert.Single(account.Session.Get<ChangeJournal>().Read());
        List<TargetSyncResult> undone = await account.UndoAsync(change);

        Assert.Equal(ErrorIds.ExpiredCredentials, error.ErrorId);
        Assert.Contains("The security token included in the request is expired", error.Message, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.InFlight, change.Status);
        Assert.All(undone, result => Assert.Contains(result.Status, (SyncStatus[])[SyncStatus.Reverted, SyncStatus.AlreadyCurrent]));
        Assert.All(await account.ScanAsync("default"), target => Assert.Equal("job:1", target.JobDefinition));
    }

    [Fact]
    public async Task What_goes_wrong_with_one_rule_leaves_the_others_alone()
    {
        await using Account account = await Account.OnSandboxAsync();
        await FillAsync(account, rules: 6);
        List<TargetRevision> seen = await account.ScanAsync("default");
        FaultScript faults = account.Sandbox!.Faults;
        faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "\"r00\"", Fault = Fault.Error(400, "AccessDeniedException", "User is not authorized to perform: events:PutTargets") });
        faults.Add(new FaultRule { Operation = "ListTargetsByRule", BodyContains = "\"r01\"", Times = 1, Fault = Fault.ChangeUnderfoot("events", "PutTargets", $$"""{"Rule":"r01","Targets":[{{Account.Target("t0", "job:1", ""","Input":"theirs" """)}}]}""") });
        faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "\"r02\"", Fault = Fault.PartialFailure("ConcurrentModificationException", ["t3"]), Times = 2 });
        faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "\"r03\"", Fault = Fault.HoldEffect(3) });
        faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "\"r04\"", Fault = Fault.Malformed(), Times = 1 });
        faults.Add(new FaultRule { Operation = "ListTargetsByRule", BodyContains = "\"r05\"", Times = 1, Fault = Fault.ChangeUnderfoot("events", "RemoveTargets", """{"Rule":"r05","Ids":["t0"]}""") });

        // One rule at a time: while an effect is held, every listing is that of before, also that of a rule whose targets were just changed.
        List<TargetSyncResult> results = await account.SyncAsync(seen, new SyncOptions { ThrottleLimit = 1 });

        Assert.All(results, result => Assert.Equal(
            result.RuleName == "r00" ? ErrorIds.AccessDenied : result.ToString() is "default/r01/t0" or "default/r05/t0" ? ErrorIds.TargetChanged : null, result.ErrorId));
        Assert.All(results, result => Assert.Equal(result.ErrorId is null ? SyncStatus.Updated : SyncStatus.Failed, result.Status));
        Assert.Equal(7, account.Failures.Count);
        Assert.Contains(await account.ScanAsync("default"), target => target.Document.Contains("theirs", StringComparison.Ordinal) && target.JobDefinition == "job:1");
    }

    [Fact]
    public async Task Any_document_survives_a_sync_and_an_undo()
    {
        const int documents = 300;
        await using Account account = await Account.OnSandboxAsync(new SandboxOptions { Seed = 1, TargetsPerRule = 100, PageSize = 17, KeepUnknownMembers = true });
        await account.DefineAsync("job", 2);
        foreach (int[] some in Enumerable.Range(0, documents).Chunk(50))
            await account.RuleAsync("default", $"r{some[0]:000}", [.. some.Select(OddTarget)]);

        List<TargetRevision> before = await account.ScanAsync("default");
        Assert.Equal(documents, before.Count);
        Assert.All(await account.SyncAsync(before), result => Assert.Equal(SyncStatus.Updated, result.Status));
        List<TargetRevision> after = await account.ScanAsync("default");
        Assert.All(await account.UndoAsync(Assert.Single(account.Session.Get<ChangeJournal>().Read())), result => Assert.Equal(SyncStatus.Reverted, result.Status));
        List<TargetRevision> back = await account.ScanAsync("default");

        for (int i = 0; i < documents; i++)
        {
            string[] places = [.. DocumentDiff.Between(Document.Parse(before[i].Document), Document.Parse(after[i].Document)).Select(difference => difference.Pointer)];
            Assert.True(places is ["/BatchParameters/JobDefinition"], $"seed of {before[i]}: {string.Join(", ", places)}");
            Assert.Equal(Canonical(before[i].Document).Replace("\"job:1\"", "\"job:2\"", StringComparison.Ordinal), Canonical(after[i].Document));
            Assert.Equal(Canonical(before[i].Document), Canonical(back[i].Document));
        }
    }

    private static string OddTarget(int seed)
    {
        RandomDocument random = new(seed);
        string more = random.Below(4) switch
        {
            0 => ",\"Input\":" + JsonSerializer.Serialize(random.ObjectText(2)),
            1 => ",\"InputTransformer\":{\"InputPathsMap\":{\"k\":\"$.k\"},\"InputTemplate\":" + JsonSerializer.Serialize("{\"k\": <k>, \"t\": \"" + random.Text() + "\"}") + "}",
            2 => ",\"Deep\":" + string.Concat(Enumerable.Repeat("{\"d\":[", 100)) + "1e400" + string.Concat(Enumerable.Repeat("]}", 100)),
            _ => "",
        };
        return Account.Target($"t{seed:000}._-", "job:1", $"{more},\"Future\":{random.ObjectText(5)},\"ü {random.Below(9)}\":{random.ValueText(3)}");
    }

    /// <summary>Keys sorted, texts unescaped, numbers letter by letter: a comparison that shares nothing with the product's.</summary>
    private static string Canonical(string json)
    {
        StringBuilder text = new();
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2000 });
        Append(document.RootElement);
        return text.ToString();

        void Append(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    text.Append('{');
                    foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{member.Name.Length}:{member.Name}=");
                        Append(member.Value);
                    }

                    text.Append('}');
                    break;
                case JsonValueKind.Array:
                    text.Append('[');
                    foreach (JsonElement item in element.EnumerateArray())
                        Append(item);
                    text.Append(']');
                    break;
                case JsonValueKind.String:
                    text.Append('"').Append(element.GetString()).Append('"');
                    break;
                default:
                    text.Append(element.GetRawText()).Append(',');
                    break;
            }
        }
    }

    private static async Task FillAsync(Account account, int rules = Rules)
    {
        await account.DefineAsync("job", 2);
        await account.BatchAsync("CreateComputeEnvironment", """{"computeEnvironmentName":"ce","type":"UNMANAGED","serviceRole":"arn:aws:iam::123456789012:role/r"}""");
        await account.BatchAsync("CreateJobQueue", """{"jobQueueName":"main","state":"ENABLED","priority":1,"computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]}""");
        for (int rule = 0; rule < rules; rule++)
            await account.RuleAsync("default", $"r{rule:00}", [.. Enumerable.Range(0, PerRule).Select(id => Account.Target($"t{id}", "job:1"))]);
    }
}
