using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Checks;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Core.Tests.Projects.LiveTesting;

/// <summary>An account in memory whose rules deliver to its queues. It dies at a call as told, and no later call reaches it then.</summary>
internal sealed class FakeLiveAccount : ITestBusApi, ITestQueueApi, IEventBusApi, IQueueApi
{
    private readonly Dictionary<string, FakeQueue> _queues = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _events;
    private int _messages;
    private int _calls;

    public FakeLiveAccount() => Account.Before = (words, _) =>
    {
        Call(words);
        return Task.CompletedTask;
    };

    public FakeAccount Account { get; } = new() { Caller = "111122223333" };

    public ManualTimeProvider Time { get; } = new() { AutoAdvance = true, Origin = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero) };

    public int Calls => _calls;

    /// <summary>The number of the call at which the process dies, from 1.</summary>
    public int? DiesAt { get; set; }

    /// <summary>Called before each call with its words; may throw.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Whether a rule matches, in place of its pattern: the number of the event, from 1, and the rule.</summary>
    public Func<int, string, bool?>? Matches { get; set; }

    /// <summary>What a target receives in place of its input.</summary>
    public Func<string, string, string>? Deliver { get; set; }

    public IReadOnlyList<EventEntry> Sent => [.. _sent];

    public IEnumerable<string> QueueNames => _queues.Keys;

    public IEnumerable<FakeQueue> Queues => _queues.Values;

    private readonly List<EventEntry> _sent = [];

    public LiveTester Tester()
    {
        ItemRetry retry = new(Time, () => 0.5);
        IdSource ids = new(Time, () => 0.25);
        return new LiveTester(new LiveTestPorts(Account, this, this, this, this, Account, new BusPresence(Account, Account, FakeAccount.Region, retry), ids, retry, Time), FakeAccount.Region);
    }

    public Task CreateBusAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        Call("CreateEventBus " + name);
        Account.Bus(name);
        Account.Tags[$"arn:aws:events:{FakeAccount.Region}:{FakeAccount.Id}:event-bus/{name}"] = tags;
        return Task.CompletedTask;
    }

    public Task PutRuleAsync(string eventBusName, string ruleName, string eventPattern, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        Call($"PutRule {eventBusName}/{ruleName}");
        Account.Rule(eventBusName, ruleName);
        JsonObject rule = Account.Bus(eventBusName)[ruleName].Document;
        rule["EventPattern"] = eventPattern;
        rule["EventBusName"] = eventBusName;
        if (tags.Count > 0)
            Account.Tags[rule.String("Arn")!] = tags;
        return Task.CompletedTask;
    }

    public Task RemoveTargetsAsync(string eventBusName, string ruleName, IReadOnlyList<string> targetIds, CancellationToken cancellationToken)
    {
        Call($"RemoveTargets {eventBusName}/{ruleName}");
        Account.Bus(eventBusName)[ruleName].Targets.RemoveAll(target => targetIds.Contains(target.String("Id")));
        return Task.CompletedTask;
    }

    public Task DeleteRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken)
    {
        Call($"DeleteRule {eventBusName}/{ruleName}");
        Assert.Empty(Account.Bus(eventBusName)[ruleName].Targets);
        Account.Bus(eventBusName).Remove(ruleName);
        return Task.CompletedTask;
    }

    public Task DeleteBusAsync(string name, CancellationToken cancellationToken)
    {
        Call("DeleteEventBus " + name);
        Assert.Empty(Account.Bus(name));
        Account.RemoveBus(name);
        return Task.CompletedTask;
    }

    public Task<string> CreateAsync(string name, string policy, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        Call("CreateQueue " + name);
        _queues.Add(name, new FakeQueue(policy, tags, []));
        return Task.FromResult("https://sqs/1/" + name);
    }

    public async IAsyncEnumerable<string> ListAsync(string namePrefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call("ListQueues " + namePrefix);
        await Task.Yield();
        foreach (string name in _queues.Keys.Where(name => name.StartsWith(namePrefix, StringComparison.Ordinal)).ToList())
            yield return "https://sqs/1/" + name;
    }

    public Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string queueUrl, CancellationToken cancellationToken)
    {
        Call("ListQueueTags " + queueUrl);
        return Task.FromResult(_queues[NameOf(queueUrl)].Tags);
    }

    public async Task<IReadOnlyList<TestMessage>> ReceiveAsync(string queueUrl, TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Call("ReceiveMessage " + queueUrl);
        lock (_lock)
        {
            List<TestMessage> messages = _queues[NameOf(queueUrl)].Messages;
            List<TestMessage> some = [.. messages.Take(10)];
            messages.RemoveRange(0, some.Count);
            Time.Advance(some.Count == 0 ? wait : TimeSpan.FromMilliseconds(40));
            return some;
        }
    }

    public Task DeleteAsync(string queueUrl, CancellationToken cancellationToken)
    {
        Call("DeleteQueue " + queueUrl);
        _queues.Remove(NameOf(queueUrl));
        return Task.CompletedTask;
    }

    public Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken) => Task.FromResult(DeadLetters);

    /// <summary>How many messages each dead-letter queue has.</summary>
    public long DeadLetters { get; set; }

    public Task<IReadOnlyList<PutEventAnswer>> PutEventsAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        Call("PutEvents");
        lock (_lock)
            return Task.FromResult<IReadOnlyList<PutEventAnswer>>([.. entries.Select(entry => new PutEventAnswer(Put(entry), null, null))]);
    }

    private string Put(EventEntry entry)
    {
        _sent.Add(entry);
        string id = $"00000000-0000-4000-8000-{++_events:D12}";
        JsonObject made = new()
        {
            ["version"] = "0",
            ["id"] = id,
            ["detail-type"] = entry.DetailType,
            ["source"] = entry.Source,
            ["account"] = Account.Caller,
            ["time"] = EventTime.Of(entry.Time!.Value),
            ["region"] = FakeAccount.Region,
            ["resources"] = new JsonArray([.. entry.Resources.Select(resource => JsonValue.Create(resource))]),
            ["detail"] = Document.Parse(entry.Detail),
        };
        JsonElement element = Document.Element(made);
        foreach ((string name, FakeRule rule) in Account.Bus(entry.Bus))
        {
            if (rule.Document.String("EventPattern") is not { } pattern || !(Matches?.Invoke(_events, name) ?? EventPattern.Parse(pattern).Matches(Document.WriteUtf8(made))))
                continue;
            foreach (JsonObject target in rule.Targets.Where(target => _queues.ContainsKey(target.String("Arn")!.Split(':')[^1])))
            {
                string input = TargetInput.Of(target, new InputFacts(element, name, $"arn:aws:events:{FakeAccount.Region}:{Account.Caller}:rule/{entry.Bus}/{name}", "2026-11-28T12:00:01Z")).Text!;
                string group = target["SqsParameters"]!["MessageGroupId"]!.GetValue<string>();
                _queues[target.String("Arn")!.Split(':')[^1]].Messages.Add(new TestMessage($"m{++_messages}", group, Deliver?.Invoke(group, input) ?? input));
            }
        }

        return id;
    }

    private void Call(string words)
    {
        // How often it is asked whether something has arrived is left to chance.
        int number = words.StartsWith("ReceiveMessage", StringComparison.Ordinal) ? _calls : Interlocked.Increment(ref _calls);
        if (number >= DiesAt)
            throw new InvalidOperationException($"Killed at call {number}: {words}");
        Before?.Invoke(words);
    }

    private static string NameOf(string url) => url[(url.LastIndexOf('/') + 1)..];
}

internal sealed record FakeQueue(string Policy, IReadOnlyDictionary<string, string> Tags, List<TestMessage> Messages);
