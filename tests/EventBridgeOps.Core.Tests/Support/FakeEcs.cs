using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>Services, task definitions and images in memory: each call is noted, and fails as told.</summary>
internal sealed class FakeEcs : IEcsApi, IEcrApi, IIdentityApi
{
    public const string Registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private const string Arn = "arn:aws:ecs:eu-west-1:123456789012:";
    private const double Epoch = 1_795_000_000;

    private readonly ConcurrentQueue<string> _calls = new();
    private readonly SortedDictionary<string, JsonObject> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _running = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _deployments;

    /// <summary>Runs before each call with its words, such as <c>UpdateService c/app</c>; may throw.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Runs after a write has taken effect; may throw.</summary>
    public Action<string>? After { get; set; }

    /// <summary>What happens to services, one step at each description after an update.</summary>
    public Queue<Action<FakeEcs>> Steps { get; } = new();

    /// <summary>What ListServiceDeployments lists; null if the endpoint does not have it.</summary>
    public List<JsonObject>? History { get; set; } = [];

    public List<JsonObject> ServiceRevisions { get; } = [];

    public bool HasTasks { get; set; } = true;

    public IReadOnlyList<string> Calls => [.. _calls];

    public int Count(string operation) => _calls.Count(call => call.Split(' ')[0] == operation);

    public FakeEcs Image(string repository, string tag, string digest)
    {
        _images[$"{repository}:{tag}"] = "sha256:" + new string(digest[0], 64);
        return this;
    }

    /// <summary>Registers a revision with containers <c>name=image</c>.</summary>
    public FakeEcs Define(string family, params string[] containers) => Define(family, _ => { }, containers);

    public FakeEcs Define(string family, Action<JsonObject> more, params string[] containers)
    {
        JsonObject document = new()
        {
            ["family"] = family,
            ["containerDefinitions"] = new JsonArray([.. containers.Select(each => (JsonNode)new JsonObject { ["name"] = each.Split('=')[0], ["image"] = each.Split('=', 2)[1], ["essential"] = true })]),
        };
        more(document);
        Register(document);
        return this;
    }

    public FakeEcs Service(string cluster, string name, string definition, Action<JsonObject>? more = null)
    {
        JsonObject service = new()
        {
            ["serviceName"] = name, ["serviceArn"] = $"{Arn}service/{cluster}/{name}", ["clusterArn"] = $"{Arn}cluster/{cluster}", ["status"] = "ACTIVE", ["taskDefinition"] = $"{Arn}task-definition/{definition}",
            ["deployments"] = new JsonArray(),
        };
        more?.Invoke(service);
        _services[$"{cluster}/{name}"] = service;
        if ((string?)service["deploymentController"]?["type"] is null)
            Deploy(service, "COMPLETED", null);
        return this;
    }

    public JsonObject this[string service] => _services[service];

    public string TaskDefinition(string service) => EcsText.TaskDefinition((string)this[service]["taskDefinition"]!);

    public JsonObject Definition(string reference) => _families[reference.Split(':')[0]].Single(each => (int)each["taskDefinition"]!["revision"]! == int.Parse(reference.Split(':')[1], CultureInfo.InvariantCulture));

    public int Revisions(string family) => _families[family].Count;

    public string Primary(string service) => (string)this[service]["deployments"]![0]!["id"]!;

    /// <summary>Ends the most recent deployment.</summary>
    public void Complete(string service)
    {
        JsonArray deployments = (JsonArray)this[service]["deployments"]!;
        while (deployments.Count > 1)
            deployments.RemoveAt(1);
        deployments[0]!["rolloutState"] = "COMPLETED";
        deployments[0]!["rolloutStateReason"] = $"ECS deployment {deployments[0]!["id"]} completed.";
    }

    /// <summary>The circuit breaker ends the most recent deployment, with or without a rollback.</summary>
    public void Break(string service, bool rollback)
    {
        JsonObject document = this[service];
        JsonNode failed = document["deployments"]![0]!, earlier = document["deployments"]![1]!;
        failed["rolloutState"] = "FAILED";
        failed["rolloutStateReason"] = "ECS deployment circuit breaker: tasks failed to start.";
        if (!rollback)
            return;
        document["taskDefinition"] = earlier["taskDefinition"]!.DeepClone();
        Deploy(document, "IN_PROGRESS", $"ECS deployment circuit breaker: rolling back to deploymentId {earlier["id"]}.");
    }

