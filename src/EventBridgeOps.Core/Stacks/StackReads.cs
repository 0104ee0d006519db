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
    public static Task<List<StackResource>> ReadResourcesAsync(this IStackApi stacks, Stack stack, ItemRetry retry, CancellationToken cancellationToken) => stacks.ReadResourcesAsync(stack.Id, retry, cancellationToken);

    /// <summary>The resources of a stack and of the nested stacks in it, which follow the resource that they are.</summary>
    /// <param name="stacks">AWS CloudFormation.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="retry">Retries a call when its own retries are used up.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static Task<List<StackResource>> ReadAllResourcesAsync(this IStackApi stacks, Stack stack, ItemRetry retry, CancellationToken cancellationToken) => stacks.ReadAllResourcesAsync(stack.Id, retry, cancellationToken);

    /// <summary>What failed in the last operation of a stack, in the order in which it happened. Of a nested stack, it is what failed in it.</summary>
    /// <param name="stacks">AWS CloudFormation.</param>
    /// <param name="stackId">The ID of the stack.</param>
    /// <param name="retry">Retries a call when its own retries are used up.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<List<StackEvent>> ReadFailuresAsync(this IStackApi stacks, string stackId, ItemRetry retry, CancellationToken cancellationToken)
    {
        List<StackEvent> failures = [];
        foreach (StackEvent happened in await retry.RunAsync(() => LastOperationAsync(stacks, stackId, cancellationToken), cancellationToken))
        {
            bool isNested = happened.Kind == StackResource.StackKind && happened.Status.EndsWith("_FAILED", StringComparison.Ordinal) && happened.PhysicalId is { Length: > 0 } && happened.PhysicalId != stackId;
            List<StackEvent> inner = isNested ? await stacks.ReadFailuresAsync(happened.PhysicalId!, retry, cancellationToken) : [];
            if (inner.Count > 0)
                failures.AddRange(inner);
            else if (isNested || happened.IsCause)
                failures.Add(happened);
        }

        return failures;
    }

    /// <summary>The events of a stack that are not known yet, in the order in which they happened.</summary>
    /// <param name="stacks">AWS CloudFormation.</param>
    /// <param name="stackId">The ID of the stack.</param>
    /// <param name="known">The IDs of the known ones; those that are read are added.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<List<StackEvent>> ReadNewAsync(this IStackApi stacks, string stackId, HashSet<string> known, CancellationToken cancellationToken)
    {
        List<StackEvent> fresh = [];
        await foreach (StackEvent happened in stacks.ListEventsAsync(stackId, cancellationToken))
        {
            if (known.Contains(happened.Id))
                break; // The most recent one is first, so the rest is known.
            fresh.Add(happened);
        }

        // Only when all are read: the pages may have to be read again.
        known.UnionWith(fresh.Select(happened => happened.Id));
        fresh.Reverse();
        return fresh;
    }

    private static async Task<List<StackEvent>> LastOperationAsync(IStackApi stacks, string stackId, CancellationToken cancellationToken)
    {
        List<StackEvent> events = [];
        await foreach (StackEvent happened in stacks.ListEventsAsync(stackId, cancellationToken))
        {
            events.Add(happened);
            if (happened.Begins(stackId))
                break; // The most recent one is first.
        }

        events.Reverse();
        return events;
    }

    private static Task<List<StackResource>> ReadResourcesAsync(this IStackApi stacks, string stackId, ItemRetry retry, CancellationToken cancellationToken) =>
        retry.RunAsync(() => stacks.ListResourcesAsync(stackId, cancellationToken).ToListAsync(cancellationToken), cancellationToken);

    private static async Task<List<StackResource>> ReadAllResourcesAsync(this IStackApi stacks, string stackId, ItemRetry retry, CancellationToken cancellationToken)
    {
        List<StackResource> all = [];
        foreach (StackResource resource in await stacks.ReadResourcesAsync(stackId, retry, cancellationToken))
        {
            all.Add(resource);
            // What is in a nested stack that is gone is found by its ID.
            if (resource is { Kind: StackResource.StackKind, PhysicalId.Length: > 0 })
                all.AddRange(await stacks.ReadAllResourcesAsync(resource.PhysicalId, retry, cancellationToken));
        }

        return all;
    }
}
