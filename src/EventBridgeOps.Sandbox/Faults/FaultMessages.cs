using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>What a fault script says: the messages of injected errors, and what is wrong with a script.</summary>
internal static class FaultMessages
{
    public static Message Injected() => Message.Of($"This error was injected by a fault script.");

    public static Message EntryInjected() => Message.Of($"The failure of this entry was injected by a fault script.");

    public static Message RuleIsNull() => Message.Of($"The fault script is not valid: a rule is null.");

    public static Message RuleWithoutFault() => Message.Of($"The fault script is not valid: a rule has no fault.");

    public static Message ChangeRejected(string service, string operation, string reason) => Message.Of($"The call {operation} of {service} in the fault script was rejected: {reason}");
}
