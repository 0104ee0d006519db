using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Services;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Aws.Tests.Integration;

public sealed class EcsServiceTests(MotoFixture moto)
{
    private const string Registry = ImageAccount.Registry;
    private const string Breaker = """, "deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true},"maximumPercent":200,"minimumHealthyPercent":100} """;

    [Theory]
    [InlineData("moto")]
    [InlineData("sandbox")]
    public async Task An_image_is_deployed_skipped_and_undone(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);
        await ReadyAsync(account, engine);

        ServiceUpdateResult result = Assert.Single(await DeployAsync(account, engine, $"{engine}/app:v2"));
        Assert.Equal((SyncStatus.Updated, true, $"{engine}:1", $"{engine}:2", $"{Registry}/{engine}/app:v2"), (result.Status, result.Verified, result.PreviousTaskDefinition, result.TaskDefinition, result.Image));
        Assert.StartsWith("ecs-svc/", result.DeploymentId, StringComparison.Ordinal);
        Assert.NotNull(result.CreatedAt);
        JsonObject before = await DefinitionAsync(account, engine + ":1"), after = await DefinitionAsync(account, engine + ":2");
        Assert.Equal(["/containerDefinitions/0/image"], DocumentDiff.Between(before, after).Select(difference => difference.Pointer));
        Assert.Equal("""[{"key":"team","value":"a"}]""", Document.Write(after["tags"]));

