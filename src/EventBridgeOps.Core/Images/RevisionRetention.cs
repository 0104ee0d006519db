using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Deregisters older revisions, never one that is in use.</summary>
internal sealed class RevisionRetention(IBatchApi batch, ItemRetry retry, ChangeRun run, TimeProvider time, IRunObserver observer)
{
    private const int UsersShown = 3;

    /// <summary>Deregisters older ACTIVE revisions of a job definition.</summary>
    /// <param name="name">The job definition's name.</param>
    /// <param name="keep">How many of the existing revisions to keep.</param>
    /// <param name="use">The revisions in use.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The revisions that were deregistered.</returns>
    public async Task<IReadOnlyList<int>> ApplyAsync(string name, int keep, RevisionUse use, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<JobDefinitionDocument> active = await retry.RunAsync(() => JobDefinitionDocument.ActiveAsync(batch, name, cancellationToken), cancellationToken);
            List<Draft<OldRevision>> old = [];
            foreach (JobDefinitionDocument revision in active.OrderByDescending(each => each.Revision).Skip(keep).Reverse())
            {
                IReadOnlyList<Message> users = use.Of(name, revision.Revision);
                if (users.Count > 0)
                    observer.Warning(users.Count > UsersShown ? ImageMessages.KeptInUseByMore(revision, users.Take(UsersShown), users.Count - UsersShown) : ImageMessages.KeptInUse(revision, users));
                else
                    old.Add(new(new OldRevision(revision.Reference, revision.Revision), DeregistrationKind.Plan(revision, time.GetUtcNow())));
            }

            List<OldRevision> done = old.Count == 0 ? [] : await run.RunAsync(
                new DeregistrationKind(batch), Streams.From<IReadOnlyList<Draft<OldRevision>>>([old]), SyncStatus.Updated, ImageMessages.Deregistering(), cancellationToken).ToListAsync(cancellationToken);
            return [.. done.Where(revision => revision.Status == SyncStatus.Updated).Select(revision => revision.Revision)];
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Failed(new ItemFailure(e, name));
            return [];
        }
    }

    /// <summary>A revision that is deregistered.</summary>
    private sealed record OldRevision(string Reference, int Revision) : IChangeResult<OldRevision>
    {
        public SyncStatus Status { get; init; }

        public OldRevision With(Conclusion conclusion) => this with { Status = conclusion.Status };

        public override string ToString() => Reference;
    }
}
