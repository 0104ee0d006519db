using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Targets;

/// <summary>
/// Finds the rules that can have Batch targets with fewer calls than listing the targets of each: a Batch target's ARN is that of its
/// job queue, and EventBridge lists the rules of a bus by target ARN.
/// </summary>
internal sealed class QueueRoute(IEventBridgeApi events, IBatchApi batch, IRunObserver observer, CancellationToken ended)
{
    /// <summary>The minimum number of rules per job queue. If every rule has a Batch target, the detour saves nothing and costs at most a quarter more calls.</summary>
    private const int RulesPerQueue = 4;

    private readonly Lazy<Task<List<JsonObject>>> _queues = new(() => batch.DescribeJobQueuesAsync(ended).ToListAsync(ended));

    /// <summary>The rules of the bus whose targets must be listed.</summary>
    public async Task<BusRules> NarrowAsync(BusRules bus, CancellationToken cancellationToken)
    {
        if (bus.Rules.Count < RulesPerQueue)
            return bus;
        try
        {
            List<string> queues = [.. (await _queues.Value).Select(queue => queue.String("jobQueueArn")).OfType<string>()];
            if (queues.Count * RulesPerQueue > bus.Rules.Count)
                return bus;
            HashSet<string> named = new(StringComparer.Ordinal);
            foreach (string queue in queues)
                named.UnionWith(await events.ListRuleNamesByTargetAsync(bus.EventBusName, queue, cancellationToken).ToListAsync(cancellationToken));
            observer.Verbose(TargetMessages.Narrowed(bus.EventBusName, named.Count, bus.Rules.Count, queues.Count));
            return bus with { Rules = [.. bus.Rules.Where(rule => named.Contains(rule.Name))] };
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Verbose(TargetMessages.NotNarrowed(bus.EventBusName, e));
            return bus;
        }
    }
}
