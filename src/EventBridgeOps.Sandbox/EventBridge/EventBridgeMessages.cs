using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>What the sandbox refuses in its own words, where EventBridge would not.</summary>
internal static class EventBridgeMessages
{
    public static Message UnknownMember(string name, string place) => Message.Of($"The sandbox does not support the member {name} of {place}.");

    public static Message ArchiveInUse(string archive, string replay) => Message.Of($"The archive {archive} cannot be deleted while the replay {replay} reads from it.");

    public static Message NotARuleOfTheBus(string arn) => Message.Of($"Parameter Destination.FilterArns is not valid. Reason: {arn} is not the ARN of a rule of the event bus.");
}
