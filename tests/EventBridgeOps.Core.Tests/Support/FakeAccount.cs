using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Support;

/// <summary>An account in memory that notes each call, and fails as told.</summary>
internal sealed class FakeAccount : IEventBridgeApi, IBatchApi, IIdentityApi
{
    public const string Id = "123456789012";
    public const string Region = "eu-west-1";

    private readonly ConcurrentQueue<string> _calls = new();
    private readonly SortedDictionary<string, SortedDictionary<string, FakeRule>> _buses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (List<int> Active, List<int> Inactive)> _definitions = new(StringComparer.Ordinal);
    private readonly object _lock = new();

    /// <summary>Runs before each call with its words, such as <c>PutTargets bus/rule</c>; may throw, wait, or change the account.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>What PutTargets answers for each target: null takes it.</summary>
    public Func<string, string?>? EntryError { get; set; }

    /// <summary>The tags of rules, by ARN.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>> Tags { get; } = [];

    /// <summary>What TestEventPattern answers to a pattern and an event; may throw.</summary>
    public Func<string, string, bool>? TestPattern { get; set; }

    /// <summary>Runs after a write has taken effect; may throw.</summary>
    public Action<string>? AfterPut { get; set; }

    /// <summary>How many reads of targets still see the state before a write.</summary>
    public int StaleReads { get; set; }

    public List<string> Queues { get; } = [];

    public int DefinitionsPerPage { get; set; } = 100;

    public string Caller { get; set; } = Id;

    public IReadOnlyList<string> Calls => [.. _calls];

    public int Count(string operation) => _calls.Count(call => call.Split(' ')[0] == operation);

    public static string Queue(string name = "q") => $"arn:aws:batch:{Region}:{Id}:job-queue/{name}";

    public FakeAccount Define(string name, int[] active, int[]? inactive = null)
    {
        _definitions[name] = ([.. active], [.. inactive ?? []]);
        return this;
    }

    public FakeAccount Rule(string bus, string rule, params string[] targets) => RuleIn("ENABLED", null, bus, rule, targets);

    public FakeAccount RuleIn(string state, string? managedBy, string bus, string rule, params string[] targets)
    {
        JsonObject document = new() { ["Name"] = rule, ["State"] = state, ["Arn"] = $"arn:aws:events:{Region}:{Id}:rule/{bus}/{rule}" };
        if (managedBy is not null)
            document["ManagedBy"] = managedBy;
        Bus(bus)[rule] = new FakeRule(document, targets.Select(Document.Parse).ToList());
        return this;
    }

    public SortedDictionary<string, FakeRule> Bus(string bus)
    {
        lock (_lock)
        {
            if (!_buses.TryGetValue(bus, out SortedDictionary<string, FakeRule>? rules))
                _buses.Add(bus, rules = new(StringComparer.Ordinal));
            return rules;
        }
    }

    public void RemoveBus(string bus)
    {
        lock (_lock)
            _buses.Remove(bus);
    }

    public IReadOnlyList<string> BusNames
    {
        get
        {
            lock (_lock)
                return [.. _buses.Keys];
        }
    }

    public static string Target(string id, string jobDefinition, string more = "", string queue = "q") =>
        $$"""{"Id":"{{id}}","Arn":"{{Queue(queue)}}","RoleArn":"arn:aws:iam::{{Id}}:role/r","BatchParameters":{"JobDefinition":"{{jobDefinition}}","JobName":"n"}{{more}}}""";

    /// <summary>The target as it is now.</summary>
    public JsonObject this[string bus, string rule, string id] => Bus(bus)[rule].Targets.Single(target => target.String("Id") == id);

    public string? JobDefinition(string bus, string rule, string id) => (string?)this[bus, rule, id]["BatchParameters"]?["JobDefinition"];

    public void Change(string bus, string rule, string id, Action<JsonObject> change)
    {
        lock (_lock)
            change(this[bus, rule, id]);
    }

    public static ServiceCallException Error(string errorId, string operation = "Op", string code = "Code", int status = 400) =>
        new(errorId, Message.Verbatim($"{operation} failed: {code}"), new FailedCall("events", operation, code, status, "r"));

    public async IAsyncEnumerable<JsonObject> ListEventBusesAsync(string? namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync("ListEventBuses " + namePrefix, cancellationToken);
        foreach (string bus in _buses.Keys.Where(bus => namePrefix is null || bus.StartsWith(namePrefix, StringComparison.Ordinal)).ToList())
            yield return new JsonObject { ["Name"] = bus, ["Arn"] = $"arn:aws:events:{Region}:{Id}:event-bus/{bus}" };
    }

    public async Task<JsonObject> DescribeEventBusAsync(string eventBusName, CancellationToken cancellationToken)
    {
        await CallAsync("DescribeEventBus " + eventBusName, cancellationToken);
        return new JsonObject { ["Name"] = eventBusName };
    }

    public async IAsyncEnumerable<JsonObject> ListRulesAsync(string eventBusName, string? namePrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync("ListRules " + eventBusName, cancellationToken);
        foreach (FakeRule rule in Bus(eventBusName).Where(rule => namePrefix is null || rule.Key.StartsWith(namePrefix, StringComparison.Ordinal)).Select(rule => rule.Value).ToList())
            yield return rule.Document.DeepClone().AsObject();
    }

