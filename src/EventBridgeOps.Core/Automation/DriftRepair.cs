using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>Repairs targets as far as the policy allows.</summary>
/// <param name="sync">Repairs targets.</param>
/// <param name="owners">Finds out which stack a rule belongs to.</param>
/// <param name="settings">The policy.</param>
public sealed class DriftRepair(TargetSync sync, RuleOwner owners, DriftSettings settings)
{
    /// <summary>Repairs targets.</summary>
    /// <param name="drift">The targets.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    /// <returns>What became of the targets that the policy lets be repaired, and the other targets, each with why not.</returns>
    internal async Task<(IReadOnlyList<TargetSyncResult> Repaired, IReadOnlyList<AutomationItem> Others)> RunAsync(IReadOnlyList<TargetRevision> drift, IRunObserver observer, CancellationToken cancellationToken)
    {
        (IReadOnlyList<TargetRevision> repairable, List<AutomationItem> others) = settings.Mode == DriftMode.Report
            ? ([], [.. drift.Select(TargetFollower.Item)])
            : await SelectAsync(drift, observer, cancellationToken);
        return (repairable.Count == 0 ? [] : await TargetFollower.SyncAsync(sync, Streams.From(repairable.Select(TargetSelection.From)), observer, cancellationToken), others);
    }

    /// <summary>Which targets may be repaired; the others, each with the reason why not.</summary>
    private async Task<(IReadOnlyList<TargetRevision> Repairable, List<AutomationItem> Others)> SelectAsync(IReadOnlyList<TargetRevision> drift, IRunObserver observer, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> allowed = NamePattern.ParseAll(settings.Rules);
        List<TargetRevision> repairable = [];
        List<AutomationItem> others = [];
        foreach (TargetRevision target in drift)
        {
            Message? obstacle = !allowed.Any(name => name.IsMatch(target.RuleName)) ? AutomationMessages.RuleNotAllowed()
                : target.State is not (RevisionState.Behind or RevisionState.Inactive) ? AutomationMessages.NothingToRepairWith()
                : repairable.Count >= settings.MaxChanges ? AutomationMessages.LimitReached(settings.MaxChanges)
                : !settings.IncludeStackOwned ? await OwnerAsync(target, cancellationToken)
                : null;
            if (obstacle is null)
                repairable.Add(target);
            else
                others.Add(TargetFollower.Item(target) with { Reason = observer.Text(obstacle) });
        }

        return (repairable, others);
    }

    private async Task<Message?> OwnerAsync(TargetRevision target, CancellationToken cancellationToken)
    {
        try
        {
            return await owners.StackOfAsync(target.EventBusName, target.RuleName, cancellationToken) is { } stack ? AutomationMessages.OwnedByStack(stack) : null;
        }
        catch (OpsException e) when (!e.EndsRun && !FailureList.MayPass(e))
        {
            return AutomationMessages.OwnerUnknown(e);
        }
    }
}
