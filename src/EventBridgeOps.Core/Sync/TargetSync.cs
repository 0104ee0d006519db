using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>Repairs the job definition references of Batch targets: plan, approve, read again, journal, write, verify.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="identity">Who is calling, for the journal.</param>
/// <param name="region">The region worked in.</param>
/// <param name="journal">Where the change is kept.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class TargetSync(IEventBridgeApi events, IBatchApi batch, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Syncs what is selected, and tells what became of each target, in order.</summary>
    /// <param name="selections">What to look after; selections of one rule that follow each other are written together.</param>
    /// <param name="options">What to do with them.</param>
    /// <param name="approve">Asks whether a planned write is wanted.</param>
    /// <param name="observer">Hears of progress, warnings and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends all at once; what was in flight stays in the journal, and can be undone from there.</param>
    /// <exception cref="OpsException">Nothing that follows could succeed: contradicting options, no credentials, a journal that cannot be written.</exception>
    public async IAsyncEnumerable<TargetSyncResult> RunAsync(
        IAsyncEnumerable<TargetSelection> selections,
        SyncOptions options,
        ApproveChange approve,
        IRunObserver observer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        RuleReader rules = new(events, retry);
        await using JobDefinitionCatalog catalog = new(batch);
        SyncPlanner planner = new(events, rules, retry, new RevisionJudge(catalog, region, retry), options, observer);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.Sync, region, null), options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(new RuleWriter(events, rules, retry, time), recorder, options, SyncStatus.Updated, approve, observer);
        IAsyncEnumerable<RulePlan> plans = OrderedParallel.SelectAsync(selections.GroupByRule(cancellationToken), options.ThrottleLimit, planner.PlanAsync, cancellationToken);
        await foreach (TargetSyncResult result in run.RunAsync(plans, options.RevertOnFailure, cancellationToken))
            yield return result;
    }
}

internal static class TargetSelectionStream
{
    /// <summary>Selections of one rule that follow each other, together.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TargetSelection>> GroupByRule(this IAsyncEnumerable<TargetSelection> selections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TargetSelection> group = [];
        await foreach (TargetSelection selection in selections.WithCancellation(cancellationToken))
        {
            if (group.Count > 0 && (group[0].EventBusName != selection.EventBusName || group[0].RuleName != selection.RuleName))
            {
                yield return group;
                group = [];
            }

            if (!group.Exists(other => other.TargetId == selection.TargetId))
                group.Add(selection);
        }

        if (group.Count > 0)
            yield return group;
    }
}
