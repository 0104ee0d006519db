using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>What the sandbox says where no AWS service would answer.</summary>
internal static class CallMessages
{
    public static Message UnknownEndpoint() => Message.Of($"The sandbox has no such administration endpoint.");

    public static Message UnknownOperation(string service, string operation) => Message.Of($"The sandbox does not support the operation {operation} of {service}.");

    public static Message NotInOtherAccounts(string service, string account) => Message.Of($"The sandbox has {service} in its own account only, and not in {account}.");

    public static Message UnknownMember(string name, string place) => Message.Of($"The sandbox does not support the member {name} of {place}.");

    public static Message NotASpan(int days) => Message.Of($"Specify how far to advance the clock in whole seconds, 0 to {days} days: {{\"seconds\": 7200}}.");

    public static Message SandboxFailed(string reason) => Message.Of($"The sandbox failed: {reason}");
}
