using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Metering;

/// <summary>What happened in a Region in the present minute. It is counted in memory, and written into the metrics when the minute ends or the metrics are read.</summary>
internal sealed class MinuteCounts
{
    private const string Namespace = "AWS/Events";
    private const string BusDimension = "EventBusName";
    private const string RuleDimension = "RuleName";
    private const int Metrics = (int)EventMetric.PutEventsFailedEntriesCount + 1;

    /// <summary>The dimensions of each metric beside those of the rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html.</summary>
    private static readonly HashSet<EventMetric> OfBus =
        [EventMetric.InvocationAttempts, EventMetric.RetryInvocationAttempts, EventMetric.SuccessfulInvocationAttempts, EventMetric.TriggeredRules];

    private static readonly HashSet<EventMetric> OfAccount = [.. OfBus, EventMetric.Invocations];

    private readonly Region state;
    private readonly Dictionary<(string Bus, string Rule), RuleCounts> rules = [];
    private readonly Dictionary<string, long[]> buses = new(StringComparer.Ordinal);
    private DateTimeOffset minute;
    private bool any;

    public MinuteCounts(Region state)
    {
        this.state = state;
        state.Settling += Write;
    }

    /// <summary>The counts of what has no event bus.</summary>
    public long[] Account { get; } = new long[Metrics];

    /// <summary>Says what time it is; something is about to be counted.</summary>
    public void At(DateTimeOffset now)
    {
        if (now < minute || now >= minute.AddMinutes(1))
        {
            Write();
            minute = MetricTime.Minute(now);
        }

        any = true;
        state.Touch();
        AlarmClock.Touch(state, now);
    }

    public RuleCounts Rule(string bus, string rule)
    {
        if (!rules.TryGetValue((bus, rule), out RuleCounts? counts))
            rules[(bus, rule)] = counts = new(Metrics);
        return counts;
    }

    public long[] Bus(string bus)
    {
        if (!buses.TryGetValue(bus, out long[]? counts))
            buses[bus] = counts = new long[Metrics];
        return counts;
    }

    private void Write()
    {
        if (!any)
            return;

        any = false;
        MetricStore store = new(state);
        store.Expire(minute);
        RuleCounts all = new(Metrics);
        foreach (IGrouping<string, KeyValuePair<(string Bus, string Rule), RuleCounts>> bus in rules.GroupBy(rule => rule.Key.Bus, StringComparer.Ordinal))
        {
            RuleCounts ofBus = new(Metrics);
            foreach (KeyValuePair<(string Bus, string Rule), RuleCounts> rule in bus)
            {
                Write(store, rule.Value, metric => metric < EventMetric.InvocationsCreated, Dimensions(rule.Key.Bus, rule.Key.Rule));
                ofBus.Add(rule.Value);
            }

            Write(store, ofBus, OfBus.Contains, (BusDimension, bus.Key));
            all.Add(ofBus);
        }

        Write(store, all, OfAccount.Contains);
        foreach (KeyValuePair<string, long[]> bus in buses)
            Write(store, bus.Value, _ => true, (BusDimension, bus.Key));
        Write(store, Account, _ => true);
        rules.Clear();
        buses.Clear();
        Array.Clear(Account, 0, Account.Length);
    }

    /// <summary>"Metrics that specify only the RuleName dimension refer to the default event bus."</summary>
    private static (string Name, string Value)[] Dimensions(string bus, string rule) =>
        bus == BusName.Default ? [(RuleDimension, rule)] : [(BusDimension, bus), (RuleDimension, rule)];

    private void Write(MetricStore store, RuleCounts counts, Func<EventMetric, bool> isWanted, params (string Name, string Value)[] dimensions)
    {
        Write(store, counts.Counts, isWanted, dimensions);
        Write(store, "IngestiontoInvocationStartLatency", counts.StartLatency, dimensions);
        Write(store, "IngestiontoInvocationCompleteLatency", counts.CompleteLatency, dimensions);
        Write(store, "IngestionToInvocationSuccessLatency", counts.SuccessLatency, dimensions);
        // The alarm in AWS's own template for global endpoints has this spelling: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-create-endpoint.html.
        if (dimensions.Length == 0)
            Write(store, "IngestionToInvocationStartLatency", counts.StartLatency, dimensions);
    }

    private void Write(MetricStore store, long[] counts, Func<EventMetric, bool> isWanted, params (string Name, string Value)[] dimensions)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0 || !isWanted((EventMetric)i))
                continue;
            MetricSample sample = new();
            sample.Add(1, counts[i]);
            store.Add(MetricName.Of(Namespace, ((EventMetric)i).ToString(), dimensions), "Count", minute, sample);
        }
    }

    private void Write(MetricStore store, string name, MetricSample latency, (string Name, string Value)[] dimensions)
    {
        if (latency.Count == 0)
            return;
        MetricSample sample = new();
        sample.Add(latency);
        store.Add(MetricName.Of(Namespace, name, dimensions), "Milliseconds", minute, sample);
    }
}

/// <summary>What happened with one rule, or with several.</summary>
internal sealed class RuleCounts(int metrics)
{
    public long[] Counts { get; } = new long[metrics];

    public MetricSample StartLatency { get; } = new();

    public MetricSample CompleteLatency { get; } = new();

    public MetricSample SuccessLatency { get; } = new();

    public void Add(EventMetric metric) => Counts[(int)metric]++;

    public void Add(RuleCounts other)
    {
        for (int i = 0; i < Counts.Length; i++)
            Counts[i] += other.Counts[i];
        StartLatency.Add(other.StartLatency);
        CompleteLatency.Add(other.CompleteLatency);
        SuccessLatency.Add(other.SuccessLatency);
    }
}
