using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>What is said when a running sandbox cannot be reached or asked.</summary>
internal static class AdministrationMessages
{
    public static Message NotLocal(string endpoint) => Message.Of($"{endpoint} is not the URL of a sandbox. A sandbox listens on 127.0.0.1. Example: http://127.0.0.1:4010.");

    public static Message NotReached(Uri endpoint, string reason) => Message.Of($"The sandbox at {endpoint} could not be reached: {reason}");

    public static Message NotASandbox(Uri endpoint) => Message.Of($"The server at {endpoint} is not a built-in sandbox. Only the built-in sandbox delivers events and has a clock; moto does not.");

    public static Message NotADuration(string value) => Message.Of($"'{value}' is not a valid duration. Examples: 90s, 2h, 1d12h, 02:00:00. A number without a unit is in seconds.");

    public static Message TooFar(string value, int days) => Message.Of($"{value} is too far. The clock can be advanced by 0 to {days} days at a time.");

    public static Message NotBackwards(string value) => Message.Of($"{value} is negative. The clock of the sandbox can only be advanced.");
}
