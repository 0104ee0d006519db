using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Buses;

/// <summary>Messages about event buses.</summary>
internal static class BusMessages
{
    public static Message Reading() => Message.Of($"Reading event buses");

    public static Message NoBuses() => Message.Of($"There are no event buses in this Region.");

    public static Message NothingFound(IEnumerable<string> buses) => Message.Of($"No event buses were found. Event buses looked for: {buses}.");
}
