using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>Messages that all runs share.</summary>
internal static class RunMessages
{
    public static Message OutOfRange(string option, double value, double min, double max) => Message.Of($"{option:param} must be from {min} to {max}, but it is {value}.");

    public static Message TooLow(string option, double value, double min) => Message.Of($"{option:param} must be {min} or greater, but it is {value}.");

    public static Message Count(int count, Message words) => Message.Of($"{count} {words}");

    public static Message Ended(OpsException cause, int items) => Message.Of($"The run was ended because its first {items:item|items} failed: {cause}");

    public static Message Failed() => Message.Of($"failed");

    public static Message NoEvents() => Message.Of($"Nothing was checked: the input contains no events.");
}
