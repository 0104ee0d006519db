using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Plans;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Images;

/// <summary>Registers new revisions of job definitions that run another image: find, look the image up, approve, read again, journal, register, verify.</summary>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="ecr">Amazon ECR.</param>
/// <param name="targets">Finds the targets that use a revision.</param>
/// <param name="identity">Who is calling, for the journal.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="journal">The journal in which the change is recorded.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ImageUpdate(IBatchApi batch, IEcrApi ecr, TargetScanner targets, IIdentityApi identity, string region, ChangeJournal journal, ItemRetry retry, TimeProvider time)
{
    /// <summary>Updates the selected job definitions, and returns the outcome of each, ordered by name within each selection.</summary>
    /// <remarks>
    /// Job definitions that already run the image are not changed, so an update can be repeated. The new revision is created from the latest one
    /// at the time of writing, so nothing that was registered in the meantime is lost.
    /// </remarks>
    /// <param name="selections">Which image, in which job definitions; one after the other.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="approve">Asks for approval of each planned write.</param>
    /// <param name="observer">Receives progress, warnings and failures; the run continues after a failure.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal and can be undone.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, options contradict each other, there are no credentials, or the journal cannot be written.</exception>
    public IAsyncEnumerable<BatchImageUpdate> RunAsync(IAsyncEnumerable<ImageSelection> selections, ImageUpdateOptions options, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken) =>
        PlanMaker.RunAsync(options, answer => UpdateAsync(selections, options, answer, observer, cancellationToken), approve, () => new PlanMaker(ChangeKind.ImageUpdate, region, identity, time), observer, cancellationToken);

    private async IAsyncEnumerable<BatchImageUpdate> UpdateAsync(
        IAsyncEnumerable<ImageSelection> selections, ImageUpdateOptions options, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.ImageUpdate, region, null), options.ChangeStarted, observer, cancellationToken);
        ChangeRun run = new(recorder, options, approve, observer, retry, time);
        RegistrationKind kind = new(batch, time);
        IAsyncEnumerable<BatchImageUpdate> results = run.FinishAsync(kind, WriteAsync(run, kind, selections, options, observer, cancellationToken), cancellationToken);
        if (options.KeepRevisions is { } keep)
            results = RetainAsync(results, keep, new RevisionRetention(batch, retry, run, time, observer), recorder, options, observer, cancellationToken);
        await foreach (BatchImageUpdate result in results)
            yield return result;
    }

    // One selection after the other: the next may mean the same job definition, and starts from the revision that this one makes.
    private async IAsyncEnumerable<Draft<BatchImageUpdate>> WriteAsync(
        ChangeRun run, RegistrationKind kind, IAsyncEnumerable<ImageSelection> selections, ImageUpdateOptions options, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobDefinitionFinder finder = new(batch, retry, time, options.ThrottleLimit);
        ImageInspector inspector = new(ecr, region, retry, time, options, observer, cancellationToken);
        ImageRunState state = new(finder);
        ImagePlanner planner = new(inspector, state, options, region, time, observer);
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (ImageSelection selection in selections.WithCancellation(cancellationToken))
        {
            // An event may be delivered more than once.
            if (selection.PushedDigest is { } digest && !seen.Add($"{selection.RegistryId} {selection.RegistryRegion} {selection} {digest}"))
                continue;
            FoundJobDefinitions? found = await ItemGuard.RunAsync(async () => (FoundJobDefinitions?)await finder.FindAsync(selection.Names(), cancellationToken), selection.ToString(), observer, cancellationToken);
            if (found is null)
                continue;
            await foreach (Draft<BatchImageUpdate> draft in run.WriteAsync(kind, EachAsync(planner.PlanAsync(selection, found)), SyncStatus.Updated, ImageMessages.Updating(), cancellationToken))
            {
                if (draft.Write is { Made: { } made, Filled: { Count: > 0 } filled })
                    observer.Verbose(ImageMessages.Filled(filled, made.Reference));
                Draft<BatchImageUpdate> outcome = draft is { Error: NewerPushException newer }
                    ? draft with { Error = null, Result = draft.Result with { Status = SyncStatus.Skipped, Reason = observer.Text(newer), ErrorId = null } }
                    : draft;
                state.Conclude(outcome, selection);
                yield return outcome;
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<Draft<BatchImageUpdate>>> EachAsync(IAsyncEnumerable<Draft<BatchImageUpdate>> plans)
    {
        await foreach (Draft<BatchImageUpdate> plan in plans)
            yield return [plan];
    }

    private async IAsyncEnumerable<BatchImageUpdate> RetainAsync(
        IAsyncEnumerable<BatchImageUpdate> results, int keep, RevisionRetention retention, ChangeRecorder recorder, ImageUpdateOptions options, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<BatchImageUpdate> done = await results.ToListAsync(cancellationToken);
        RevisionUse? use = null;
        if (done.Exists(IsDone))
        {
            use = await RevisionUse.FindAsync(targets, batch, retry, options.ThrottleLimit, observer, cancellationToken);
            if (use is null)
                observer.Warning(ImageMessages.NothingDeregistered());
        }

        foreach (BatchImageUpdate result in done)
        {
            if (use is null || !IsDone(result))
            {
                yield return result;
                continue;
            }

            // What is only asked about is not there yet, but counts.
            int there = result.Status == SyncStatus.WouldUpdate ? keep - 1 : keep;
            IReadOnlyList<int> gone = await retention.ApplyAsync(result.JobDefinitionName, there, use, cancellationToken);
            yield return gone.Count == 0 ? result : result with { Deregistered = gone, ChangeId = recorder.ChangeId };
        }

        static bool IsDone(BatchImageUpdate result) => result.Status is SyncStatus.Updated or SyncStatus.AlreadyCurrent or SyncStatus.WouldUpdate;
    }
}
