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

/// <summary>Undoes a change, using the journal.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="identity">Who is calling.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal of changes. The undo is recorded as a change as well and can be undone.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ChangeUndo(IEventBridgeApi events, IBatchApi batch, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>The Region in which a change is undone: the specified one, or else that of the change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="given">The Region that the user specified; null for none.</param>
    public static string RegionOf(Change change, string? given) => given ?? change.Region;

    /// <summary>The order in which several changes are undone.</summary>
    /// <param name="changes">The changes, each with what belongs to it.</param>
    /// <param name="of">The change of an element.</param>
    public static IEnumerable<T> LatestFirst<T>(IEnumerable<T> changes, Func<T, Change> of) => changes.OrderByDescending(one => of(one).Time);

    /// <summary>Reverts the targets and job definitions of a change, and returns the outcome for each.</summary>
    /// <remarks>
    /// A target is reverted only if it was not modified after the change. With force, only the fields that the change modified are reverted in
    /// the current document, and a target that no longer exists is created again. Targets that are already in their previous state are not
    /// written, so an undo can be repeated. For a revision that the change registered, a new one is registered with the modifications reverted,
    /// and targets that are pinned to the former are pinned to the latter. Deregistered revisions remain deregistered.
    /// </remarks>
    /// <param name="change">A change of this journal.</param>
    /// <param name="options">How to write.</param>
    /// <param name="approve">Asks for approval of each planned write.</param>
    /// <param name="observer">Receives progress and failures; the run continues after a failure.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
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

        // Targets that are pinned to a reverted revision follow it, wherever they are.
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

    /// <summary>The caller identity, if it was requested.</summary>
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
        // A redacted document cannot replace one that no longer exists.
        JsonObject? whole = item.Before!.Contains(SecretRedactor.Mark) ? null : before;
        return new PlannedTarget(draft, new TargetWrite(item.TargetId, now => DocumentDiff.Same(DocumentRedactor.Redact(now), after), now => DocumentDiff.Apply(now, back), whole));
    }
}
