using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Deletes the stack of a project, and proves that nothing is left but what is retained.</summary>
/// <param name="ports">The services.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectUnpublisher(PublishPorts ports, ItemRetry retry, TimeProvider time)
{
    private const string BucketKind = "AWS::S3::Bucket";

    /// <summary>Deletes. An interrupted run is gone on with.</summary>
    /// <param name="request">Which project and environment, and which data may be lost.</param>
    /// <param name="approve">Asks whether to delete; once for everything.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>Each resource, and what became of it.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: there is no such stack; <see cref="ErrorIds.DataLoss"/>: data would be lost that was not named.</exception>
    public async IAsyncEnumerable<RemovedResource> UnpublishAsync(UnpublishRequest request, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectPlace place = ProjectPlace.Of(request);
        ProjectTemplate template = place.Template;
        string name = template.StackName;
        StackDeployment deployment = new(ports.Stacks, new ProjectOwner(template.Tags), retry, time);
        Stack stack = await deployment.FindAsync(name, observer, cancellationToken) ?? throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NotPublished(name));
        List<StackResource> resources = await ResourcesAsync(stack, cancellationToken);
        await RefuseAsync(request, place, template, resources, observer, cancellationToken);
        switch (await approve(new PlannedChange(observer.Text(StackMessages.StackNamed(name)), PublishMessages.Unpublish(resources.Count)), cancellationToken))
        {
            case Approval.Declined:
                yield break;
            case Approval.WhatIf:
                foreach (StackResource resource in resources)
                    yield return RemovedResource.Of(resource, RemovalStatus.WouldDelete);
                yield break;
        }

        foreach (StackResource bucket in resources.Where(resource => resource.Kind == BucketKind))
            await ports.Buckets.EmptyAsync(bucket.PhysicalId!, cancellationToken);
        Message? left = await deployment.DeleteAsync(stack, resources.Count, observer, cancellationToken);
        if (left is null)
            await new TemplateBucket(ports, deployment, retry).DeleteAsync(name, observer, cancellationToken);
        await foreach (RemovedResource removed in ProveAsync(stack, resources, observer, cancellationToken))
            yield return removed;
        if (left is not null)
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.StackFailed, PublishMessages.NotDeleted(left)), name));
    }

    private async Task RefuseAsync(UnpublishRequest request, ProjectPlace place, ProjectTemplate template, List<StackResource> resources, IRunObserver observer, CancellationToken cancellationToken)
    {
        DataLoss loss = new(ports.Queues, ports.Archives, retry);
        HashSet<string> retained = [.. ProjectStacks.RetainedBy(template)];
        List<(string, string?, Message)> losses = [];
        foreach (StackResource resource in resources.Where(resource => resource.Kind != ProjectStacks.Bus && !retained.Contains(resource.LogicalId)))
        {
            if (resource.Kind == BucketKind && (await ports.Buckets.ListAsync(resource.PhysicalId!, "", cancellationToken).ToListAsync(cancellationToken)).Count == 0)
                continue;
            if (await loss.OfAsync(resource.Kind, resource.PhysicalId, place.Environment, cancellationToken) is { } loses)
                losses.Add((resource.LogicalId, resource.PhysicalId, loses));
        }

        DataLoss.Refuse(template.StackName, losses, request.Discard, observer);
    }

    private async Task<List<StackResource>> ResourcesAsync(Stack stack, CancellationToken cancellationToken) =>
        (await ports.Stacks.ReadResourcesAsync(stack, retry, cancellationToken)).FindAll(resource => resource.Exists);

    /// <summary>Asks the services themselves what is left, since a stack also forgets what it could not delete.</summary>
    private async IAsyncEnumerable<RemovedResource> ProveAsync(Stack stack, List<StackResource> resources, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, StackResource> after = (await ports.Stacks.ReadResourcesAsync(stack, retry, cancellationToken))
            .GroupBy(resource => resource.LogicalId, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (StackResource resource in resources)
        {
            string status = after.TryGetValue(resource.LogicalId, out StackResource? now) ? now.Status : "DELETE_COMPLETE";
            (bool? exists, Message? unknown) = await ExistsAsync(resource, cancellationToken);
            RemovalStatus became = status == "DELETE_SKIPPED" ? RemovalStatus.Kept : exists == true || status != "DELETE_COMPLETE" ? RemovalStatus.Left : RemovalStatus.Deleted;
            Message? reason = became switch { RemovalStatus.Left => PublishMessages.StillThere(status), RemovalStatus.Deleted => unknown, _ => null };
            yield return RemovedResource.Of(resource, became) with { Reason = reason is null ? null : observer.Text(reason) };
        }
    }

    /// <summary>Whether a resource exists; null with why that is not known.</summary>
    private async Task<(bool? Exists, Message? Unknown)> ExistsAsync(StackResource resource, CancellationToken cancellationToken)
    {
        try
        {
            bool? exists = await retry.RunAsync(() => ports.Deployed.ExistsAsync(resource.Kind, resource.PhysicalId!, cancellationToken), cancellationToken);
            return (exists, exists is null ? PublishMessages.DeletedUnchecked() : null);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, PublishMessages.DeletionNotChecked(e));
        }
    }
}
