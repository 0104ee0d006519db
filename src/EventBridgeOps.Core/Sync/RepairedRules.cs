using EventBridgeOps.Changes;
using EventBridgeOps.DeadLetters;

namespace EventBridgeOps.Sync;

/// <summary>The rules whose targets a sync found in order, or put in order: events that they missed can be delivered.</summary>
public sealed class RepairedRules
{
    private readonly HashSet<string> _buses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);

    /// <summary>Notes a result.</summary>
    /// <param name="result">The result of a target.</param>
    public void Add(TargetSyncResult result)
    {
        if (result.Status is not (SyncStatus.Updated or SyncStatus.AlreadyCurrent or SyncStatus.WouldUpdate) || result.RuleName.Length == 0)
            return;
        lock (_rules)
        {
            _buses.Add(result.EventBusName);
            _rules.Add(result.RuleName);
        }
    }

    /// <summary>What delivers the events that these rules missed; null if there are no rules.</summary>
    /// <param name="options">The options of the sync.</param>
    public RedriveOptions? Redrive(SyncOptions options)
    {
        lock (_rules)
            return !options.ResumeDeadLetter || _rules.Count == 0 ? null : new RedriveOptions { EventBusName = [.. _buses], RuleName = [.. _rules], ThrottleLimit = options.ThrottleLimit };
    }
}
