using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>What the sandbox says of what it does not do as CloudTrail.</summary>
internal static class TrailMessages
{
    public static Message NoParameter(string name, string operation) => Message.Of($"The sandbox does not support the parameter {name} of {operation}.");

    public static Message NoSelector(string what) => Message.Of($"The sandbox does not support {what} in event selectors, only management events.");

    public static Message NoAttribute(string key) => Message.Of($"The sandbox does not support looking up events by {key}.");
}