        Change change = Assert.Single(Read(account));
        Assert.Equal((ChangeKind.Deployment, ChangeStatus.Applied), (change.Kind, change.Status));
        TargetSyncResult undone = (await account.UndoAsync(change)).Single(each => each.ServiceName is not null);
        Assert.Equal((SyncStatus.Reverted, $"service/{engine}/web"), (undone.Status, undone.ToString()));
        Assert.Equal(engine + ":1", (await ListAsync(account, engine))[0].TaskDefinition);
        Assert.Empty(account.Failures);
    }

    [Theory]
    [InlineData("moto")]
    [InlineData("sandbox")]
    public async Task Services_are_listed_by_wildcards(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);
        string name = engine + "list";
        await ReadyAsync(account, name);

        ServiceDeployment deployment = Assert.Single(await ListAsync(account, name + "*", "w*"));
        Assert.Equal((name, "web", name + ":1", true), (deployment.ClusterName, deployment.ServiceName, deployment.TaskDefinition, deployment.IsPrimary));
        Assert.Equal([$"{Registry}/{name}/app:v1", "busybox"], deployment.Image);
        Assert.Empty(await ListAsync(account, name, "none"));
        Assert.Equal(ErrorIds.ResourceNotFound, Assert.Single(account.Failures).Error.ErrorId);
        Assert.Empty(await ListAsync(account, "no-" + name));
        Assert.Equal("ClusterNotFoundException", Assert.IsType<ServiceCallException>(account.Failures[1].Error).Call.Code);
        AccountNames names = account.Session.Get<AccountNames>();
        Assert.Contains(name, (await names.FindAsync(new NameQuestion { Kind = NameKind.Cluster }, Given.Token)).Select(found => found.Name));
        Assert.Equal(["web"], (await names.FindAsync(new NameQuestion { Kind = NameKind.Service, ClusterName = [name] }, Given.Token)).Select(found => found.Name));
    }

    [Fact]
    public async Task A_forced_deployment_is_started_on_moto()
    {
        await using Account account = await Account.OnAsync("moto", moto);
        await ReadyAsync(account, "forced");
        string earlier = (await ListAsync(account, "forced"))[0].DeploymentId!;

        ServiceUpdateResult result = Assert.Single(await DeployAsync(account, "forced", null));

        Assert.Equal((SyncStatus.Updated, "forced:1"), (result.Status, result.TaskDefinition));
        Assert.NotEqual(earlier, result.DeploymentId);
        Assert.Contains("It is not known whether the service already ran", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completed_deployment_is_waited_for_and_then_skipped_until_the_tag_moves()
    {
        await using Account account = await OnSandboxAsync();
        await ReadyAsync(account, "wait", sidecar: false);

        Assert.Equal((SyncStatus.AlreadyCurrent, null), Assert.Single(await DeployAsync(account, "wait", null)) is var first ? (first.Status, first.Reason) : default);
        await account.PushAsync("wait/app", "v1", """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","annotations":{"of":"later"}}""");
        ServiceUpdateResult result = Assert.Single(await DeployAsync(account, "wait", null, wait: true));
        Assert.Equal((SyncStatus.Updated, ServiceState.Completed), (result.Status, result.State));
        Assert.Equal(SyncStatus.AlreadyCurrent, Assert.Single(await DeployAsync(account, "wait", "wait/app:v1", wait: true)).Status);
        Assert.Equal(1, account.Count("UpdateService"));
    }

    [Fact]
    public async Task A_rollback_of_the_circuit_breaker_is_reported_as_a_failure()
    {
        await using Account account = await OnSandboxAsync();
        await ReadyAsync(account, "broken", more: Breaker);
        await account.PostAsync("services", """{"service":"web","image":"broken/app:v2","fail":100,"reason":"Essential container in task exited"}""");

        ServiceUpdateResult result = Assert.Single(await DeployAsync(account, "broken", "broken/app:v2", wait: true));

        Assert.Equal((SyncStatus.Failed, ServiceState.RolledBack, ErrorIds.DeploymentFailed), (result.Status, result.State, result.ErrorId));
        Assert.Contains("circuit breaker", result.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("broken:1", (await ListAsync(account, "broken"))[0].TaskDefinition);
        // There is nothing left to undo.
        Assert.All((await account.UndoAsync(Read(account)[0])).Where(each => each.ServiceName is not null), each => Assert.Equal(SyncStatus.AlreadyCurrent, each.Status));
    }

    [Fact]
    public async Task A_storm_of_faults_deploys_each_service_once()
    {
        await using Account account = await OnSandboxAsync();
        await ReadyAsync(account, "storm");
        for (int i = 0; i < 10; i++)
            await account.EcsAsync("CreateService", $$"""{"cluster":"storm","serviceName":"s{{i}}","taskDefinition":"storm:1","desiredCount":1}""");
        account.Sandbox!.Faults.Add(new FaultRule { Fault = Fault.Throttle(), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Fault = Fault.InternalError(), Probability = 0.1 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "UpdateService", Fault = Fault.ResetAfter(), Probability = 0.3 });
        account.Sandbox.Faults.Add(new FaultRule { Operation = "RegisterTaskDefinition", Fault = Fault.ResetAfter(), Times = 1 });

        List<ServiceUpdateResult> results = await DeployAsync(account, "storm", "storm/app:v2");

        account.Sandbox.Faults.Clear();
        Assert.Equal(11, results.Count);
        Assert.All(results, result => Assert.Equal((SyncStatus.Updated, "storm:2"), (result.Status, result.TaskDefinition)));
        Assert.All(await ListAsync(account, "storm"), deployment => Assert.NotEqual("storm:3", deployment.TaskDefinition));
    }

    private static Task<Account> OnSandboxAsync()
    {
        ManualTimeProvider clock = new() { AutoAdvance = true };
        return Account.OnSandboxAsync(new SandboxOptions { Seed = 1, RecordBodies = true, TimeProvider = clock }, clock: clock);
    }

    /// <summary>A cluster, a repository and a task definition of this name, and the service "web".</summary>
    private static async Task ReadyAsync(Account account, string name, string more = "", bool sidecar = true)
    {
        await account.RepositoryAsync(name + "/app");
        await account.PushAsync(name + "/app", "v1");
        await account.PushAsync(name + "/app", "v2");
        await account.EcsAsync("CreateCluster", $$"""{"clusterName":"{{name}}"}""");
        string side = sidecar ? """,{"name":"side","image":"busybox","memory":64,"essential":false}""" : "";
        await account.EcsAsync("RegisterTaskDefinition", $$"""
            {"family":"{{name}}","containerDefinitions":[{"name":"main","image":"{{Registry}}/{{name}}/app:v1","memory":128,"essential":true,"environment":[{"name":"A","value":"1"}]}{{side}}],
             "tags":[{"key":"team","value":"a"}]}
            """);
        await account.EcsAsync("CreateService", $$"""{"cluster":"{{name}}","serviceName":"web","taskDefinition":"{{name}}:1","desiredCount":1{{more}}}""");
        account.Sandbox?.AdvanceTime(TimeSpan.FromSeconds(60));
    }

    private static Task<List<ServiceUpdateResult>> DeployAsync(Account account, string cluster, string? image, bool wait = false) => account.Session.Get<ServiceUpdate>().RunAsync(
        Streams.From([ServiceSelection.From([cluster], image is null ? ["web"] : null, image)]), new ServiceUpdateOptions { Wait = wait }, (_, _) => Task.FromResult(Approval.Write), account, Given.Token).ListAsync();

    private static Task<List<ServiceDeployment>> ListAsync(Account account, string cluster, string service = "web") =>
        account.Session.Get<ServiceDeploymentReader>().ReadAsync(new ServiceQuery { ClusterName = [cluster], ServiceName = [service] }, account, Given.Token).ListAsync();

    private static IReadOnlyList<Change> Read(Account account) => account.Session.Get<ChangeJournal>().Read();

    /// <summary>The task definition with its tags, without what each revision has of its own.</summary>
    private static async Task<JsonObject> DefinitionAsync(Account account, string reference)
    {
        JsonObject answer = await account.Session.Get<IEcsApi>().DescribeTaskDefinitionAsync(reference, Given.Token);
        JsonObject definition = answer["taskDefinition"]!.DeepClone().AsObject();
        foreach (string field in (string[])["taskDefinitionArn", "revision", "registeredAt", "registeredBy"])
            definition.Remove(field);
        definition["tags"] = answer["tags"]?.DeepClone();
        return definition;
    }
}
