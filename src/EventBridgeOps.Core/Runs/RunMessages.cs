using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>Messages that all runs share.</summary>
internal static class RunMessages
{
    public static Message ThrottleLimit(int limit, int max) => Message.Of($"{"ThrottleLimit":param} must be from 1 to {max}, but it is {limit}.");

    public static Message Count(int count, Message words) => Message.Of($"{count} {words}");

    public static Message Ended(OpsException cause, int items) => Message.Of($"The run was ended because its first {items:item|items} failed: {cause}");

    public static Message Failed() => Message.Of($"failed");
}
