using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Stacks;

/// <summary>Waits for a stack, and shows what happens to its resources.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
/// <param name="time">The clock.</param>
internal sealed class StackWatch(IStackApi stacks, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>CloudFormation gives up most resources after an hour.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The events that there are already.</summary>
    public async Task<HashSet<string>> KnownAsync(string stackId, CancellationToken cancellationToken)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        await retry.RunAsync(() => stacks.ReadNewAsync(stackId, known, cancellationToken), cancellationToken);
        return known;
    }

    /// <summary>Waits until nothing happens to the stack any more.</summary>
    /// <param name="stackId">The ID of the stack.</param>
    /// <param name="known">The events before; those that are seen are added.</param>
    /// <param name="total">The resources of the stack; null if that is not known.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait; CloudFormation continues.</param>
    /// <returns>The stack, and the first cause of a failure; null if nothing failed.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.WaitTimeout"/>.</exception>
    public async Task<(Stack Stack, StackEvent? Cause)> WaitAsync(string stackId, HashSet<string> known, int? total, IRunObserver observer, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        TimeSpan wait = ShortestWait;
        StackEvent? cause = null;
        int done = 0;
        while (true)
        {
            Stack stack = await retry.RunAsync(() => stacks.DescribeAsync(stackId, cancellationToken), cancellationToken) ?? throw new OpsException(ErrorIds.ResourceNotFound, StackMessages.NoStack(stackId));
            foreach (StackEvent happened in await retry.RunAsync(() => stacks.ReadNewAsync(stackId, known, cancellationToken), cancellationToken))
            {
                cause ??= happened.IsCause ? happened : null;
                if (happened.LogicalId != stack.Name && !happened.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
                    done++;
                observer.Progress(new RunProgress(StackMessages.Progress(stack.Name), total is { } most ? Math.Min(done, most) : done, total, $"{happened.LogicalId}: {happened.Status}"));
                observer.Verbose(StackMessages.Happened(happened.LogicalId, happened.Kind, happened.Status, happened.Reason));
            }

            if (!stack.IsBusy)
                return (stack, cause);
            if (time.GetElapsedTime(start) > Patience)
                throw new OpsException(ErrorIds.WaitTimeout, StackMessages.StillBusy(stack.Name, stack.Status, Patience.TotalMinutes));
            await time.Delay(wait, cancellationToken);
            wait = wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }
}
