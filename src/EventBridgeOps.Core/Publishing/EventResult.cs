using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Publishing;

/// <summary>What became of one event.</summary>
public enum EventStatus
{
    /// <summary>EventBridge took it.</summary>
    Sent,

    /// <summary>EventBridge did not take it, or it was never sent; the reason says why.</summary>
    Failed,

    /// <summary>It would be sent, if this were not a what-if.</summary>
    WouldSend,

    /// <summary>A person said no.</summary>
    Skipped,
}

/// <summary>One event, and what became of it.</summary>
public sealed record EventResult
{
    /// <summary>The bus's name or ARN.</summary>
    public required string EventBusName { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Source { get; init; }

    /// <summary>What it is of.</summary>
    public required string DetailType { get; init; }

    /// <summary>The id in its detail, by which a consumer knows an event that comes twice; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>EventBridge's id; null when it was not taken.</summary>
    public string? EventId { get; init; }

    /// <summary>What became of it.</summary>
    public EventStatus Status { get; init; }

    /// <summary>In how many calls it went out; the retries of a call that got no answer are not counted apart.</summary>
    public int Attempts { get; init; }

    /// <summary>The service's error code; null when it had none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error id of what failed.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Its id, or else what it is.</summary>
    public override string ToString() => Id ?? $"{EventBusName}: {Source}, {DetailType}";

    internal static EventResult Of(EventEntry entry, EventStatus status) =>
        new() { EventBusName = entry.Bus, Source = entry.Source, DetailType = entry.DetailType, Id = entry.Id, Status = status };
}
