using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Undo;

/// <summary>Messages about the undo of a change.</summary>
internal static class UndoMessages
{
    public static Message OtherRegion(string change, string region, string here) =>
        Message.Of($"Change {change} was made in Region {region}, but this session uses Region {here}. Run the command again with {"Region":param} {region}.");

    public static Message OtherAccount(string change, string account, string? identity, string here) =>
        Message.Of($"Change {change} was made in account {account} by {identity}, but this session uses account {here}. Run the command again with credentials of account {account}.");

    public static Message Reverting() => Message.Of($"Reverting the change");

    public static Message CannotTakeBack(string target) => Message.Of($"the event was delivered to {target}, and a delivery cannot be undone");
}