    public JsonObject Deploy(JsonObject service, string state, string? reason)
    {
        JsonArray deployments = (JsonArray)service["deployments"]!;
        foreach (JsonNode? earlier in deployments)
            earlier!["status"] = "ACTIVE";
        string id = $"ecs-svc/{++_deployments}";
        JsonObject deployment = new()
        {
            ["id"] = id, ["status"] = "PRIMARY", ["taskDefinition"] = service["taskDefinition"]!.DeepClone(), ["rolloutState"] = state,
            ["rolloutStateReason"] = reason ?? $"ECS deployment {id} in progress.", ["createdAt"] = Epoch + (_deployments * 100), ["updatedAt"] = Epoch + (_deployments * 100), ["desiredCount"] = 1, ["runningCount"] = 1,
        };
        deployments.Insert(0, deployment);
        foreach (JsonNode? container in (JsonArray)Definition(EcsText.TaskDefinition((string)service["taskDefinition"]!))["taskDefinition"]!["containerDefinitions"]!)
            _running[$"{id} {container!["name"]}"] = Digest((string)container["image"]!) ?? "sha256:" + new string('0', 64);
        return deployment;
    }

    public static ServiceCallException Error(string errorId, string operation, string code = "Code", int status = 400) =>
        new(errorId, Message.Verbatim($"{operation} failed: {code}"), new FailedCall("ecs", operation, code, status, "r"));

