using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Stacks;

/// <summary>Reads stacks.</summary>
internal static class StackReads
{
    /// <summary>The resources of a stack.</summary>
    /// <param name="stacks">AWS CloudFormation.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="retry">Retries a call when its own retries are used up.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static Task<List<StackResource>> ReadResourcesAsync(this IStackApi stacks, Stack stack, ItemRetry retry, CancellationToken cancellationToken) =>
        retry.RunAsync(() => stacks.ListResourcesAsync(stack.Id, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
}
