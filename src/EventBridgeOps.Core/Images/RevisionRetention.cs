using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Deregisters older revisions, never one that is in use.</summary>
internal sealed class RevisionRetention(IBatchApi batch, ItemRetry retry, ChangeRecorder recorder, ApproveChange approve, IRunObserver observer)
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
        List<int> gone = [];
        try
        {
            List<JobDefinitionDocument> active = await retry.RunAsync(() => ActiveAsync(name, cancellationToken), cancellationToken);
            foreach (JobDefinitionDocument revision in active.OrderByDescending(each => each.Revision).Skip(keep).Reverse())
            {
                IReadOnlyList<Message> users = use.Of(name, revision.Revision);
                if (users.Count > 0)
                    observer.Warning(users.Count > UsersShown ? ImageMessages.KeptInUseByMore(revision, users.Take(UsersShown), users.Count - UsersShown) : ImageMessages.KeptInUse(revision, users));
                else if (await approve(new PlannedChange($"job-definition/{revision}", ImageMessages.Deregister()), cancellationToken) == Approval.Write && await DeregisterAsync(revision, cancellationToken))
                    gone.Add(revision.Revision);
            }
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Failed(new ItemFailure(e, name));
        }

        return gone;
    }

    private async Task<bool> DeregisterAsync(JobDefinitionDocument revision, CancellationToken cancellationToken)
    {
        await recorder.DeregisteringAsync(revision.ForJournal(), cancellationToken);
        OpsException? error = null;
        try
        {
            // To deregister what is deregistered already does no harm, so it can be tried again.
            await retry.RunAsync(
                async () =>
                {
                    await batch.DeregisterJobDefinitionAsync(revision.Arn ?? revision.Reference, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Failed(new ItemFailure(error = e, revision.Reference));
        }

        await recorder.DeregisteredAsync(revision.ForJournal(), error, cancellationToken);
        return error is null;
    }

    private async Task<List<JobDefinitionDocument>> ActiveAsync(string name, CancellationToken cancellationToken)
    {
        List<JobDefinitionDocument> active = [];
        await foreach (JsonObject document in batch.DescribeJobDefinitionsAsync(name, "ACTIVE", cancellationToken))
        {
            if (JobDefinitionDocument.From(document) is { } found && found.Name == name)
                active.Add(found);
        }

        return active;
    }
}
