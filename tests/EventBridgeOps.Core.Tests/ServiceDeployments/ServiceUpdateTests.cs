using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Core.Tests.ServiceDeployments;

public sealed class ServiceUpdateTests : IDisposable
{
    private const string App = FakeEcs.Registry + "/team/app";
    private readonly Run _run = new(new FakeAccount());
    private readonly FakeEcs _ecs;

    public ServiceUpdateTests()
    {
        _ecs = _run.Ecs;
        _ecs.Image("team/app", "latest", "a").Image("team/app", "v1", "a").Image("team/app", "v2", "b");
        _ecs.Define("app", $"main={App}:v1", "side=public.ecr.aws/x/side:1").Service("prod", "web", "app:1");
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_new_image_changes_only_the_image_of_its_containers()
    {
        _ecs.Define("full", document =>
        {
            document["futureField"] = new JsonObject { ["a"] = 1.50m };
            document["volumes"] = new JsonArray(new JsonObject { ["name"] = "v" });
            document["tags"] = new JsonArray(Tag("team", "a"), Tag("aws:cloudformation:stack-name", "s"));
            document["containerDefinitions"]![0]!["environment"] = new JsonArray(new JsonObject { ["name"] = "DB_PASSWORD", ["value"] = "hunter22" });
        }, $"main={App}:v1", "side=public.ecr.aws/x/side:1", $"twin={App}:v1").Service("prod", "full", "full:1");

        ServiceUpdateResult result = Assert.Single(await DeployAsync("team/app:v2", "full"));

        Assert.Equal((SyncStatus.Updated, true, "full:1", "full:2", $"{App}:v1", $"{App}:v2"), (result.Status, result.Verified, result.PreviousTaskDefinition, result.TaskDefinition, result.PreviousImage, result.Image));
        Assert.Equal((ServiceState.Deploying, _ecs.Primary("prod/full")), (result.State, result.DeploymentId));
        Assert.Contains("its outcome is not known yet", result.Reason, StringComparison.Ordinal);
        JsonObject before = TaskDefinitionDocument.From(_ecs.Definition("full:1"))!.ForRegistration(), after = TaskDefinitionDocument.From(_ecs.Definition("full:2"))!.ForRegistration();
        Assert.Equal(["/containerDefinitions/0/image", "/containerDefinitions/2/image"], DocumentDiff.Between(before, after).Select(difference => difference.Pointer));
        Assert.Equal("""[{"key":"team","value":"a"}]""", Document.Write(after["tags"]));
        Assert.DoesNotContain("hunter22", _run.JournalText, StringComparison.Ordinal);
        Assert.Equal(["TaskDefinition full:1 -> full:2 Written", "Service full:1 -> full:2 Written"], Items(_run.Journal.Read()[^1]));
    }

    [Fact]
    public async Task What_runs_the_image_is_skipped()
    {
        ServiceUpdateResult result = Assert.Single(await DeployAsync("team/app:v1", "web"));

        Assert.Equal((SyncStatus.AlreadyCurrent, null, null), (result.Status, result.ChangeId, result.DeploymentId));
        Assert.Equal(0, _ecs.Count("UpdateService") + _ecs.Count("RegisterTaskDefinition"));
        Assert.Equal("", _run.JournalText);
    }

    [Fact]
    public async Task A_tag_that_was_moved_leads_to_a_new_deployment_and_only_one()
    {
        _ecs.Image("team/app", "v1", "c");

        Assert.Equal(SyncStatus.Updated, Assert.Single(await DeployAsync("team/app:v1")).Status);
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await DeployAsync("team/app:v1")).Status);

