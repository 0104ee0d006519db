using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Images;

/// <summary>Finds the targets that new revisions of job definitions leave behind, and says how to repair them.</summary>
/// <param name="targets">Finds the targets.</param>
public sealed class TargetsBehind(TargetScanner targets)
{
    /// <summary>A command with more names would no longer be readable.</summary>
    private const int MostNames = 10;

    /// <summary>Looks for the targets on all event buses. What cannot be read is one warning, because the update itself is done.</summary>
    /// <param name="jobDefinitions">The job definitions with a new revision, without the revision; without any, nothing is looked for.</param>
    /// <param name="region">The Region that the command to repair them must name; null if it is that of the user.</param>
    /// <param name="throttleLimit">The maximum number of items to process at the same time.</param>
    /// <param name="observer">Receives progress and the warning.</param>
    /// <param name="cancellationToken">Ends the search at once.</param>
    /// <returns>What to do next; null if nothing is.</returns>
    public async Task<Message?> FindAsync(IReadOnlyCollection<string> jobDefinitions, string? region, int throttleLimit, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (jobDefinitions.Count == 0)
            return null;
        TargetQuery query = TargetQuery.Following([.. jobDefinitions], null, null, thorough: false, throttleLimit) with { Scope = new DriftScope { State = [nameof(RevisionState.Behind)] } };
        FirstFailure failures = new(observer);
        List<TargetRevision> behind = [];
        try
        {
            await foreach (TargetRevision target in targets.ScanAsync(query, failures, cancellationToken))
            {
                if (target.Exclusion is null)
                    behind.Add(target);
            }
        }
        catch (OpsException e) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Failed(new ItemFailure(e, null));
        }

        if (failures.Error is { } error)
        {
            observer.Warning(ImageMessages.TargetsNotChecked(error, Repair(jobDefinitions, region)));
            return null;
        }

        return behind.Count == 0 ? null : ImageMessages.TargetsBehind(behind.Count, Repair([.. behind.Select(target => target.JobDefinitionName!).Distinct(StringComparer.Ordinal)], region));
    }

    private static Message Repair(IReadOnlyCollection<string> jobDefinitions, string? region)
    {
        Message command = jobDefinitions.Count > MostNames ? ImageMessages.RepairAllTargets() : ImageMessages.RepairTargets(string.Join(",", jobDefinitions.OrderBy(name => name, StringComparer.Ordinal)));
        return region is null ? command : ImageMessages.InRegion(command, region);
    }
}