    public async Task<JsonObject> DescribeRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken)
    {
        await CallAsync($"DescribeRule {eventBusName}/{ruleName}", cancellationToken);
        return Find(eventBusName, ruleName).Document.DeepClone().AsObject();
    }

    public async Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string arn, CancellationToken cancellationToken)
    {
        await CallAsync("ListTagsForResource " + arn, cancellationToken);
        return Tags.TryGetValue(arn, out IReadOnlyDictionary<string, string>? tags) ? tags : new Dictionary<string, string>();
    }

    public async Task<bool> TestEventPatternAsync(string eventPattern, string document, CancellationToken cancellationToken)
    {
        await CallAsync("TestEventPattern " + eventPattern, cancellationToken);
        return TestPattern!(eventPattern, document);
    }

    public async IAsyncEnumerable<JsonObject> ListTargetsByRuleAsync(string eventBusName, string ruleName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync($"ListTargetsByRule {eventBusName}/{ruleName}", cancellationToken);
        foreach (JsonObject target in Read(eventBusName, ruleName))
            yield return target;
    }

    public async IAsyncEnumerable<string> ListRuleNamesByTargetAsync(string eventBusName, string targetArn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync($"ListRuleNamesByTarget {eventBusName} {targetArn}", cancellationToken);
        foreach (string rule in Bus(eventBusName).Where(rule => rule.Value.Targets.Exists(target => target.String("Arn") == targetArn)).Select(rule => rule.Key).ToList())
            yield return rule;
    }

    public async Task<IReadOnlyList<FailedTargetEntry>> PutTargetsAsync(string eventBusName, string ruleName, IReadOnlyList<JsonObject> targets, CancellationToken cancellationToken)
    {
        Assert.InRange(targets.Count, 1, 10);
        await CallAsync($"PutTargets {eventBusName}/{ruleName}", cancellationToken);
        List<FailedTargetEntry> failed = [];
        lock (_lock)
        {
            FakeRule rule = Find(eventBusName, ruleName);
            rule.Keep(StaleReads);
            foreach (JsonObject target in targets)
            {
                string id = target.String("Id")!;
                if (EntryError?.Invoke(id) is { } code)
                {
                    failed.Add(new FailedTargetEntry(id, code, "by script"));
                    continue;
                }

                rule.Targets.RemoveAll(other => other.String("Id") == id);
                rule.Targets.Add(target.DeepClone().AsObject());
            }
        }

        AfterPut?.Invoke($"{eventBusName}/{ruleName}");
        return failed;
    }

    public async IAsyncEnumerable<JsonObject> DescribeJobDefinitionsAsync(string jobDefinitionName, string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync($"DescribeJobDefinitions {jobDefinitionName} {status}", cancellationToken);
        if (!_definitions.TryGetValue(jobDefinitionName, out (List<int> Active, List<int> Inactive) revisions))
            yield break;
        foreach (int revision in status == "ACTIVE" ? revisions.Active : revisions.Inactive)
            yield return Definition(jobDefinitionName, revision);
    }

    public async IAsyncEnumerable<DocumentPage> DescribeJobDefinitionPagesAsync(string? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject[][] pages = [.. _definitions.SelectMany(definition => definition.Value.Active.Select(revision => Definition(definition.Key, revision))).Chunk(DefinitionsPerPage)];
        for (int page = 0; page < Math.Max(1, pages.Length); page++)
        {
            await CallAsync("Sweep " + page, cancellationToken);
            yield return new DocumentPage(pages.Length == 0 ? [] : pages[page], page >= pages.Length - 1);
        }
    }

    public async IAsyncEnumerable<JsonObject> DescribeJobQueuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync("DescribeJobQueues", cancellationToken);
        foreach (string queue in Queues)
            yield return new JsonObject { ["jobQueueName"] = queue, ["jobQueueArn"] = Queue(queue) };
    }

    // Images and what they register are tested over the wire.
    public IAsyncEnumerable<JsonObject> DescribeJobDefinitionRevisionsAsync(IReadOnlyList<string> jobDefinitions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RegisteredJobDefinition> RegisterJobDefinitionAsync(JsonObject jobDefinition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeregisterJobDefinitionAsync(string jobDefinition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<JsonObject> ListJobsAsync(string jobQueue, string jobStatus, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellationToken)
    {
        await CallAsync("GetCallerIdentity", cancellationToken);
        return new CallerIdentity(Caller, $"arn:aws:iam::{Caller}:user/alice", "AIDA");
    }

    private List<JsonObject> Read(string bus, string rule)
    {
        lock (_lock)
            return [.. Find(bus, rule).Read().Select(target => target.DeepClone().AsObject())];
    }

    private FakeRule Find(string bus, string rule) =>
        Bus(bus).TryGetValue(rule, out FakeRule? found) ? found : throw Error(ErrorIds.RuleNotFound, "Find", "ResourceNotFoundException");

    private async Task CallAsync(string words, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        _calls.Enqueue(words);
        if (Before is { } before)
            await before(words, cancellationToken);
    }

    private static JsonObject Definition(string name, int revision) => new() { ["jobDefinitionName"] = name, ["revision"] = revision, ["status"] = "ACTIVE" };
}

internal sealed class FakeRule(JsonObject document, List<JsonObject> targets)
{
    private List<JsonObject> _stale = [];
    private int _staleReads;

    public JsonObject Document => document;

    public List<JsonObject> Targets => targets;

    public void Keep(int reads) => (_stale, _staleReads) = ([.. targets], reads);

    public IEnumerable<JsonObject> Read() => _staleReads-- > 0 ? _stale : targets;
}
