using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Undo;

/// <summary>Undoes a change, using the journal.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="ecs">The account's Amazon ECS.</param>
/// <param name="identity">Who is calling.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal of changes. The undo is recorded as a change as well and can be undone.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ChangeUndo(IEventBridgeApi events, IBatchApi batch, IEcsApi ecs, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
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
    /// A service runs its previous task definition again, if it still runs the one of the change; a task definition that the change registered remains.
    /// An event that was delivered cannot be taken back.
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
        CallerIdentity? caller = await PlaceCheck.RunAsync(
            (change.Region, change.AccountId), region, identity, retry, () => UndoMessages.OtherRegion(change.Id, change.Region, region),
            account => UndoMessages.OtherAccount(change.Id, change.AccountId!, change.Identity, account), cancellationToken);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.Undo, region, change.Id) { Caller = caller }, options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(recorder, options, approve, observer, retry, time) { PreviewedRegion = options.WhatIf ? region : null };
        TargetKind targets = new(events, new RuleReader(events, retry));

        List<(string From, string? To)> replaced = []; // the number of a revision that would be registered is not known
        await foreach (TargetSyncResult result in RunAsync(run, new RegistrationKind(batch, time), change, observer, cancellationToken))
        {
            if (result is { Status: SyncStatus.Reverted, To: not null } or { Status: SyncStatus.WouldUpdate })
                replaced.AddRange(Made(change, result.JobDefinitionName!).Append(result.From).OfType<string>().Distinct().Select(revision => (revision, result.To)));
            yield return result;
        }

        foreach (IResourceKind kind in (IResourceKind[])[new DeregistrationKind(batch), new ServiceKind(ecs, retry), new TaskDefinitionKind(ecs, retry)])
        {
            await foreach (TargetSyncResult result in RunAsync(run, kind, change, observer, cancellationToken))
                yield return result;
        }

        foreach (ChangeItem item in change.Items.Where(item => item is { Kind: ChangeItemKind.DeadLetter, Status: ChangeItemStatus.Written or ChangeItemStatus.InFlight }))
            yield return TargetSyncResult.For(item.Resource) with { From = item.From, To = item.To, Status = SyncStatus.Skipped, Reason = observer.Text(UndoMessages.CannotTakeBack(item.From ?? "")) };

        // Targets that are pinned to a reverted revision follow it, wherever they are.
        HashSet<string> registered = [.. change.Items.Where(item => item.Kind == ChangeItemKind.Registration).Select(item => item.To).OfType<string>()];
        ChangeItem[] items = [.. change.Items.Where(item => item.Kind == ChangeItemKind.Target && !registered.Contains(JobDefinitionText.Short(item.To ?? "")))];
        IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> plans = Plan(targets, items, observer);
        if (replaced.Count > 0)
            plans = RetargetAsync(plans, replaced, options, approve, observer, cancellationToken);
        await foreach (TargetSyncResult result in run.RunAsync(targets, plans, SyncStatus.Reverted, UndoMessages.Reverting(), cancellationToken))
            yield return result;
    }

    private IAsyncEnumerable<TargetSyncResult> RunAsync(ChangeRun run, IResourceKind kind, Change change, IRunObserver observer, CancellationToken cancellationToken) =>
        run.RunAsync(kind, Plan(kind, [.. change.Items.Where(item => item.Kind == kind.Kind)], observer), SyncStatus.Reverted, UndoMessages.Reverting(), cancellationToken);

    /// <summary>What the change wrote, group by group, and how it is reverted.</summary>
    private IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> Plan(IResourceKind kind, IReadOnlyList<ChangeItem> items, IRunObserver observer) => Streams.From<IReadOnlyList<Draft<TargetSyncResult>>>(
        items.GroupBy(item => kind.GroupOf(item.Resource)).Select(group => (IReadOnlyList<Draft<TargetSyncResult>>)
            [.. group.GroupBy(item => item.Resource).Select(written => Plan(written.Key, kind.Undo([.. written], time.GetUtcNow()), observer)).OfType<Draft<TargetSyncResult>>()]));

    private static Draft<TargetSyncResult>? Plan(ResourceId resource, UndoStep step, IRunObserver observer) => step switch
    {
        { Item: { } item } => new(TargetSyncResult.For(resource) with { From = item.From, To = resource.Kind == ChangeItemKind.Registration ? null : item.To }, item),
        { Reason: { } reason } => new(TargetSyncResult.For(resource) with { Status = SyncStatus.Skipped, Reason = observer.Text(reason), To = resource.Kind is ChangeItemKind.Deregistration or ChangeItemKind.TaskDefinition ? resource.Name : null }),
        _ => null,
    };

    private static IEnumerable<string?> Made(Change change, string jobDefinition) =>
        change.Items.Where(item => item.Kind == ChangeItemKind.Registration && item.JobDefinitionName == jobDefinition).Select(item => item.To);

    private async IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> RetargetAsync(
        IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> plans, IReadOnlyList<(string From, string? To)> replaced, WriteOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<Draft<TargetSyncResult>> plan in plans.WithCancellation(cancellationToken))
            yield return plan;
        Dictionary<string, string?> newer = replaced.ToDictionary(each => each.From, each => each.To, StringComparer.Ordinal);
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
        {
            List<Draft<TargetSyncResult>> moves = [];
            foreach (TargetRevision target in rule)
                moves.Add(newer[JobDefinitionText.Short(target.JobDefinition)] is { } to ? Move(target, to) : await PreviewMoveAsync(target, approve, observer, cancellationToken));
            yield return moves;
        }
    }

    private static async Task<Draft<TargetSyncResult>> PreviewMoveAsync(TargetRevision target, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        ResourceId resource = ResourceId.Target(target.EventBusName, target.RuleName, target.TargetId);
        Message action = SyncMessages.UpdateToNew(target.TargetId, target.RuleName, JobDefinitionText.Short(target.JobDefinition));
        await approve(new PlannedChange(resource.ToString(), action), cancellationToken);
        return new(TargetSyncResult.For(resource) with { From = target.JobDefinition, Status = SyncStatus.WouldUpdate });
    }

    private Draft<TargetSyncResult> Move(TargetRevision target, string to)
    {
        string reference = JobDefinitionReference.Parse(target.JobDefinition).WithRevision(JobDefinitionReference.Parse(to).Revision).ToString();
        PlannedItem item = TargetKind.Plan(ResourceId.Target(target.EventBusName, target.RuleName, target.TargetId), Document.Parse(target.Document), reference, reason: null, time.GetUtcNow());
        return new(TargetSyncResult.For(item.Resource) with { From = target.JobDefinition, To = reference }, item);
    }
}
