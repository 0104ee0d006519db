using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>A bucket for what CloudFormation reads from Amazon S3, in a stack of its own.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="buckets">Amazon S3.</param>
/// <param name="deployment">Deploys the stack.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class BucketStack(IStackApi stacks, IPackageBucketApi buckets, StackDeployment deployment, ItemRetry retry)
{
    private const string Bucket = "Bucket";

    /// <summary>Creates the stack, or updates it.</summary>
    /// <param name="name">The name of the stack.</param>
    /// <param name="changeSet">The name of the change set.</param>
    /// <param name="tags">The tags of the stack and the bucket.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>The name of the bucket; null if the stack does not contain it.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: the stack can neither be created nor updated.</exception>
    public async Task<string?> DeployAsync(string name, string changeSet, IReadOnlyDictionary<string, string> tags, IRunObserver observer, CancellationToken cancellationToken)
    {
        Stack? found = await deployment.FindAsync(name, observer, cancellationToken);
        if (found is { Status: "DELETE_FAILED" })
        {
            // It has nothing but the bucket, in which something arrived when it was deleted.
            await DeleteAsync(found, await FindAsync(found, cancellationToken), observer, cancellationToken);
            found = null;
        }

        InstallPlan plan = InstallPlan.Of(found, StackMessages.Stuck);
        if (plan.Removes is { } failed)
            await deployment.RemoveAsync(failed, observer, cancellationToken);
        ChangeSetRequest wanted = new(name, changeSet, plan.Updates is null, AutomationTemplate.BucketText, new Dictionary<string, string?>(), tags);
        (Stack stack, _) = await deployment.DeployAsync(plan.Updates, wanted, observer, cancellationToken);
        return await FindAsync(stack, cancellationToken);
    }

    /// <summary>The bucket of the stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>Its name; null if the stack does not contain it.</returns>
    public async Task<string?> FindAsync(Stack stack, CancellationToken cancellationToken) =>
        (await stacks.ReadResourcesAsync(stack, retry, cancellationToken)).Find(resource => resource.LogicalId == Bucket)?.PhysicalId;

    /// <summary>Empties the bucket, and deletes it with its stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="bucket">The name of the bucket; null if the stack does not contain it.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: the stack could not be deleted.</exception>
    public async Task DeleteAsync(Stack stack, string? bucket, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (bucket is not null)
            await buckets.EmptyAsync(bucket, "", retry, observer, cancellationToken);
        await deployment.RemoveAsync(stack, observer, cancellationToken);
    }
}
