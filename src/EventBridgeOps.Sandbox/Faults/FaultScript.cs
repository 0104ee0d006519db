using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>
/// The faults to inject: an ordered list of rules, each with its own count. All rules that match a call apply to it,
/// so that a call can be both slow and cut off.
/// </summary>
public sealed class FaultScript
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    private readonly object gate = new();
    private readonly List<Entry> entries = [];

    internal FaultScript(int? seed) => Random = new(seed);

    /// <summary>The current rules.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (gate)
                return entries.ConvertAll(entry => entry.Rule);
        }
    }

    /// <summary>Dice of its own, so that what else is random does not change what is struck.</summary>
    internal Randomness Random { get; }

    /// <summary>Adds a rule at the end.</summary>
    public void Add(FaultRule rule)
    {
        lock (gate)
            entries.Add(new(rule));
    }

    /// <summary>Adds a fault for an operation of any service, with a maximum number of times (null for no limit).</summary>
    public void Add(string operation, Fault fault, int? times = null) =>
        Add(new FaultRule { Operation = operation, Fault = fault, Times = times });

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (gate)
            entries.Clear();
    }

    /// <summary>Adds rules from JSON: one rule or an array of rules, in the form that <c>/_sandbox/faults</c> accepts.</summary>
    /// <exception cref="JsonException">The text is not valid; nothing is added.</exception>
    public void AddJson(string json)
    {
        List<FaultRule> rules;
        try
        {
            JsonNode? node = JsonNode.Parse(json);
            List<JsonNode?> nodes = node is JsonArray array ? array.ToList() : [node];
            rules = nodes.ConvertAll(item => KindFirst(item).Deserialize<FaultRule>(JsonOptions) ?? throw new JsonException(FaultMessages.RuleIsNull().ToString()));
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException(e.Message, e);
        }

        if (rules.Any(rule => rule.Fault is null))
            throw new JsonException(FaultMessages.RuleWithoutFault().ToString());
        rules.ForEach(Add);
    }

    /// <summary>The rules as JSON, in the form that <see cref="AddJson"/> accepts.</summary>
    public string ToJson() => JsonSerializer.Serialize(Rules, JsonOptions);

    /// <summary>The faults that strike this call, in order.</summary>
    internal IReadOnlyList<Fault> For(AwsCall call)
    {
        lock (gate)
            return entries.Where(entry => entry.Strikes(call, Random)).Select(entry => entry.Rule.Fault).ToList();
    }

    /// <summary>The serializer wants to know the fault's kind before it reads the rest; people write members in any order.</summary>
    private static JsonNode? KindFirst(JsonNode? rule)
    {
        if (rule is JsonObject members && members["fault"] is JsonObject fault && fault["kind"] is { } kind)
        {
            fault.Remove("kind");
            List<KeyValuePair<string, JsonNode?>> rest = fault.ToList();
            fault.Clear();
            fault.Add("kind", kind);
            rest.ForEach(fault.Add);
        }

        return rule;
    }

    private sealed class Entry(FaultRule rule)
    {
        private int matched;
        private int struck;

        public FaultRule Rule { get; } = rule;

        public bool Strikes(AwsCall call, Randomness random)
        {
            if (!Rule.IsAbout(call))
                return false;

            matched++;
            if (matched <= Rule.After || (Rule.Nth is { } nth && matched != nth) || struck >= Rule.Times)
                return false;
            if (Rule.Probability < 1 && random.Next() >= Rule.Probability)
                return false;

            struck++;
            return true;
        }
    }
}
