using EventBridgeOps.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Counts the outcomes of events.</summary>
public static class EventTally
{
    /// <summary>Starts a count.</summary>
    public static Tally<EventStatus> Start() => new(
        (EventStatus.Sent, PublishingMessages.Sent().ToString()), (EventStatus.WouldSend, PublishingMessages.WouldBeSent().ToString()), (EventStatus.Skipped, PublishingMessages.Skipped().ToString()));
}
