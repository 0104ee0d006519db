using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Undo;

/// <summary>Puts back what a change wrote, from the journal.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="identity">Who is calling.</param>
/// <param name="region">The region worked in.</param>
/// <param name="journal">Where changes are kept; the undo is a change too, and can be undone.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class ChangeUndo(IEventBridgeApi events, IBatchApi batch, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Puts a change's targets and job definitions back, and tells what became of each.</summary>
    /// <remarks>
    /// A target is put back only where it is still as the change left it; under force only what the change changed is put back in what
    /// is there now, and a target that is gone is made anew. What is as it was before already is left alone, so an undo can be repeated.
    /// For a revision that the change registered a newer one is, with what the change changed put back, and the targets that were pinned
    /// to the one are pinned to the other. Revisions that it deregistered stay so.
    /// </remarks>
    /// <param name="change">A change of this journal.</param>
    /// <param name="options">How to write.</param>
    /// <param name="approve">Asks whether a planned write is wanted.</param>
    /// <param name="observer">Hears of progress and of what failed; the rest goes on.</param>
    /// <param name="cancellationToken">Ends all at once; what was in flight stays in the journal.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WrongAccountOrRegion"/>, or nothing that follows could succeed.</exception>
    public async IAsyncEnumerable<TargetSyncResult> RunAsync(Change change, WriteOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        CallerIdentity? caller = await CheckPlaceAsync(change, cancellationToken);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.Undo, region, change.Id) { Caller = caller }, options.ChangeStarted, observer, cancellationToken);
        RuleWriter writer = new(events, new RuleReader(events, retry), retry, time);
        ChangeRun run = new(writer, recorder, options, SyncStatus.Reverted, approve, observer);
        RegistrationUndo registrations = new(new JobDefinitionWriter(batch, retry, time, recorder), recorder, options, time, approve, observer);
        await foreach (TargetSyncResult result in registrations.RunAsync(change.Items, cancellationToken))
            yield return result;

        // What is pinned to a revision that was put back is moved on with it, wherever it is.
        HashSet<string> registered = [.. change.Items.Where(item => item.Kind == ChangeItemKind.Registration).Select(item => item.To).OfType<string>()];
        IEnumerable<RulePlan> plans = change.Items.Where(item => item.Kind == ChangeItemKind.Target && !registered.Contains(JobDefinitionText.Short(item.To ?? "")))
            .GroupBy(item => (item.EventBusName, item.RuleName))
            .Select(rule => new RulePlan(rule.Key.EventBusName, rule.Key.RuleName, [.. rule.Select(item => Plan(item, observer))]));
        IAsyncEnumerable<RulePlan> all = registrations.Replaced.Count == 0 ? Streams.From(plans) : RetargetAsync(plans, registrations.Replaced, options, observer, cancellationToken);
        await foreach (TargetSyncResult result in run.RunAsync(all, revertOnFailure: false, cancellationToken))
            yield return result;
    }

    private async IAsyncEnumerable<RulePlan> RetargetAsync(
        IEnumerable<RulePlan> plans, IReadOnlyList<(string From, string To)> replaced, WriteOptions options, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (RulePlan plan in plans)
            yield return plan;
        Dictionary<string, string> newer = replaced.ToDictionary(each => each.From, each => each.To, StringComparer.Ordinal);
        TargetQuery query = new()
        {
            Rules = new RuleQuery { EventBusName = ["*"], ThrottleLimit = options.ThrottleLimit },
            JobDefinition = [.. newer.Keys.Select(JobDefinitionText.Name)],
        };
        List<TargetRevision> pinned = [];
        await foreach (TargetRevision target in new TargetScanner(events, batch, region, retry).ScanAsync(query, observer, cancellationToken))
        {
            if (target.ManagedBy is null && newer.ContainsKey(JobDefinitionText.Short(target.JobDefinition)))
                pinned.Add(target);
        }

        foreach (IGrouping<(string EventBusName, string RuleName), TargetRevision> rule in pinned.GroupBy(target => (target.EventBusName, target.RuleName)))
            yield return new RulePlan(rule.Key.EventBusName, rule.Key.RuleName, [.. rule.Select(target => Move(target, newer[JobDefinitionText.Short(target.JobDefinition)]))]);
    }

    private static PlannedTarget Move(TargetRevision target, string to)
    {
        string reference = JobDefinitionReference.Parse(target.JobDefinition).WithRevision(JobDefinitionReference.Parse(to).Revision).ToString();
        JsonObject seen = Document.Parse(target.Document);
        TargetSyncResult draft = new() { EventBusName = target.EventBusName, RuleName = target.RuleName, TargetId = target.TargetId, From = target.JobDefinition, To = reference };
        return new PlannedTarget(draft, new TargetWrite(target.TargetId, now => DocumentDiff.Same(now, seen), now => TargetDocument.WithJobDefinition(now, reference)));
    }

    /// <summary>Who is calling, as far as it had to be asked.</summary>
    private async Task<CallerIdentity?> CheckPlaceAsync(Change change, CancellationToken cancellationToken)
    {
        if (change.Region != region)
            throw new OpsException(ErrorIds.WrongAccountOrRegion, UndoMessages.OtherRegion(change.Id, change.Region, region));
        if (change.AccountId is not { } account)
            return null;
        CallerIdentity caller = await retry.RunAsync(() => identity.GetCallerIdentityAsync(cancellationToken), cancellationToken);
        return caller.AccountId == account
            ? caller
            : throw new OpsException(ErrorIds.WrongAccountOrRegion, UndoMessages.OtherAccount(change.Id, account, change.Identity, caller.AccountId));
    }

    private static PlannedTarget Plan(ChangeItem item, IRunObserver observer)
    {
        JsonObject? before = item.Before is null ? null : Document.Parse(item.Before);
        JsonObject after = Document.Parse(item.After);
        TargetSyncResult draft = new()
        {
            EventBusName = item.EventBusName,
            RuleName = item.RuleName,
            TargetId = item.TargetId,
            From = item.To,
            To = item.From,
        };
        if (before is null)
            return new PlannedTarget(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(UndoMessages.NewTarget()) });
        List<DocumentDifference> back = [.. DocumentDiff.Between(after, before)];
        // A redacted document cannot be put in place of one that is gone.
        JsonObject? whole = item.Before!.Contains(SecretRedactor.Mark) ? null : before;
        return new PlannedTarget(draft, new TargetWrite(item.TargetId, now => DocumentDiff.Same(DocumentRedactor.Redact(now), after), now => DocumentDiff.Apply(now, back), whole));
    }
}
