using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Publishing;

/// <summary>The outcome of an event.</summary>
public enum EventStatus
{
    /// <summary>EventBridge accepted it.</summary>
    Sent,

    /// <summary>EventBridge rejected it, or it was not sent; see the reason.</summary>
    Failed,

    /// <summary>It would be sent; this was a what-if run.</summary>
    WouldSend,

    /// <summary>The user declined.</summary>
    Skipped,
}

/// <summary>An event and its outcome.</summary>
public sealed record EventResult
{
    /// <summary>The name or ARN of the event bus.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The source of the event.</summary>
    public required string Source { get; init; }

    /// <summary>The detail type of the event.</summary>
    public required string DetailType { get; init; }

    /// <summary>The ID in its detail, by which a consumer recognizes an event that is delivered twice; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The event ID from EventBridge; null when it was not accepted.</summary>
    public string? EventId { get; init; }

    /// <summary>The outcome.</summary>
    public EventStatus Status { get; init; }

    /// <summary>The number of calls it was sent in; retries of a call without a response are not counted separately.</summary>
    public int Attempts { get; init; }

    /// <summary>The error code of the service; null when there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Its ID; without one, its event bus, source and detail type.</summary>
    public override string ToString() => Id ?? $"{EventBusName}: {Source}, {DetailType}";

    internal static EventResult Of(EventEntry entry, EventStatus status) =>
        new() { EventBusName = entry.Bus, Source = entry.Source, DetailType = entry.DetailType, Id = entry.Id, Status = status };
}
