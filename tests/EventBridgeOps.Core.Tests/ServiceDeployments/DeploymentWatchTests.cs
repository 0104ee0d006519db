using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Core.Tests.ServiceDeployments;

public sealed class DeploymentWatchTests : IDisposable
{
    private readonly Run _run = new(new FakeAccount());
    private readonly FakeEcs _ecs;

    public DeploymentWatchTests()
    {
        _ecs = _run.Ecs;
        _ecs.Define("app", $"main={FakeEcs.Registry}/app:v1").Image("app", "v1", "a").Image("app", "v2", "b").Service("prod", "web", "app:1");
        Then(_ => { }); // the update is read back
        Then(_ => { });
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_completed_deployment_is_a_success()
    {
        Then(ecs => ecs.Complete("prod/web"));

        ServiceUpdateResult result = await DeployAsync();

        Assert.Equal((SyncStatus.Updated, ServiceState.Completed, null), (result.Status, result.State, result.Reason));
        Assert.NotNull(result.CreatedAt);
        Assert.Contains(_run.ProgressSeen, progress => progress.Activity.ToString() == "Waiting for deployments");
    }

    [Theory]
    [InlineData(false, ServiceState.Failed, "of service prod/web failed: ECS")]
    [InlineData(true, ServiceState.RolledBack, "rolls the service back")]
    public async Task A_circuit_breaker_is_a_failure(bool rollback, ServiceState state, string words)
    {
        Then(ecs => ecs.Break("prod/web", rollback));

        ServiceUpdateResult result = await DeployAsync();

        Assert.Equal((SyncStatus.Failed, state, rollback, ErrorIds.DeploymentFailed), (result.Status, result.State, result.IsRolledBack, result.ErrorId));
        Assert.Contains(words, result.Reason, StringComparison.Ordinal);
        Assert.Contains("tasks failed to start", result.Reason, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.DeploymentFailed, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task A_rollback_that_is_over_is_a_failure_although_the_service_is_stable()
    {
        Then(ecs =>
        {
            ecs.History!.Add(new JsonObject { ["createdAt"] = ecs["prod/web"]["deployments"]![0]!["createdAt"]!.DeepClone(), ["status"] = "ROLLBACK_SUCCESSFUL", ["statusReason"] = "Service deployment rolled back because the circuit breaker threshold was exceeded." });
            ecs.Break("prod/web", rollback: true);
            ecs.Complete("prod/web");
        });

        ServiceUpdateResult result = await DeployAsync();

        Assert.Equal((SyncStatus.Failed, ServiceState.RolledBack), (result.Status, result.State));
        Assert.Contains("circuit breaker threshold", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_gone_and_not_recorded_is_unknown()
    {
        _ecs.History = null;
        Then(ecs =>
        {
            ecs.Deploy(ecs["prod/web"], "IN_PROGRESS", null);
            ecs.Complete("prod/web");
        });

        ServiceUpdateResult result = await DeployAsync();

        Assert.Equal((SyncStatus.Failed, ServiceState.Unknown, ErrorIds.NotVerified), (result.Status, result.State, result.ErrorId));
        Assert.Contains("UnknownOperationException", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_another_replaces_is_not_a_success()
    {
        Then(ecs => ecs.Deploy(ecs["prod/web"], "IN_PROGRESS", null));

        Assert.Equal((SyncStatus.Failed, ServiceState.Replaced), await DeployAsync() is var result ? (result.Status, result.State) : default);
    }

    [Fact]
    public async Task The_wait_ends_and_the_deployment_continues()
    {
        ServiceUpdateResult result = await DeployAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((SyncStatus.Failed, ServiceState.Deploying, ErrorIds.WaitTimeout), (result.Status, result.State, result.ErrorId));
        Assert.InRange(_run.Time.Now, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(62));
    }

    [Fact]
    public async Task Ten_services_are_watched_with_one_call()
    {
        for (int i = 0; i < 9; i++)
            _ecs.Service("prod", "w" + i, "app:1");
        _ecs.Steps.Clear();

        List<ServiceUpdateResult> results = await RunAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(10, results.Count);
        Assert.Equal(2, _ecs.Calls.Count(call => call.StartsWith("DescribeServices", StringComparison.Ordinal) && call.Split(',').Length == 10)); // one to plan, one to watch
    }

    private async Task<ServiceUpdateResult> DeployAsync(TimeSpan? timeout = null) => Assert.Single(await RunAsync(timeout ?? TimeSpan.FromMinutes(10)));

    private Task<List<ServiceUpdateResult>> RunAsync(TimeSpan timeout) => new ServiceUpdate(_ecs, _ecs, _ecs, FakeAccount.Region, _run.Journal, _run.Retry, _run.Time).RunAsync(
        Streams.From([ServiceSelection.From(["prod"], null, "app:v2")]), new ServiceUpdateOptions { Wait = true, TimeoutSeconds = (int)timeout.TotalSeconds }, Run.Yes, _run, Run.Token).ToListAsync(Run.Token);

    private void Then(Action<FakeEcs> step) => _ecs.Steps.Enqueue(step);
}
