using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Deletes stacks of projects, with the data in them that may be lost.</summary>
/// <param name="ports">The services.</param>
/// <param name="deployment">Deletes stacks.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class ProjectRemoval(PublishPorts ports, StackDeployment deployment, ItemRetry retry, TimeProvider time)
{
    /// <summary>Plans to delete a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="environment">Where it is.</param>
    /// <param name="discard">The resources whose data may be lost.</param>
    /// <param name="losesBus">Whether an event bus counts as data.</param>
    /// <param name="observer">Receives the names that lose no data.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.DataLoss"/>: data would be lost that was not named.</exception>
    public async Task<PlannedRemoval> PlanAsync(Stack stack, ProjectEnvironment environment, IReadOnlyList<string> discard, bool losesBus, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<StackResource> resources = await ports.Stacks.ReadAllResourcesAsync(stack, retry, cancellationToken);
        HashSet<string> retained = stack.IsDeleted ? [] : [.. ProjectStacks.RetainedBy(await retry.RunAsync(() => ports.Stacks.GetTemplateAsync(stack.Id, cancellationToken), cancellationToken))];
        PlannedRemoval planned = new(stack, resources, [.. resources.Where(resource => resource.Exists && !retained.Contains(resource.LogicalId))]);
        DataLoss loss = new(ports, retry, time);
        List<(string, string?, Message)> losses = [];
        foreach (StackResource resource in planned.Deleted.Where(resource => losesBus || resource.Kind != BusParts.BusKind))
        {
            if (await loss.OfAsync(resource.Kind, resource.PhysicalId, environment, cancellationToken) is { } loses)
                losses.Add((resource.LogicalId, resource.PhysicalId, loses));
        }

        DataLoss.Refuse(stack.Name, losses, discard, observer);
        return planned;
    }

    /// <summary>Empties the buckets of a stack, deletes the stack, and waits.</summary>
    /// <param name="planned">What is deleted.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>Why it could not be deleted; null if it was.</returns>
    public async Task<FailedRemoval?> RunAsync(PlannedRemoval planned, IRunObserver observer, CancellationToken cancellationToken)
    {
        // CloudFormation does not delete a bucket with objects. What is in it was named before.
        foreach (StackResource bucket in planned.Deleted.Where(resource => resource.Kind == ProjectStacks.Bucket))
            await ports.Buckets.EmptyAsync(bucket.PhysicalId!, "", retry, observer, cancellationToken);
        if (await deployment.DeleteAsync(planned.Stack, planned.Resources.Count, observer, cancellationToken) is not { } left)
            return null;
        return new FailedRemoval(left, await ports.Stacks.ReadFailuresAsync(planned.Stack.Id, retry, cancellationToken));
    }
}

/// <summary>A stack that will be deleted.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Resources">Its resources, and those of the nested stacks in it.</param>
/// <param name="Deleted">Those of them that exist and are not retained.</param>
internal sealed record PlannedRemoval(Stack Stack, IReadOnlyList<StackResource> Resources, IReadOnlyList<StackResource> Deleted);

/// <summary>Why a stack could not be deleted.</summary>
/// <param name="Cause">What CloudFormation says first.</param>
/// <param name="Resources">The resources that could not be deleted, with what CloudFormation says of each.</param>
internal sealed record FailedRemoval(Message Cause, IReadOnlyList<StackEvent> Resources)
{
    /// <summary>What hinders the deletion of a resource; null if CloudFormation does not say it.</summary>
    public Message? Of(StackResource resource) => Resources.FirstOrDefault(failed => failed.LogicalId == resource.LogicalId && failed.PhysicalId == resource.PhysicalId) is { } found ? DeletionFailure.Of(found) : null;

    /// <summary>All that hinders it, and what to do.</summary>
    public Message ToMessage() => PublishMessages.NotDeleted(Resources.Count == 0 ? Cause : Message.Join(" ", Resources.Select(failed => PublishMessages.OfItem($"{failed.LogicalId} ({failed.Kind})", DeletionFailure.Of(failed)))));
}
