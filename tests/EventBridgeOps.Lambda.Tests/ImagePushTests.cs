using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>A push becomes one revision, however often its event is delivered, and the target follows.</summary>
public sealed class ImagePushTests : FunctionTest
{
    [Fact]
    public async Task Five_deliveries_of_one_push_register_one_revision_and_move_the_target()
    {
        string push = await PushAsync("v2");
        string before = (await TargetAsync()).ToJsonString();
        await using RunningFunction function = new(Server, Settings);

        List<FunctionAnswer> answers = [];
        for (int delivery = 0; delivery < 5; delivery++)
            answers.Add((await function.InvokeAsync(push)).Succeeded());

        Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
        Assert.Equal(before.Replace("job:1", "job:2", StringComparison.Ordinal), (await TargetAsync()).ToJsonString());
        Assert.All(answers, answer => Assert.Equal(("ImagePush", "Done", "team/app", "v2"), (answer["task"], answer["status"], answer["repository"], answer["tag"])));
        Assert.Equal(["", "true", "true", "true", "true"], answers.Select(answer => answer["repeated"]));
        Assert.Single(answers.Select(answer => answer["changeIds"]).Distinct());
    }

    [Fact]
    public async Task Twenty_instances_that_get_one_push_at_once_register_one_revision()
    {
        string push = await PushAsync("v2");
        RunningFunction[] instances = [.. Enumerable.Range(0, 20).Select(_ => new RunningFunction(Server, Settings))];
        FunctionAnswer[] answers = await Task.WhenAll(instances.Select(instance => instance.InvokeAsync(push)));
        foreach (RunningFunction instance in instances)
            await instance.DisposeAsync();

        Assert.All(answers, answer => answer.Succeeded());
        Assert.Equal(19, answers.Count(answer => answer["repeated"] == "true"));
        Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
        Assert.Equal("job:2", await JobDefinitionAsync());
    }

    [Fact]
    public async Task Without_a_table_a_push_that_comes_again_still_registers_nothing()
    {
        string push = await PushAsync("v2");
        string journal = Directory.CreateTempSubdirectory("ebops-test-").FullName;
        await using RunningFunction function = new(Server, new Dictionary<string, string> { ["IMAGE_TAG"] = "v*", ["EBOPS_JOURNAL"] = journal });
        (await function.InvokeAsync(push)).Succeeded();
        (await function.InvokeAsync(push)).Succeeded();

        Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
        Assert.Single(function.Log, line => (string?)line["event"] == "warning" && ((string)line["message"]!).StartsWith("EBOPS_TABLE is not set.", StringComparison.Ordinal));
        Directory.Delete(journal, recursive: true);
    }

    [Fact]
    public async Task Two_pushes_in_the_wrong_order_leave_the_newer_image()
    {
        string older = await PushAsync("v2"), newer = await PushAsync("v3");
        await using RunningFunction function = new(Server, Settings);
        (await function.InvokeAsync(newer)).Succeeded();
        (await function.InvokeAsync(older)).Succeeded();

        Assert.Equal(["1 v1", "2 v3"], await ImagesAsync());
        Assert.Equal("job:2", await JobDefinitionAsync());
    }

    [Theory]
    [InlineData("IMAGE_TAG", "latest", "Nothing")]
    [InlineData("ECR_REPOSITORY_NAME", "team/other,web", "Nothing")]
    [InlineData("BATCH_JOB_DEFINITION_NAME", "missing", "Failed")]
    public async Task Only_what_is_configured_is_followed(string variable, string value, string status)
    {
        string push = await PushAsync("v2");
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { [variable] = value });
        Assert.Equal(status, (await function.InvokeAsync(push)).Succeeded()["status"]);
        Assert.Equal(["1 v1"], await ImagesAsync());
    }

    [Theory]
    [InlineData("Critical", "Done", "2 v2")]
    [InlineData("high", "Failed", "1 v1")]
    public async Task An_image_with_worse_findings_than_allowed_is_not_followed(string most, string status, string newest)
    {
        string push = await PushAsync("v2");
        Server.Faults.Add("DescribeImageScanFindings", Fault.Malformed("""{"imageScanStatus":{"status":"COMPLETE"},"imageScanFindings":{"findingSeverityCounts":{"CRITICAL":1}}}"""));
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_MAX_SEVERITY"] = most });
        FunctionAnswer answer = (await function.InvokeAsync(push)).Succeeded();
        Assert.Equal((status, newest), (answer["status"], (await ImagesAsync())[^1]));
    }

    [Fact]
    public async Task Old_revisions_are_deregistered_as_configured_once_no_target_names_them()
    {
        await using RunningFunction function = new(Server, new Dictionary<string, string>(Settings) { ["EBOPS_KEEP_REVISIONS"] = "1" });
        (await function.InvokeAsync(await PushAsync("v2"))).Succeeded();
        (await function.InvokeAsync(await PushAsync("v3"))).Succeeded();
        Assert.Equal(["2 v2", "3 v3"], await ImagesAsync());
        Assert.Equal("job:3", await JobDefinitionAsync());
    }

    [Fact]
    public async Task The_journal_in_the_table_is_read_and_undone_from_the_desk()
    {
        string push = await PushAsync("v2");
        await using RunningFunction function = new(Server, Settings);
        (await function.InvokeAsync(push)).Succeeded();

        using OpsSession desk = OpsSession.Open(new SessionOptions { JournalTable = Table, Host = new SessionHost { Environment = name => Server.Environment.GetValueOrDefault(name) } });
        ChangeJournal journal = desk.Get<ChangeJournal>();
        RecordingObserver observer = new();
        IReadOnlyList<Change> changes = await journal.ReadLastAsync(10, observer, Token);
        Assert.Equal([ChangeKind.ImageUpdate, ChangeKind.Sync], changes.Select(change => change.Kind));
        Assert.All(changes, change => Assert.Equal(ChangeStatus.Applied, change.Status));
        List<Change> all = [];
        await foreach (Change change in journal.ReadAsync(observer, Token))
            all.Add(change);
        Assert.Equal(changes.Select(change => change.Id), all.Select(change => change.Id));
        Assert.Empty(observer.Warnings);

        await foreach (TargetSyncResult result in desk.Get<ChangeUndo>().RunAsync(changes[1], new WriteOptions(), (_, _) => Task.FromResult(Approval.Write), observer, Token))
            Assert.Equal(SyncStatus.Reverted, result.Status);
        Assert.Equal("job:1", await JobDefinitionAsync());
    }
}
