namespace EventBridgeOps.Events.Reading;

/// <summary>The form of an event document.</summary>
public enum EventForm
{
    /// <summary>An event, as matched by rules: <c>source</c>, <c>detail-type</c>, <c>detail</c> as an object.</summary>
    Event,

    /// <summary>An entry of PutEvents: <c>Source</c>, <c>DetailType</c>, <c>Detail</c> as a string.</summary>
    Entry,
}