        Assert.Equal(["UpdateService prod/web force"], _ecs.Calls.Where(call => call.StartsWith("Update", StringComparison.Ordinal)));
        Assert.Equal(1, _ecs.Revisions("app"));
    }

    [Fact]
    public async Task What_cannot_be_known_is_deployed_and_said()
    {
        Assert.Contains("public.ecr.aws/x/side:1 is not in a private Amazon ECR registry", Assert.Single(await DeployAsync(null, "web")).Reason, StringComparison.Ordinal);
        _ecs.HasTasks = false;
        Assert.Contains("no task of its deployment is running", Assert.Single(await DeployAsync("team/app:v1", "web")).Reason, StringComparison.Ordinal);
        Assert.Equal(2, _ecs.Count("UpdateService"));
    }

    [Fact]
    public async Task Without_an_image_a_service_is_deployed_if_its_tag_moved()
    {
        _ecs.Define("solo", $"main={App}:latest").Service("prod", "solo", "solo:1").Service("test", "solo", "solo:1");
        Assert.All(await DeployAsync(null, "solo"), result => Assert.Equal(SyncStatus.AlreadyCurrent, result.Status));
        Assert.All(await DeployAsync(null, "solo", new ServiceUpdateOptions { ForceNewDeployment = true }), result => Assert.Equal(SyncStatus.Updated, result.Status));
        _ecs.Image("team/app", "latest", "d");
        List<ServiceUpdateResult> results = await DeployAsync(null, "solo");

        Assert.Equal(["prod/solo", "test/solo"], results.Select(result => result.ToString()));
        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, "solo:1", "solo:1"), (result.Status, result.PreviousTaskDefinition, result.TaskDefinition)));
    }

    [Theory]
    [InlineData('a', SyncStatus.AlreadyCurrent)]
    [InlineData('b', SyncStatus.Updated)]
    [InlineData(null, SyncStatus.AlreadyCurrent)]
    public async Task The_revision_of_a_service_says_what_it_runs_and_else_its_tasks(char? digest, SyncStatus status)
    {
        _ecs.ServiceRevisions.Add(Revision("r1", 1, 'a', "app:1"));
        _ecs.ServiceRevisions.Add(Revision("r2", 2, digest, "app:1"));
        _ecs["prod/web"]["currentServiceRevisions"] = new JsonArray(new JsonObject { ["arn"] = "r1" }, new JsonObject { ["arn"] = "r2" });

        Assert.Equal(status, Assert.Single(await DeployAsync("team/app:v1")).Status);
        Assert.Equal((1, digest is null ? 1 : 0), (_ecs.Count("DescribeServiceRevisions"), _ecs.Count("DescribeTasks")));

        static JsonObject Revision(string arn, int created, char? digest, string definition) => new()
        {
            ["serviceRevisionArn"] = arn, ["createdAt"] = 1_795_000_000 + created, ["taskDefinition"] = "arn:aws:ecs:eu-west-1:123456789012:task-definition/" + definition,
            ["containerImages"] = new JsonArray(new JsonObject { ["containerName"] = "main", ["imageDigest"] = digest is { } c ? "sha256:" + new string(c, 64) : null }),
        };
    }

    [Fact]
    public async Task Services_that_share_a_task_definition_share_its_revision()
    {
        _ecs.Service("prod", "web2", "app:1").Service("test", "web", "app:1").Define("other", "main=public.ecr.aws/x/y:1").Service("prod", "other", "other:1");

        List<ServiceUpdateResult> results = await DeployAsync($"{App}:v2");

        Assert.Equal(["prod/web", "prod/web2", "test/web"], results.Select(result => result.ToString()));
        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, "app:2"), (result.Status, result.TaskDefinition)));
        Assert.Equal(2, _ecs.Revisions("app"));
    }

    [Fact]
    public async Task An_undo_restores_the_task_definition_and_can_be_undone()
    {
        await DeployAsync("team/app:v2");
        _ecs.Complete("prod/web");

        List<TargetSyncResult> undone = await _run.UndoAsync();

        Assert.Equal(["service/prod/web Reverted app:2 app:1"], undone.Where(result => result.ServiceName is not null).Select(result => $"{result} {result.Status} {result.From} {result.To}"));
        Assert.Contains(undone, result => result.Status == SyncStatus.Skipped && result.Reason!.StartsWith("app:2 stays registered", StringComparison.Ordinal));
        Assert.Equal("app:1", _ecs.TaskDefinition("prod/web"));
        Assert.Equal(SyncStatus.AlreadyCurrent, (await _run.UndoAsync(_run.Journal.Read()[0].Id)).First(result => result.ServiceName is not null).Status);

        await _run.UndoAsync(_run.Journal.Read()[^1].Id);
        Assert.Equal("app:2", _ecs.TaskDefinition("prod/web"));
    }

    [Fact]
    public async Task An_undo_leaves_a_service_alone_that_was_changed_after_it()
    {
        await DeployAsync("team/app:v2");
        _ecs.Define("app", $"main={App}:v9");
        _ecs["prod/web"]["taskDefinition"] = ((string)_ecs["prod/web"]["taskDefinition"]!).Replace(":2", ":3", StringComparison.Ordinal);

        TargetSyncResult result = (await _run.UndoAsync()).Single(each => each.ServiceName is not null);

        Assert.Equal((SyncStatus.Failed, ErrorIds.TargetChanged), (result.Status, result.ErrorId));
        Assert.Equal("app:3", _ecs.TaskDefinition("prod/web"));
        await _run.UndoAsync(force: true);
        Assert.Equal("app:1", _ecs.TaskDefinition("prod/web"));
    }

    [Fact]
    public async Task A_run_that_ended_between_the_two_writes_is_finished_by_the_next()
    {
        using CancellationTokenSource killed = new();
        _ecs.After = call =>
        {
            if (call.StartsWith("Register", StringComparison.Ordinal))
                killed.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeployAsync("team/app:v2", cancellationToken: killed.Token));
        _ecs.After = null;
        Assert.Equal((2, "app:1"), (_ecs.Revisions("app"), _ecs.TaskDefinition("prod/web")));
        Assert.All(await _run.UndoAsync(), result => Assert.NotEqual(SyncStatus.Failed, result.Status));

        ServiceUpdateResult result = Assert.Single(await DeployAsync("team/app:v2"));

        Assert.Equal((SyncStatus.Updated, "app:2"), (result.Status, result.TaskDefinition));
        Assert.Equal((2, "app:2"), (_ecs.Revisions("app"), _ecs.TaskDefinition("prod/web")));
    }

    [Theory]
    [InlineData("RegisterTaskDefinition", true)]
    [InlineData("RegisterTaskDefinition", false)]
    [InlineData("UpdateService", true)]
    [InlineData("UpdateService", false)]
    public async Task A_write_with_an_unknown_outcome_is_read_before_it_is_sent_again(string operation, bool arrives)
    {
        int left = 1;
        Action<string> fail = call =>
        {
            if (call.StartsWith(operation, StringComparison.Ordinal) && left-- > 0)
                throw FakeEcs.Error(ErrorIds.ServiceUnavailable, operation, "ServerException", 500);
        };
        (_ecs.Before, _ecs.After) = arrives ? (null, fail) : (fail, (Action<string>?)null);

        ServiceUpdateResult result = Assert.Single(await DeployAsync("team/app:v2"));

        Assert.Equal((SyncStatus.Updated, "app:2", _ecs.Primary("prod/web")), (result.Status, result.TaskDefinition, result.DeploymentId));
        Assert.Equal((2, arrives ? 1 : 2), (_ecs.Revisions("app"), _ecs.Count(operation)));
    }

    [Fact]
    public async Task A_forced_deployment_with_an_unknown_outcome_is_started_once()
    {
        int left = 1;
        _ecs.After = call =>
        {
            if (call.StartsWith("UpdateService", StringComparison.Ordinal) && left-- > 0)
                throw FakeEcs.Error(ErrorIds.Unreachable, "UpdateService", "x", 0);
        };

        ServiceUpdateResult result = Assert.Single(await DeployAsync(null, "web"));

        Assert.Equal((SyncStatus.Updated, "ecs-svc/2", 1), (result.Status, result.DeploymentId, _ecs.Count("UpdateService")));
    }

    [Fact]
    public async Task A_deployment_that_another_run_started_in_the_meantime_is_enough()
    {
        ApproveChange other = (_, _) =>
        {
            _ecs.Deploy(_ecs["prod/web"], "IN_PROGRESS", null);
            return Task.FromResult(Approval.Write);
        };

        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await DeployAsync(null, "web", approve: other)).Status);
        Assert.Equal(0, _ecs.Count("UpdateService"));
    }

    [Fact]
    public async Task Every_service_is_deployed_once_under_a_storm_of_throttling()
    {
        for (int i = 0; i < 20; i++)
            _ecs.Define("f" + i, $"main={App}:v1").Service("storm", "s" + i.ToString("00", System.Globalization.CultureInfo.InvariantCulture), $"f{i}:1");
        Random random = new(7);
        _ecs.Before = call =>
        {
            bool fails;
            lock (random)
                fails = random.Next(100) < 30;
            if (fails)
                throw FakeEcs.Error(ErrorIds.Throttled, call, "ThrottlingException");
        };

        // Each wait moves the clock, so it would run ahead of an item if others waited at the same time.
        List<ServiceUpdateResult> results = await DeployAsync("team/app:v2", "s*", new ServiceUpdateOptions { ThrottleLimit = 1 });

        Assert.Equal(20, results.Count);
        Assert.All(results, result => Assert.Equal(SyncStatus.Updated, result.Status));
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(2, _ecs.Revisions("f" + i)));
        Assert.Equal(20, _ecs.Calls.Where(call => call.StartsWith("UpdateService", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task A_preview_shows_both_operations_and_writes_nothing()
    {
        List<string> operations = [];
        ServiceUpdateResult result = Assert.Single(await DeployAsync("team/app:v2", approve: (change, _) =>
        {
            operations.Add($"{change.Target}: {change.Action}");
            return Task.FromResult(Approval.WhatIf);
        }));

        Assert.Equal((SyncStatus.WouldUpdate, null), (result.Status, result.TaskDefinition));
        Assert.Equal(["task-definition/app:1: Register a new revision of task definition app:1 (app:v1 -> :v2)", "service/prod/web: Update service prod/web from task definition app:1 to the new revision"], operations);
        Assert.Equal((1, ""), (_ecs.Revisions("app"), _run.JournalText));
    }

    [Fact]
    public async Task What_is_missing_fails_by_itself()
    {
        Assert.Equal(ErrorIds.ImageNotFound, Assert.Single(await DeployAsync("team/app:v7")).ErrorId);
        Assert.Equal(ErrorIds.ContainerNotFound, Assert.Single(await DeployAsync("team/none:v1", "web")).ErrorId);
        Assert.Empty(await DeployAsync("team/app:v2", "absent"));
        Assert.Contains("Service absent was not found", _run.Failures[^1].Error.Message, StringComparison.Ordinal);
        _ecs.Service("prod", "blue", "app:1", service => service["deploymentController"] = new JsonObject { ["type"] = "CODE_DEPLOY" });
        ServiceUpdateResult other = Assert.Single(await DeployAsync("team/app:v2", "blue"));
        Assert.Equal((SyncStatus.Skipped, "its deployments are controlled by CODE_DEPLOY and not by Amazon ECS"), (other.Status, other.Reason));
        Assert.Equal(1, _ecs.Revisions("app"));
    }

    [Fact]
    public void Something_must_be_selected()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => ServiceSelection.From(["prod"], [], null)).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => ServiceSelection.From([], ["web"], "team/app")).ErrorId);
    }

    private static JsonObject Tag(string key, string value) => new() { ["key"] = key, ["value"] = value };

    private static IEnumerable<string> Items(Change change) => change.Items.Select(item => $"{item.Kind} {item.From} -> {item.To} {item.Status}");

    private Task<List<ServiceUpdateResult>> DeployAsync(string? image, string? service = null, ServiceUpdateOptions? options = null, ApproveChange? approve = null, CancellationToken? cancellationToken = null) =>
        new ServiceUpdate(_ecs, _ecs, _ecs, FakeAccount.Region, _run.Journal, _run.Retry, _run.Time).RunAsync(
            Streams.From([ServiceSelection.From(null, service is null ? null : [service], image)]), options ?? new ServiceUpdateOptions(), approve ?? Run.Yes, _run, cancellationToken ?? Run.Token).ToListAsync(Run.Token);
}
