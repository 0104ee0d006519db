using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Deletes the stack of a project, and proves that nothing is left but what is retained.</summary>
/// <param name="ports">The services.</param>
/// <param name="tester">Deletes what interrupted live tests left.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class ProjectUnpublisher(PublishPorts ports, LiveTester tester, ItemRetry retry, TimeProvider time)
{
    /// <summary>Deletes. An interrupted run is gone on with.</summary>
    /// <param name="request">Which project and environment, and which data may be lost.</param>
    /// <param name="view">Says what was proved.</param>
    /// <param name="approve">Asks whether to delete; once for everything.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>Each resource, and what became of it.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: there is no such stack; <see cref="ErrorIds.WrongAccountOrRegion"/>; <see cref="ErrorIds.DataLoss"/>: data would be lost that was not named.</exception>
    public async IAsyncEnumerable<RemovedResource> UnpublishAsync(UnpublishRequest request, IPublishView view, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProjectPlace place = ProjectPlace.Of(request);
        await EnvironmentSession.RequireAsync(place.Environment, ports.Region, ports.Identity, retry, cancellationToken);
        ProjectTemplate template = place.Template;
        string name = template.StackName;
        StackDeployment deployment = new(ports.Stacks, new ProjectOwner(template.Tags), retry, time);
        ProjectRemoval removal = new(ports, deployment, retry, time);
        TemplateBucket bucket = new(ports, deployment, retry);
        Stack? stack = await deployment.FindAsync(name, observer, cancellationToken);
        Stack? templates = await deployment.FindAsync(TemplateBucket.StackOf(name), observer, cancellationToken);
        if (stack is null && templates is null)
            throw new OpsException(ErrorIds.ResourceNotFound, PublishMessages.NotPublished(name));
        PlannedRemoval? planned = stack is null ? null : await removal.PlanAsync(stack, place.Environment, request.Discard, losesBus: false, observer, cancellationToken);
        List<StackResource> resources = [.. planned?.Resources ?? [], .. templates is null ? [] : await ports.Stacks.ReadResourcesAsync(templates, retry, cancellationToken)];
        StackResource[] there = [.. resources.Where(resource => resource.Exists)];
        switch (await approve(new PlannedChange(observer.Text(StackMessages.StackNamed(name)), PublishMessages.Unpublish(there.Length)), cancellationToken))
        {
            case Approval.Declined:
                yield break;
            case Approval.WhatIf:
                foreach (StackResource resource in there)
                    yield return RemovedResource.Of(resource, planned?.Resources.Contains(resource) == true && !planned.Deleted.Contains(resource) ? RemovalStatus.Kept : RemovalStatus.WouldDelete);
                yield break;
        }

        await tester.RemoveLeftoversAsync(new LiveProject(place.Project, place.Environment), observer, cancellationToken);
        FailedRemoval? failed = planned is null ? null : await removal.RunAsync(planned, observer, cancellationToken);
        if (failed is null)
            await bucket.DeleteAsync(name, templates, request.BucketName, observer, cancellationToken);
        RemovalProof proof = new(ports, retry, observer);
        await foreach (RemovedResource removed in proof.ProveAsync(resources, [.. new[] { stack, templates }.OfType<Stack>()], failed, cancellationToken))
            yield return removed;
        view.Say(proof.Summary);
        if (failed is not null)
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.StackFailed, failed.ToMessage()), name));
    }
}
