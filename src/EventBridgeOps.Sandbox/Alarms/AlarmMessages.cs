using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>What the sandbox says of alarms in its own words.</summary>
internal static class AlarmMessages
{
    public static Message NoAction(string action) => Message.Of($"The sandbox does not support the alarm action {action}: it has the actions that publish to SNS topics.");
}
