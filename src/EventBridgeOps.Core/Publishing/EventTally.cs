using EventBridgeOps.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Counts what became of events.</summary>
public static class EventTally
{
    /// <summary>A new count.</summary>
    public static Tally<EventStatus> Start() => new((EventStatus.Sent, "sent"), (EventStatus.WouldSend, "would be sent"), (EventStatus.Skipped, "skipped"));
}
