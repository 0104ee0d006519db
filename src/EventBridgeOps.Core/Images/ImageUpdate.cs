using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
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
    /// <summary>How many revisions are read back in one call.</summary>
    private const int Together = 100;

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
    public async IAsyncEnumerable<BatchImageUpdate> RunAsync(
        IAsyncEnumerable<ImageSelection> selections,
        ImageUpdateOptions options,
        ApproveChange approve,
        IRunObserver observer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options.Check();
        JobDefinitionFinder finder = new(batch, retry, time, options.ThrottleLimit);
        ImageInspector inspector = new(ecr, region, retry, time, options, observer, cancellationToken);
        ImagePlanner planner = new(inspector, options, region, observer);
        ChangeRecorder recorder = new(journal, identity, new ChangeOrigin(ChangeKind.ImageUpdate, region, null), options.ChangeStarted, observer, cancellationToken);
        Run run = new(new JobDefinitionWriter(batch, retry, time, recorder), recorder, options, time, approve, observer);
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (ImageSelection selection in selections.WithCancellation(cancellationToken))
        {
            // An event may be delivered more than once.
            if (selection.PushedDigest is { } digest && !seen.Add($"{selection.RegistryId} {selection.RegistryRegion} {selection} {digest}"))
                continue;
            FoundJobDefinitions? found = await ItemGuard.RunAsync(async () => (FoundJobDefinitions?)await finder.FindAsync(selection.Names(), cancellationToken), selection.ToString(), observer, cancellationToken);
            if (found is null)
                continue;
            IAsyncEnumerable<BatchImageUpdate> results = run.WriteAsync(planner.PlanAsync(selection, found), selection, cancellationToken);
            if (options.KeepRevisions is { } keep)
                results = RetainAsync(results, keep, new RevisionRetention(batch, retry, recorder, approve, observer), recorder, options, observer, cancellationToken);
            await foreach (BatchImageUpdate result in results)
                yield return result;
        }
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

    /// <summary>Carries plans out.</summary>
    private sealed class Run(JobDefinitionWriter writer, ChangeRecorder recorder, ImageUpdateOptions options, TimeProvider time, ApproveChange approve, IRunObserver observer)
    {
        private readonly ProgressCount _progress = new(observer, ImageMessages.Updating());

        public async IAsyncEnumerable<BatchImageUpdate> WriteAsync(IAsyncEnumerable<ImagePlan> plans, ImageSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            List<(ImagePlan Plan, Registration? Made)> written = [];
            await foreach ((ImagePlan Plan, Registration? Made) each in OrderedParallel.SelectAsync(ApproveAsync(plans, cancellationToken), options.ThrottleLimit, (plan, token) => RegisterAsync(plan, selection, token), cancellationToken))
            {
                written.Add(each);
                if (written.Count < Together)
                    continue;
                foreach (BatchImageUpdate result in await ConcludeAsync(written, cancellationToken))
                    yield return result;
                written = [];
            }

            foreach (BatchImageUpdate result in await ConcludeAsync(written, cancellationToken))
                yield return result;
        }

        private async IAsyncEnumerable<ImagePlan> ApproveAsync(IAsyncEnumerable<ImagePlan> plans, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (ImagePlan plan in plans.WithCancellation(cancellationToken))
            {
                _progress.Expect(1);
                yield return plan.Edit is null ? plan : await approve(new PlannedChange($"job-definition/{plan.Result}", Action(plan)), cancellationToken) switch
                {
                    Approval.WhatIf => new ImagePlan(plan.Result with { Status = SyncStatus.WouldUpdate }),
                    Approval.Declined => new ImagePlan(plan.Result with { Status = SyncStatus.Skipped, Reason = observer.Text(ChangeMessages.Declined()) }),
                    _ => plan,
                };
            }
        }

        private async Task<(ImagePlan Plan, Registration? Made)> RegisterAsync(ImagePlan plan, ImageSelection selection, CancellationToken cancellationToken)
        {
            Registration? made = plan.Edit is null ? null : await writer.RegisterAsync(plan.Result.JobDefinitionName, Edit, cancellationToken);
            _progress.Finish(plan.Result.ToString());
            return (plan, made);

            JsonObject? Edit(JobDefinitionDocument latest)
            {
                ImageEdit edit = ImagePlanner.Pinned(selection, latest, plan.Facts, options.PinDigest);
                return edit.Changes.Count == 0 ? null : edit.Document(time.GetUtcNow(), plan.Result.Digest);
            }
        }

        private async Task<IReadOnlyList<BatchImageUpdate>> ConcludeAsync(IReadOnlyList<(ImagePlan Plan, Registration? Made)> written, CancellationToken cancellationToken)
        {
            Dictionary<string, ImagePlan> plans = written.Where(each => each.Made is not null).ToDictionary(each => each.Plan.Result.JobDefinitionName, each => each.Plan, StringComparer.Ordinal);
            Dictionary<string, Registration> outcomes = (await writer.VerifyAsync(
                [.. written.Select(each => each.Made).OfType<Registration>()],
                registration => [.. plans[registration.Name].Edit!.Changes.Select(step => step.Container.Pointer)],
                options.VerifyTimeout,
                cancellationToken)).ToDictionary(outcome => outcome.Name, StringComparer.Ordinal);
            List<BatchImageUpdate> results = [];
            foreach ((ImagePlan plan, _) in written)
            {
                BatchImageUpdate result = outcomes.TryGetValue(plan.Result.JobDefinitionName, out Registration? outcome) ? Conclude(plan.Result, outcome) : plan.Result;
                if ((outcome?.Error ?? plan.Error) is { } error)
                    observer.Failed(new ItemFailure(error, result));
                results.Add(result);
            }

            return results;
        }

        private BatchImageUpdate Conclude(BatchImageUpdate result, Registration outcome)
        {
            if (outcome.Filled.Count > 0)
                observer.Verbose(ImageMessages.Filled(outcome.Filled, outcome.Name, outcome.Made!.Revision));
            return result with
            {
                PreviousRevision = outcome.Previous?.Revision ?? result.PreviousRevision,
                Revision = outcome.Made?.Revision ?? outcome.Previous?.Revision ?? result.Revision,
                JobDefinitionArn = outcome.Made?.JobDefinitionArn ?? outcome.Previous?.Arn ?? result.JobDefinitionArn,
                Status = outcome.Error is not null ? SyncStatus.Failed : outcome.Made is not null ? SyncStatus.Updated : SyncStatus.AlreadyCurrent,
                Verified = outcome.Error is null,
                Containers = outcome.Made is null && outcome.Error is null ? [] : result.Containers,
                ChangeId = outcome.Sent is null ? null : recorder.ChangeId,
                Reason = outcome.Error is { } error ? observer.Text(error) : outcome.Made is null ? observer.Text(ChangeMessages.AlreadyUpToDate()) : null,
                ErrorId = outcome.Error?.ErrorId,
            };
        }

        private static Message Action(ImagePlan plan) => ImageMessages.Steps(plan.Edit!.Changes.Select(step => ImageMessages.Step(step.Container.Label, ImageText.Step(step.From, step.To))));
    }
}
