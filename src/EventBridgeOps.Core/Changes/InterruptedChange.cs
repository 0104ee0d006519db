namespace EventBridgeOps.Changes;

/// <summary>What became of a change whose run was interrupted.</summary>
/// <param name="Written">How many items were written and verified.</param>
/// <param name="InFlight">The items that may have been written: the journal has no outcome for them.</param>
/// <param name="CanUndo">Whether there is anything to undo.</param>
public sealed record InterruptedChange(int Written, IReadOnlyList<ChangeItem> InFlight, bool CanUndo)
{
    /// <summary>The account of a change.</summary>
    /// <param name="change">The change as recorded in the journal.</param>
    public static InterruptedChange Of(Change change) => new(
        change.Items.Count(item => item.Status == ChangeItemStatus.Written),
        [.. change.Items.Where(item => item.Status == ChangeItemStatus.InFlight)],
        change.Items.Count > 0);
}
