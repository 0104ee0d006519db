using System.Text.Json;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>An engine, a session on it, a journal folder, and what is needed to fill the one and to run the other.</summary>
internal sealed class Account : RecordingObserver, IAsyncDisposable
{
    public const string Queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/main";

    private readonly AwsClient _client;

    private Account(ISandboxEngine engine, double requestsPerSecond = 10_000, TimeProvider? clock = null)
    {
        Sandbox = engine as SandboxServer;
        _client = new AwsClient(engine.Endpoint);
        Session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "test", SecretKey = "test", EndpointUrl = engine.Endpoint.ToString(), JournalPath = Folder, RequestsPerSecond = requestsPerSecond,
            Host = new SessionHost { Time = clock ?? new ManualTimeProvider { AutoAdvance = true } },
            RetryTimeout = TimeSpan.FromMinutes(20), // each wait moves the clock, so it runs ahead when many items wait at the same time
        });
    }

    public SandboxServer? Sandbox { get; }

    public OpsSession Session { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ebops-it-").FullName;

    /// <summary>Waiting for retries and for writes to show takes no time.</summary>
    public static async Task<Account> OnSandboxAsync(SandboxOptions? options = null, double requestsPerSecond = 10_000, ManualTimeProvider? clock = null) =>
        new(await SandboxServer.StartAsync(options ?? new SandboxOptions { Seed = 1, TargetsPerRule = 100 }, Given.Token), requestsPerSecond, clock);

    public static async Task<Account> OnAsync(string engine, MotoFixture moto) => engine == "sandbox" ? await OnSandboxAsync() : new Account(await moto.SharedAsync());

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        _client.Dispose();
        if (Sandbox is not null)
            await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public async Task EventsAsync(string operation, string body) => (await _client.Events(operation, body)).Succeeded();

    public async Task EcrAsync(string operation, string body) => (await _client.Ecr(operation, body)).Succeeded();

    public async Task BatchAsync(string operation, string body) => (await _client.Batch(operation, body)).Succeeded();

    public async Task<JsonElement> CallBatchAsync(string operation, string body) => (await _client.Batch(operation, body)).Succeeded().Json;

    public async Task<JsonElement> SqsAsync(string operation, string body) => (await _client.Send("sqs", "/", "AmazonSQS." + operation, body, "application/x-amz-json-1.0")).Succeeded().Json;

    public Task SnsAsync(string form) => FormAsync("sns", form + "&Version=2010-03-31");

    public Task IamAsync(string form) => FormAsync("iam", form + "&Version=2010-05-08");

    public async Task<JsonElement> EcsAsync(string operation, string body) => (await _client.Ecs(operation, body)).Succeeded().Json;

    private async Task FormAsync(string service, string form) => (await _client.Send(service, "/", null, form, "application/x-www-form-urlencoded")).Succeeded();

    public async Task PostAsync(string door, string body) => (await _client.Admin(HttpMethod.Post, door, body)).Succeeded();

    public async Task DefineAsync(string name, int revisions, params int[] deregistered)
    {
        for (int i = 0; i < revisions; i++)
            await BatchAsync("RegisterJobDefinition", $$$"""{"jobDefinitionName":"{{{name}}}","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""");
        foreach (int revision in deregistered)
            await BatchAsync("DeregisterJobDefinition", $$"""{"jobDefinition":"{{name}}:{{revision}}"}""");
    }

    public async Task RuleAsync(string bus, string rule, params string[] targets)
    {
        await EventsAsync("PutRule", $$$"""{"Name":"{{{rule}}}","EventBusName":"{{{bus}}}","EventPattern":"{\"source\":[\"mvp\"]}"}""");
        foreach (string[] some in targets.Chunk(10))
            await EventsAsync("PutTargets", $$"""{"Rule":"{{rule}}","EventBusName":"{{bus}}","Targets":[{{string.Join(',', some)}}]}""");
    }

    public static string Target(string id, string jobDefinition, string more = "") =>
        $$"""{"Id":"{{id}}","Arn":"{{Queue}}","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"{{jobDefinition}}","JobName":"n"}{{more}}}""";

    public Task<List<TargetRevision>> ScanAsync(string bus, bool thorough = true) =>
        Session.Get<TargetScanner>().ScanAsync(new TargetQuery { Rules = new RuleQuery { EventBusName = [bus] }, Thorough = thorough }, this, Given.Token).ListAsync();

    public Task<List<TargetSyncResult>> SyncAsync(IEnumerable<TargetRevision> targets, SyncOptions? options = null) =>
        Session.Get<TargetSync>().RunAsync(Each(targets.Select(TargetSelection.From)), options ?? new SyncOptions(), (_, _) => Task.FromResult(Approval.Write), this, Given.Token).ListAsync();

    public Task<List<TargetSyncResult>> UndoAsync(Change change) =>
        Session.Get<ChangeUndo>().RunAsync(change, new WriteOptions(), (_, _) => Task.FromResult(Approval.Write), this, Given.Token).ListAsync();

    private static async IAsyncEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }
}
