using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Plans;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>Repairs the job definition references of Batch targets: plan, approve, read again, journal, write, verify.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="identity">Who is calling, for the journal.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal in which the change is recorded.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class TargetSync(IEventBridgeApi events, IBatchApi batch, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Repairs the selected targets, and returns the outcome for each, in order.</summary>
    /// <param name="selections">The targets to repair. Consecutive selections of the same rule are written together.</param>
    /// <param name="options">The options.</param>
    /// <param name="approve">Asks for approval of each planned write.</param>
    /// <param name="observer">Receives progress, warnings and failures; the run continues after a failure.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal and can be undone.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, options contradict each other, there are no credentials, or the journal cannot be written.</exception>
    public IAsyncEnumerable<TargetSyncResult> RunAsync(IAsyncEnumerable<TargetSelection> selections, SyncOptions options, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken) =>
        PlanMaker.RunAsync(options, answer => WriteAsync(selections, options, answer, observer, cancellationToken), approve, () => new PlanMaker(ChangeKind.Sync, region, identity, time), observer, cancellationToken);

    private async IAsyncEnumerable<TargetSyncResult> WriteAsync(
        IAsyncEnumerable<TargetSelection> selections, SyncOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        RuleReader rules = new(events, retry);
        await using JobDefinitionCatalog catalog = new(batch);
        SyncPlanner planner = new(events, rules, retry, new RevisionJudge(catalog, region, retry), options, time, observer);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.Sync, region, null), options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(recorder, options, approve, observer, retry, time);
        IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> plans = OrderedParallel.SelectAsync(selections.GroupByRule(cancellationToken), options.ThrottleLimit, planner.PlanAsync, cancellationToken);
        await foreach (TargetSyncResult result in run.RunAsync(new TargetKind(events, rules), plans, SyncStatus.Updated, SyncMessages.WritingTargets(), cancellationToken))
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
