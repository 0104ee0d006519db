using System.Text;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>An engine, a session on it, a journal folder, and what is needed to fill the one and to run the other.</summary>
internal sealed class Account : IRunObserver, IAsyncDisposable
{
    public const string Queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/main";

    private readonly HttpClient _http;
    private readonly List<ItemFailure> _failures = [];
    private readonly List<string> _warnings = [];

    private Account(string url, SandboxServer? sandbox, double requestsPerSecond, bool waits)
    {
        Sandbox = sandbox;
        _http = new HttpClient { BaseAddress = new Uri(url) };
        Session = OpsSession.Open(new SessionOptions
        {
            Region = "eu-west-1", AccessKey = "test", SecretKey = "test", EndpointUrl = url, JournalPath = Folder, RequestsPerSecond = requestsPerSecond,
            TimeProvider = waits ? TimeProvider.System : new ManualTimeProvider { AutoAdvance = true },
        });
    }

    public SandboxServer? Sandbox { get; }

    public OpsSession Session { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ebops-it-").FullName;

    public IReadOnlyList<ItemFailure> Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
                return [.. _warnings];
        }
    }

    /// <summary>Waiting for retries and for writes to show takes no time, unless a test is about time.</summary>
    public static async Task<Account> OnSandboxAsync(SandboxOptions? options = null, double requestsPerSecond = 10_000, bool waits = false)
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(options ?? new SandboxOptions { Seed = 1, TargetsPerRule = 100 }, Given.Token);
        return new Account(sandbox.Endpoint.ToString(), sandbox, requestsPerSecond, waits);
    }

    public static async Task<Account> OnAsync(string engine, MotoServer moto)
    {
        if (engine == "sandbox")
            return await OnSandboxAsync();
        string url = await moto.UrlAsync();
        Assert.SkipWhen(url.Length == 0, "moto_server is not on PATH, or did not start");
        return new Account(url, null, 10_000, waits: false);
    }

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        _http.Dispose();
        if (Sandbox is not null)
            await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public Task EventsAsync(string operation, string body) => SendAsync("/", "events", body, "AWSEvents." + operation);

    public Task EcrAsync(string operation, string body) => SendAsync("/", "ecr", body, "AmazonEC2ContainerRegistry_V20150921." + operation);

    public Task BatchAsync(string operation, string body) => SendAsync("/v1/" + operation.ToLowerInvariant(), "batch", body, null);

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
        Session.Targets.ScanAsync(new TargetQuery { Rules = new RuleQuery { EventBusName = [bus] }, Thorough = thorough }, this, Given.Token).ListAsync();

    public Task<List<TargetSyncResult>> SyncAsync(IEnumerable<TargetRevision> targets, SyncOptions? options = null) =>
        Session.Sync.RunAsync(Each(targets.Select(TargetSelection.From)), options ?? new SyncOptions(), (_, _) => Task.FromResult(Approval.Write), this, Given.Token).ListAsync();

    public Task<List<TargetSyncResult>> UndoAsync(Change change) =>
        Session.Undo.RunAsync(change, new WriteOptions(), (_, _) => Task.FromResult(Approval.Write), this, Given.Token).ListAsync();

    public void Progress(RunProgress progress)
    {
    }

    public IVoice Voice => NeutralVoice.Instance;

    public void Warning(Message message)
    {
        lock (_warnings)
            _warnings.Add(message.ToString());
    }

    public void Verbose(Message message)
    {
    }

    public void Failed(ItemFailure failure)
    {
        lock (_failures)
            _failures.Add(failure);
    }

    private static async IAsyncEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }

    private async Task SendAsync(string path, string service, string body, string? target)
    {
        using StringContent content = new(body, Encoding.UTF8);
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = content };
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20250101/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage response = await _http.SendAsync(request, Given.Token);
        Assert.True(response.IsSuccessStatusCode, $"{target}{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Given.Token)}\n{body}");
    }
}
