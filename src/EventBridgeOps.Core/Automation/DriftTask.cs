using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>Targets are checked for drift, and repaired as far as the policy allows.</summary>
/// <param name="scanner">Finds targets.</param>
/// <param name="repair">Repairs targets.</param>
/// <param name="settings">The policy.</param>
public sealed class DriftTask(TargetScanner scanner, DriftRepair repair, DriftSettings settings)
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

        (IReadOnlyList<TargetSyncResult> repaired, IReadOnlyList<AutomationItem> items) = await repair.RunAsync(drift, failures, cancellationToken);
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
}
