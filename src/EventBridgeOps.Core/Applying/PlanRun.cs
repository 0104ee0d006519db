using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Plans;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.Applying;

/// <summary>Applies saved plans.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="identity">Who is calling.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal in which the change is recorded.</param>
/// <param name="retry">How long an item is retried.</param>
/// <param name="time">The clock.</param>
public sealed class PlanRun(IEventBridgeApi events, IBatchApi batch, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Applies a plan, and returns the outcome of each of its items, in order.</summary>
    /// <remarks>
    /// Each document is read again. One that was modified after the plan was made is not written, unless it is forced; then only the planned
    /// values are set. One that already has the planned values is not written, so a plan can be applied again.
    /// </remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How to write.</param>
    /// <param name="approve">Asks for approval of each planned write.</param>
    /// <param name="observer">Receives progress and failures; the run continues after a failure.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal and can be undone.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WrongAccountOrRegion"/>, or nothing that follows could succeed.</exception>
    public async IAsyncEnumerable<TargetSyncResult> ApplyAsync(ChangePlan plan, WriteOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        CallerIdentity? caller = await PlaceCheck.RunAsync(
            (plan.Region, plan.AccountId), region, identity, retry, () => PlanMessages.OtherRegion(plan.Region, region),
            account => PlanMessages.OtherAccount(plan.AccountId!, plan.Identity, account), cancellationToken);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(plan.Kind, region, null) { Caller = caller }, options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(recorder, options, approve, observer, retry, time) { PreviewedRegion = options.WhatIf ? region : null };
        SyncStatus whenWritten = plan.Kind == ChangeKind.Undo ? SyncStatus.Reverted : SyncStatus.Updated;
        foreach (IResourceKind kind in (IResourceKind[])[new RegistrationKind(batch, time), new TargetKind(events, new RuleReader(events, retry)), new DeregistrationKind(batch)])
        {
            IAsyncEnumerable<IReadOnlyList<Draft<TargetSyncResult>>> groups = Streams.From(plan.Items.Where(item => item.Resource.Kind == kind.Kind).GroupBy(item => kind.GroupOf(item.Resource))
                .Select(group => (IReadOnlyList<Draft<TargetSyncResult>>)[.. group.Select(item => new Draft<TargetSyncResult>(TargetSyncResult.For(item.Resource) with { From = item.From, To = item.To, Reason = item.Reason }, item) { Reason = item.Reason })]));
            await foreach (TargetSyncResult result in run.RunAsync(kind, groups, whenWritten, PlanMessages.Applying(), cancellationToken))
                yield return result;
        }
    }
}
