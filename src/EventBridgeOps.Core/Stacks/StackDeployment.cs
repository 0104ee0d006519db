using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Stacks;

/// <summary>Brings a stack to a template: creates it, or updates it by a change set.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="owner">Whose stacks they are.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class StackDeployment(IStackApi stacks, StackOwner owner, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly StackWatch _watch = new(stacks, retry, time);

    /// <summary>The stack, once nothing happens to it.</summary>
    /// <returns>Null if it does not exist.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the stack is not ours.</exception>
    public async Task<Stack?> FindAsync(string name, IRunObserver observer, CancellationToken cancellationToken)
    {
        Stack? stack = await retry.RunAsync(() => stacks.DescribeAsync(name, cancellationToken), cancellationToken);
        if (stack is { IsEmpty: false } && !await IsOursAsync(stack, cancellationToken))
            throw new OpsException(ErrorIds.InvalidArgument, owner.NotOurs(name));
        return stack is { IsBusy: true } ? await SettledAsync(stack, observer, cancellationToken) : stack;
    }

    /// <summary>Deploys the stack.</summary>
    /// <param name="found">The stack as it is; null if it does not exist.</param>
    /// <param name="wanted">What it will be.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>The stack, and whether it was changed.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: the message has the resource and the reason.</exception>
    public async Task<(Stack Stack, bool IsChanged)> DeployAsync(Stack? found, ChangeSetRequest wanted, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAsync(found, wanted, observer, cancellationToken) is { } plan ? (await ExecuteAsync(plan, observer, cancellationToken), true) : (found!, false);
        }
        catch (ServiceCallException e) when (IsGone(e))
        {
            throw OtherDeployment(wanted.StackName, e);
        }
    }

    /// <summary>Plans a deployment: a change set, which is not executed.</summary>
    /// <param name="found">The stack as it is; null if it does not exist.</param>
    /// <param name="wanted">What it will be.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; the change set may be left.</param>
    /// <returns>Null if nothing would change.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: the template is not accepted.</exception>
    public async Task<StackPlan?> PlanAsync(Stack? found, ChangeSetRequest wanted, IRunObserver observer, CancellationToken cancellationToken)
    {
        string changeSetId = await stacks.CreateChangeSetAsync(wanted, cancellationToken);
        ChangeSet changes = await ReadyAsync(changeSetId, observer, cancellationToken);
        if (changes.IsEmpty && found is not null)
        {
            await stacks.DeleteChangeSetAsync(changeSetId, cancellationToken);
            return null;
        }

        if (changes.Status == "FAILED")
            throw new OpsException(ErrorIds.StackFailed, StackMessages.ChangeSetFailed(wanted.StackName, changes.StatusReason));
        foreach (StackChange change in changes.Changes)
            observer.Verbose(StackMessages.Change(change.ToString()));
        return new StackPlan(changeSetId, wanted.StackName, found is null, changes);
    }

    /// <summary>Executes a plan and waits.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>The stack.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: the message has the resource and the reason.</exception>
    public async Task<Stack> ExecuteAsync(StackPlan plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        HashSet<string> known = await _watch.KnownAsync(plan.Changes.StackId, cancellationToken);
        try
        {
            await stacks.ExecuteChangeSetAsync(plan.ChangeSetId, cancellationToken);
        }
        catch (ServiceCallException e) when (IsGone(e))
        {
            throw OtherDeployment(plan.StackName, e);
        }

        (Stack stack, StackEvent? cause) = await _watch.WaitAsync(plan.Changes.StackId, known, plan.Changes.Changes.Count, observer, cancellationToken);
        if (stack.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE")
            return stack;
        throw new OpsException(ErrorIds.StackFailed, cause is null ? StackMessages.StackFailed(stack.Name, stack.Status, stack.StatusReason) : StackMessages.ResourceFailed(cause.LogicalId, cause.Kind, cause.Reason, stack.Name, stack.Status));
    }

    /// <summary>Gives up a plan. A stack that was to be created is deleted, as it has no resources.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DiscardAsync(StackPlan plan, CancellationToken cancellationToken) =>
        plan.IsNew ? stacks.DeleteAsync(plan.Changes.StackId, [], cancellationToken) : stacks.DeleteChangeSetAsync(plan.ChangeSetId, cancellationToken);

    /// <summary>Deletes a stack and waits.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="resources">How many resources it has; null if that is not known.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <param name="retained">What could not be deleted before, and is kept.</param>
    /// <returns>The first cause of a failure; null if it was deleted.</returns>
    public async Task<Message?> DeleteAsync(Stack stack, int? resources, IRunObserver observer, CancellationToken cancellationToken, IReadOnlyList<string>? retained = null)
    {
        HashSet<string> known = await _watch.KnownAsync(stack.Id, cancellationToken);
        await stacks.DeleteAsync(stack.Id, retained ?? [], cancellationToken);
        (Stack deleted, StackEvent? cause) = await _watch.WaitAsync(stack.Id, known, resources, observer, cancellationToken);
        return deleted.Status == "DELETE_COMPLETE" ? null
            : cause is null ? StackMessages.StackFailed(deleted.Name, deleted.Status, deleted.StatusReason)
            : StackMessages.ResourceFailed(cause.LogicalId, cause.Kind, cause.Reason, deleted.Name, deleted.Status);
    }

    /// <summary>Deletes a stack of which nothing may be left, and waits.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.StackFailed"/>: it could not be deleted.</exception>
    public async Task RemoveAsync(Stack stack, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (await DeleteAsync(stack, null, observer, cancellationToken) is { } left)
            throw new OpsException(ErrorIds.StackFailed, left);
    }

    /// <summary>Whether a change set is gone: that of another deployment was executed, with which CloudFormation deletes the others.</summary>
    private static bool IsGone(ServiceCallException e) => e.Call.Code is "ChangeSetNotFound" or "ChangeSetNotFoundException" or "InvalidChangeSetStatus";

    private static OpsException OtherDeployment(string stack, Exception cause) => new(ErrorIds.ConcurrentModification, StackMessages.OtherDeployment(stack), cause);

    /// <summary>Whether a stack is of one of our templates. What is changed or deleted must be certain: moto does not return the description after a change set.</summary>
    private async Task<bool> IsOursAsync(Stack stack, CancellationToken cancellationToken) => owner.Owns(stack)
        ?? owner.Wrote(await retry.RunAsync(() => stacks.GetTemplateAsync(stack.Name, cancellationToken), cancellationToken));

    private async Task<Stack> SettledAsync(Stack stack, IRunObserver observer, CancellationToken cancellationToken)
    {
        (Stack settled, _) = await _watch.WaitAsync(stack.Id, await _watch.KnownAsync(stack.Id, cancellationToken), null, observer, cancellationToken);
        return settled;
    }

    private async Task<ChangeSet> ReadyAsync(string changeSetId, IRunObserver observer, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            ChangeSet changes = await retry.RunAsync(() => stacks.DescribeChangeSetAsync(changeSetId, cancellationToken), cancellationToken);
            if (changes.Status is "CREATE_COMPLETE" or "FAILED")
                return changes;
            if (time.GetElapsedTime(start) > Patience)
                throw new OpsException(ErrorIds.WaitTimeout, StackMessages.ChangeSetNotReady(changeSetId, changes.Status));
            observer.Progress(new RunProgress(StackMessages.Comparing(), 0, null, changes.Status));
            await time.Delay(Interval, cancellationToken);
        }
    }
}

/// <summary>A deployment that was planned.</summary>
/// <param name="ChangeSetId">The ARN of the change set.</param>
/// <param name="StackName">The name of the stack.</param>
/// <param name="IsNew">Whether the stack is created.</param>
/// <param name="Changes">What changes.</param>
internal sealed record StackPlan(string ChangeSetId, string StackName, bool IsNew, ChangeSet Changes);
