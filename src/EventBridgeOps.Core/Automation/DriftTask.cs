using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>Targets are checked for drift, and repaired as far as the policy allows.</summary>
/// <param name="scanner">Finds targets.</param>
/// <param name="sync">Repairs targets.</param>
/// <param name="owners">Finds out which stack a rule belongs to.</param>
/// <param name="settings">The policy.</param>
public sealed class DriftTask(TargetScanner scanner, TargetSync sync, RuleOwner owners, DriftSettings settings)
{
    /// <summary>Checks, and repairs if the policy says so.</summary>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    /// <exception cref="OpsException">A failure that may pass: the check should be run again.</exception>
    public async Task<AutomationOutcome> RunAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureList failures = new(observer);
        TargetQuery query = TargetQuery.From(RuleQuery.From(settings.EventBuses, ["*"], ThrottleLimits.Default, _ => null), null, null, thorough: false, _ => null);
        List<TargetRevision> drift = [];
        int checkedTargets = 0;
        await foreach (TargetRevision target in scanner.ScanAsync(query, failures, cancellationToken))
        {
            checkedTargets++;
            if (target.IsDrift())
                drift.Add(target);
        }

        (IReadOnlyList<TargetRevision> repairable, List<AutomationItem> items) = settings.Mode == DriftMode.Report
            ? ([], [.. drift.Select(TargetFollower.Item)])
            : await SelectAsync(drift, observer, cancellationToken);
        IReadOnlyList<TargetSyncResult> repaired = repairable.Count == 0 ? [] : await TargetFollower.SyncAsync(sync, Streams.From(repairable.Select(TargetSelection.From)), failures, cancellationToken);
        failures.ThrowIfMayPass();

        int moved = repaired.Count(result => result.Status == Changes.SyncStatus.Updated);
        Message said = drift.Count == 0 ? AutomationMessages.NoDrift(checkedTargets)
            : settings.Mode == DriftMode.Report ? AutomationMessages.DriftReported(checkedTargets, drift.Count)
            : AutomationMessages.DriftRepaired(checkedTargets, drift.Count, moved);
        return new AutomationOutcome
        {
            Task = AutomationTask.DriftCheck,
            Status = failures.Errors.Count > 0 ? AutomationStatus.Failed : drift.Count == 0 ? AutomationStatus.Nothing : AutomationStatus.Done,
            Message = observer.Text(failures.Errors.Count == 0 ? said : AutomationMessages.WithFailures(said, failures.Errors.Count, failures.Errors[0])),
            ChangeIds = TargetFollower.Changes(repaired.Select(result => result.ChangeId)),
            Items = [.. repaired.Select(TargetFollower.Item), .. items],
            Drift = drift.Count - moved,
        };
    }

    /// <summary>Which targets may be repaired; the others, each with the reason why not.</summary>
    private async Task<(IReadOnlyList<TargetRevision> Repairable, List<AutomationItem> Others)> SelectAsync(List<TargetRevision> drift, IRunObserver observer, CancellationToken cancellationToken)
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
