using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>Removes the automation: the stack, what outlives it because it holds data, and the bucket of the package.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="buckets">Amazon S3.</param>
/// <param name="data">Deletes what outlives the stack.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
public sealed class AutomationUninstaller(IStackApi stacks, IPackageBucketApi buckets, IRetainedDataApi data, ItemRetry retry, TimeProvider time)
{
    private const string Bucket = "Bucket";

    private readonly StackDeployment _deployment = new(stacks, AutomationTemplate.Owner, retry, time);

    /// <summary>Removes it.</summary>
    /// <param name="request">What to remove, and what to keep.</param>
    /// <param name="approve">Asks whether to delete; once for everything.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>Each resource, and what became of it.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.ResourceNotFound"/>: there is no such stack.</exception>
    public async IAsyncEnumerable<RemovedResource> RemoveAsync(UninstallRequest request, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request.Check();
        Stack? stack = await _deployment.FindAsync(request.StackName, observer, cancellationToken);
        Stack? bucket = await _deployment.FindAsync(request.BucketStackName, observer, cancellationToken);
        if (stack is null && bucket is null)
            throw new OpsException(ErrorIds.ResourceNotFound, InstallationMessages.NotInstalledAnyMore(request.StackName));
        // What outlives the stack is known from the stack alone.
        if (stack is null)
            observer.Warning(InstallationMessages.DataMayBeLeft(request.StackName));
        List<StackResource> resources = stack is null ? [] : await ResourcesAsync(stack, cancellationToken);
        List<StackResource> held = bucket is null ? [] : await ResourcesAsync(bucket, cancellationToken);

        switch (await approve(new PlannedChange(observer.Text(StackMessages.StackNamed(request.StackName)), InstallationMessages.Uninstall(resources.Concat(held).Count(resource => !IsKept(resource, request)), request.Keep)), cancellationToken))
        {
            case Approval.Declined:
                yield break;
            case Approval.WhatIf:
                foreach (StackResource resource in resources.Concat(held))
                    yield return RemovedResource.Of(resource, IsKept(resource, request) ? RemovalStatus.Kept : RemovalStatus.WouldDelete);
                yield break;
        }

        if (stack is not null)
        {
            Message? left = await _deployment.DeleteAsync(stack, resources.Count, observer, cancellationToken);
            foreach (RemovedResource removed in await DeletedAsync(stack, resources, left, observer, cancellationToken))
                yield return removed;
            if (left is not null)
            {
                observer.Failed(new ItemFailure(new OpsException(ErrorIds.StackFailed, left), request.StackName));
                yield break; // What is left still uses its data.
            }

            foreach (StackResource resource in resources.Where(IsRetained))
                yield return IsKept(resource, request) ? RemovedResource.Of(resource, RemovalStatus.Kept) : await RemoveAsync(resource, () => DeleteAsync(resource, cancellationToken), observer, cancellationToken);
        }

        foreach (StackResource resource in held)
            yield return request.Keeps(Bucket) ? RemovedResource.Of(resource, RemovalStatus.Kept) : await RemoveAsync(resource, () => new BucketStack(stacks, buckets, _deployment, retry).DeleteAsync(bucket!, resource.PhysicalId, observer, cancellationToken), observer, cancellationToken);
    }

    private static bool IsRetained(StackResource resource) => AutomationTemplate.Retained.ContainsKey(resource.Kind);

    private static bool IsKept(StackResource resource, UninstallRequest request) => request.Keeps(resource.Kind == "AWS::S3::Bucket" ? Bucket : AutomationTemplate.Retained.TryGetValue(resource.Kind, out string? word) ? word : "");

    private async Task<List<StackResource>> ResourcesAsync(Stack stack, CancellationToken cancellationToken) =>
        (await stacks.ReadResourcesAsync(stack, retry, cancellationToken)).FindAll(resource => resource.Exists);

    /// <summary>What became of the resources that the stack deletes itself.</summary>
    private async Task<IEnumerable<RemovedResource>> DeletedAsync(Stack stack, List<StackResource> resources, Message? left, IRunObserver observer, CancellationToken cancellationToken)
    {
        IEnumerable<StackResource> own = resources.Where(resource => !IsRetained(resource));
        if (left is null)
            return own.Select(resource => RemovedResource.Of(resource, RemovalStatus.Deleted));
        HashSet<string> still = [.. (await ResourcesAsync(stack, cancellationToken)).Select(resource => resource.LogicalId)];
        return own.Select(resource => still.Contains(resource.LogicalId) ? RemovedResource.Of(resource, RemovalStatus.Left) with { Reason = observer.Text(left) } : RemovedResource.Of(resource, RemovalStatus.Deleted));
    }

    private static async Task<RemovedResource> RemoveAsync(StackResource resource, Func<Task> delete, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await delete();
            return RemovedResource.Of(resource, RemovalStatus.Deleted);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Failed(new ItemFailure(e, resource.LogicalId));
            return RemovedResource.Of(resource, RemovalStatus.Left) with { Reason = observer.Text(e) };
        }
    }

    private Task<bool> DeleteAsync(StackResource resource, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await (resource.Kind switch
            {
                "AWS::DynamoDB::Table" => data.DeleteTableAsync(resource.PhysicalId!, cancellationToken),
                "AWS::SQS::Queue" => data.DeleteQueueAsync(resource.PhysicalId!, cancellationToken),
                _ => data.DeleteLogGroupAsync(resource.PhysicalId!, cancellationToken),
            });
            return true;
        },
        cancellationToken);
}
