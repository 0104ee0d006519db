using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>An event on an event bus.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="Bus">The name of the event bus.</param>
/// <param name="Json">The event as rules see it.</param>
/// <param name="IngestedAt">When EventBridge received it, in ISO 8601.</param>
internal sealed record BusEvent(string Id, string Bus, string Json, string IngestedAt)
{
    private JsonElement? root;

    /// <summary>Whether it came from another event bus: then it goes on to no third one.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html</remarks>
    public bool IsForwarded { get; init; }

    /// <summary>The trace header of X-Ray that goes along to targets and to dead-letter queues, beside the event; null for none.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html: only events of PutEvents have one, and archives do not keep it.</remarks>
    public string? TraceHeader { get; init; }

    public JsonElement Root => root ??= Wire.Json.Parse(Json);

    public RawDocument ToDocument() => RawDocument.Empty
        .With("id", Id).With("bus", Bus).With("json", Json).With("ingestedAt", IngestedAt).With("forwarded", IsForwarded).With("trace", TraceHeader);

    public static BusEvent From(RawDocument kept) =>
        new(kept.Text("id")!, kept.Text("bus")!, kept.Text("json")!, kept.Text("ingestedAt")!) { IsForwarded = kept.Flag("forwarded"), TraceHeader = kept.Text("trace") };
}