    public async IAsyncEnumerable<string> ListClustersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call("ListClusters");
        await Task.Yield();
        foreach (string cluster in _services.Keys.Select(key => key.Split('/')[0]).Distinct().ToList())
            yield return $"{Arn}cluster/{cluster}";
    }

    public async IAsyncEnumerable<string> ListServicesAsync(string cluster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call("ListServices " + cluster);
        await Task.Yield();
        foreach (string key in _services.Keys.Where(key => key.StartsWith(cluster + "/", StringComparison.Ordinal)).ToList())
            yield return $"{Arn}service/{key}";
    }

    public async Task<IReadOnlyList<JsonObject>> DescribeServicesAsync(string cluster, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        Call($"DescribeServices {cluster}/{string.Join(',', services)}");
        await Task.Yield();
        lock (_lock)
        {
            if (_services.Keys.All(key => !key.StartsWith(cluster + "/", StringComparison.Ordinal)))
                throw Error(ErrorIds.ResourceNotFound, "DescribeServices", "ClusterNotFoundException");
            if (Count("UpdateService") > 0 && Steps.TryDequeue(out Action<FakeEcs>? step))
                step(this);
            return [.. services.Select(service => _services.GetValueOrDefault($"{cluster}/{service}")).OfType<JsonObject>().Select(service => service.DeepClone().AsObject())];
        }
    }

    public async Task<JsonObject> DescribeTaskDefinitionAsync(string taskDefinition, CancellationToken cancellationToken)
    {
        Call("DescribeTaskDefinition " + EcsText.TaskDefinition(taskDefinition));
        await Task.Yield();
        lock (_lock)
            return Definition(EcsText.TaskDefinition(taskDefinition)).DeepClone().AsObject();
    }

    public async IAsyncEnumerable<string> ListTaskDefinitionsAsync(string family, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call("ListTaskDefinitions " + family);
        await Task.Yield();
        foreach (JsonObject each in _families[family].AsEnumerable().Reverse().ToList())
            yield return (string)each["taskDefinition"]!["taskDefinitionArn"]!;
    }

    public async Task<JsonObject> RegisterTaskDefinitionAsync(JsonObject taskDefinition, CancellationToken cancellationToken)
    {
        string call = $"RegisterTaskDefinition {taskDefinition["family"]}";
        Call(call);
        await Task.Yield();
        JsonObject made;
        lock (_lock)
            made = Register(taskDefinition.DeepClone().AsObject());
        After?.Invoke(call);
        return made["taskDefinition"]!.DeepClone().AsObject();
    }

    public async Task<JsonObject> UpdateServiceAsync(JsonObject request, CancellationToken cancellationToken)
    {
        string key = $"{request["cluster"]}/{request["service"]}", call = $"UpdateService {key} {EcsText.TaskDefinition((string?)request["taskDefinition"] ?? "force")}";
        Call(call);
        await Task.Yield();
        JsonObject answer;
        lock (_lock)
        {
            JsonObject service = this[key];
            bool deploys = (bool?)request["forceNewDeployment"] == true;
            if (request["taskDefinition"] is { } definition && !JsonNode.DeepEquals(definition, service["taskDefinition"]))
            {
                service["taskDefinition"] = definition.DeepClone();
                deploys = true;
            }

            if (deploys)
                Deploy(service, "IN_PROGRESS", null);
            answer = service.DeepClone().AsObject();
        }

        After?.Invoke(call);
        return answer;
    }

    public async Task<IReadOnlyList<JsonObject>> DescribeServiceRevisionsAsync(IReadOnlyList<string> serviceRevisions, CancellationToken cancellationToken)
    {
        Call("DescribeServiceRevisions " + serviceRevisions.Count);
        await Task.Yield();
        return [.. ServiceRevisions.Where(revision => serviceRevisions.Contains(revision.String("serviceRevisionArn"))).Select(revision => revision.DeepClone().AsObject())];
    }

    public async IAsyncEnumerable<string> ListTasksAsync(string cluster, string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call($"ListTasks {cluster}/{service}");
        await Task.Yield();
        if (HasTasks)
            yield return $"{Arn}task/{cluster}/{service}";
    }

    public async Task<IReadOnlyList<JsonObject>> DescribeTasksAsync(string cluster, IReadOnlyList<string> tasks, CancellationToken cancellationToken)
    {
        Call($"DescribeTasks {cluster}");
        await Task.Yield();
        return [.. tasks.Select(task =>
        {
            string primary = Primary($"{cluster}/{EcsText.Name(task)}");
            return new JsonObject
            {
                ["taskArn"] = task, ["startedBy"] = primary,
                ["containers"] = new JsonArray([.. _running.Where(each => each.Key.StartsWith(primary + " ", StringComparison.Ordinal)).Select(each => (JsonNode)new JsonObject { ["name"] = each.Key.Split(' ')[1], ["imageDigest"] = each.Value })]),
            };
        })];
    }

    public async IAsyncEnumerable<JsonObject> ListServiceDeploymentsAsync(string cluster, string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call($"ListServiceDeployments {cluster}/{service}");
        await Task.Yield();
        foreach (JsonObject each in History ?? throw Error(ErrorIds.RequestRejected, "ListServiceDeployments", "UnknownOperationException"))
            yield return each.DeepClone().AsObject();
    }

    public Task<IReadOnlyList<JsonObject>> DescribeImagesAsync(EcrRepository repository, IReadOnlyList<ImageIdentifier> images, CancellationToken cancellationToken)
    {
        Call($"DescribeImages {repository.Name}:{images[0]}");
        string? digest = images[0].Digest ?? _images.GetValueOrDefault($"{repository.Name}:{images[0].Tag}");
        return digest is null ? throw Error(ErrorIds.ResourceNotFound, "DescribeImages", "ImageNotFoundException") : Task.FromResult<IReadOnlyList<JsonObject>>([new JsonObject { ["imageDigest"] = digest }]);
    }

    public Task<string?> GetImageManifestAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<JsonObject> DescribeImageScanFindingsAsync(EcrRepository repository, ImageIdentifier image, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<JsonObject> DescribeRepositoriesAsync(string region, string? registryId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<JsonObject> DescribeTaggedImagesAsync(string region, string? registryId, string repositoryName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken) => Task.FromResult(new CallerIdentity(FakeAccount.Id, $"arn:aws:iam::{FakeAccount.Id}:user/u", "u"));

    private void Call(string words)
    {
        _calls.Enqueue(words);
        Before?.Invoke(words);
    }

    private string? Digest(string image) => image.StartsWith(Registry + "/", StringComparison.Ordinal) ? _images.GetValueOrDefault(image[(Registry.Length + 1)..]) : null;

    private JsonObject Register(JsonObject request)
    {
        string family = request.String("family")!;
        if (!_families.TryGetValue(family, out List<JsonObject>? revisions))
            _families.Add(family, revisions = []);
        JsonNode? tags = request["tags"]?.DeepClone();
        request.Remove("tags");
        request["revision"] = revisions.Count + 1;
        request["taskDefinitionArn"] = $"{Arn}task-definition/{family}:{revisions.Count + 1}";
        request["status"] = "ACTIVE";
        request["registeredAt"] = Epoch;
        request["registeredBy"] = "someone";
        request["compatibilities"] = new JsonArray("EC2");
        JsonObject answer = new() { ["taskDefinition"] = request, ["tags"] = tags ?? new JsonArray() };
        revisions.Add(answer);
        return answer;
    }
}
