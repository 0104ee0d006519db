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
    /// <summary>How many rules a job queue must stand against. If every rule has a Batch target the detour was for nothing, and then it costs a quarter more at most.</summary>
    private const int RulesPerQueue = 4;

    private readonly Lazy<Task<List<JsonObject>>> _queues = new(() => batch.DescribeJobQueuesAsync(ended).ToListAsync(ended));

    /// <summary>Those of the bus's rules whose targets are worth listing.</summary>
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
            observer.Verbose($"Bus {bus.EventBusName}: {queues.Count} job queues name {named.Count} of {bus.Rules.Count} rules; only their targets are listed (use -Thorough to list all).");
            return bus with { Rules = [.. bus.Rules.Where(rule => named.Contains(rule.Name))] };
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Verbose($"Bus {bus.EventBusName}: the job queues cannot be asked ({e.ErrorId}), so the targets of every rule are listed.");
            return bus;
        }
    }
}
