using EventBridgeOps.Runs;

namespace EventBridgeOps.Stacks;

/// <summary>Reads what happens to a stack, each event once.</summary>
/// <param name="stacks">AWS CloudFormation.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class StackEventReader(IStackApi stacks, ItemRetry retry)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private string? _stackId;

    /// <summary>The events that were not read before, in their order. Of a stack that is read for the first time, those of the operation at which CloudFormation is.</summary>
    /// <param name="stack">The stack. It can be another one of the same name than before.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<IReadOnlyList<StackEvent>> NewAsync(Stack stack, CancellationToken cancellationToken)
    {
        bool isFirst = _stackId is null, isOther = _stackId != stack.Id;
        _stackId = stack.Id;
        List<StackEvent> fresh = await retry.RunAsync(() => stacks.ReadNewAsync(stack.Id, _known, cancellationToken), cancellationToken);
        if (!isOther)
            return fresh;
        return isFirst && !stack.IsBusy ? [] : [.. fresh.Skip(Math.Max(0, fresh.FindLastIndex(happened => happened.Begins(stack.Id))))];
    }
}
