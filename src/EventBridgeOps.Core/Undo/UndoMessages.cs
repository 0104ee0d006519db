using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Undo;

/// <summary>Messages about the undo of a change. Reasons are clauses: they are part of a sentence.</summary>
internal static class UndoMessages
{
    public static Message OtherRegion(string change, string region, string here) =>
        Message.Of($"Change {change} was made in Region {region}, but this session uses Region {here}. Run the command again with {"Region":param} {region}.");

    public static Message OtherAccount(string change, string account, string? identity, string here) =>
        Message.Of($"Change {change} was made in account {account} by {identity}, but this session uses account {here}. Run the command again with credentials of account {account}.");

    public static Message NewTarget() => Message.Of($"the target did not exist before the change; remove it manually if it is not needed");

    public static Message StaysDeregistered(string? revision) =>
        Message.Of($"AWS Batch cannot make the deregistered revision {revision} ACTIVE again; it can still be described for about 180 days");

    public static Message RegisterAgain(string? revision) => Message.Of($"register the document of {revision} again");

    public static Message DefinitionChanged(string name, string latest) => Changed(name, Message.Of($"{latest}"));

    public static Message DefinitionMoved(string name, string latest, string expected) => Changed(name, Message.Of($"{latest}, not {expected}"));

    private static Message Changed(string name, Message latest, [CallerMemberName] string member = "") =>
        Message.Of($"Job definition {name} was modified after the change: its latest ACTIVE revision is {latest}. Nothing was registered. Check it with {"image list":cmd}. To revert only what the change modified, use {nameof(WriteOptions.Force):param}.", member);
}
