namespace EventBridgeOps.Events.Reading;

/// <summary>What a JSON object is, as far as events go. The two are easily mixed up.</summary>
public enum EventForm
{
    /// <summary>What rules see: <c>source</c>, <c>detail-type</c>, <c>detail</c> as an object.</summary>
    Event,

    /// <summary>What PutEvents takes: <c>Source</c>, <c>DetailType</c>, <c>Detail</c> as a string.</summary>
    Entry,
}
