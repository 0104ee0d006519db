using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Installation;

/// <summary>Brings a stack to a template: creates it, or updates it by a change set.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class StackDeployment(IStackApi stacks, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly StackWatch _watch = new(stacks, retry, time);

    /// <summary>The stack, once nothing happens to it.</summary>
    /// <returns>Null if it does not exist.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the stack is not one of the automation.</exception>
    public async Task<Stack?> FindAsync(string name, IRunObserver observer, CancellationToken cancellationToken)
    {
        Stack? stack = await retry.RunAsync(() => stacks.DescribeAsync(name, cancellationToken), cancellationToken);
        if (stack is { Status: not "REVIEW_IN_PROGRESS" } && !await IsOursAsync(stack, cancellationToken))
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.NotOurs(name));
        return stack is not null && StackWatch.IsBusy(stack.Status) ? await SettledAsync(stack, observer, cancellationToken) : stack;
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
            return await DeployAloneAsync(found, wanted, observer, cancellationToken);
        }
        catch (ServiceCallException e) when (e.Call.Code is "ChangeSetNotFound" or "ChangeSetNotFoundException" or "InvalidChangeSetStatus")
        {
            // The change set of another deployment was executed, with which CloudFormation deletes the others.
            throw new OpsException(ErrorIds.ConcurrentModification, InstallationMessages.OtherDeployment(wanted.StackName), e);
        }
    }

    private async Task<(Stack Stack, bool IsChanged)> DeployAloneAsync(Stack? found, ChangeSetRequest wanted, IRunObserver observer, CancellationToken cancellationToken)
    {
        string changeSetId = await stacks.CreateChangeSetAsync(wanted, cancellationToken);
        ChangeSet changes = await ReadyAsync(changeSetId, observer, cancellationToken);
        if (changes.IsEmpty && found is not null)
        {
            await stacks.DeleteChangeSetAsync(changeSetId, cancellationToken);
            return (found, false);
        }

        if (changes.Status == "FAILED")
            throw new OpsException(ErrorIds.StackFailed, InstallationMessages.ChangeSetFailed(wanted.StackName, changes.StatusReason));
        foreach (string change in changes.Changes)
            observer.Verbose(InstallationMessages.Change(change));
        HashSet<string> known = await _watch.KnownAsync(changes.StackId, cancellationToken);
        await stacks.ExecuteChangeSetAsync(changeSetId, cancellationToken);
        (Stack stack, StackEvent? cause) = await _watch.WaitAsync(changes.StackId, known, changes.Changes.Count, observer, cancellationToken);
        if (stack.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE")
            return (stack, true);
        throw new OpsException(ErrorIds.StackFailed, cause is null ? InstallationMessages.StackFailed(stack.Name, stack.Status, stack.StatusReason) : InstallationMessages.ResourceFailed(cause.LogicalId, cause.Kind, cause.Reason, stack.Name, stack.Status));
    }

    /// <summary>Deletes a stack and waits.</summary>
    /// <returns>The first cause of a failure; null if it was deleted.</returns>
    public async Task<Message?> DeleteAsync(Stack stack, int? resources, IRunObserver observer, CancellationToken cancellationToken)
    {
        HashSet<string> known = await _watch.KnownAsync(stack.Id, cancellationToken);
        await stacks.DeleteAsync(stack.Id, cancellationToken);
        (Stack deleted, StackEvent? cause) = await _watch.WaitAsync(stack.Id, known, resources, observer, cancellationToken);
        return deleted.Status == "DELETE_COMPLETE" ? null
            : cause is null ? InstallationMessages.StackFailed(deleted.Name, deleted.Status, deleted.StatusReason)
            : InstallationMessages.ResourceFailed(cause.LogicalId, cause.Kind, cause.Reason, deleted.Name, deleted.Status);
    }

    /// <summary>Whether a stack is of one of our templates. What is changed or deleted must be certain: moto does not return the description after a change set.</summary>
    private async Task<bool> IsOursAsync(Stack stack, CancellationToken cancellationToken) => stack.Description is not null
        ? !stack.IsForeign
        : (await retry.RunAsync(() => stacks.GetTemplateAsync(stack.Name, cancellationToken), cancellationToken)).Contains("Description: " + AutomationTemplate.Mark);

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
                throw new OpsException(ErrorIds.WaitTimeout, InstallationMessages.ChangeSetNotReady(changeSetId, changes.Status));
            observer.Progress(new RunProgress(InstallationMessages.Comparing(), 0, null, changes.Status));
            await time.Delay(Interval, cancellationToken);
        }
    }
}
