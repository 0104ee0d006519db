using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Publishing;

/// <summary>The outcome of an event.</summary>
public enum EventStatus : long
{
    /// <summary>EventBridge accepted it.</summary>
    [State(Tone.Good)]
    Sent,

    /// <summary>EventBridge rejected it, or it was not sent; see the reason.</summary>
    [State(Tone.Bad)]
    Failed,

    /// <summary>It would be sent; this was a what-if run.</summary>
    [State(Tone.Planned)]
    WouldSend,

    /// <summary>The user declined.</summary>
    [State(Tone.Warning)]
    Skipped,
}

/// <summary>An event and its outcome.</summary>
[Record("Event results", State = nameof(Status), Quiet = nameof(EventStatus.Sent))]
[Group("Event bus", nameof(EventBusName))]
[Column("ID", nameof(Id), Label = nameof(Id), Width = 27)]
[Column("Source", nameof(Source))]
[Column("Detail type", nameof(DetailType), Label = nameof(DetailType))]
[Column("Status", nameof(Status), Width = 9)]
public sealed partial record EventResult
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

    /// <summary>Where the entry was read: the file and the line; null when it was not read from a file or a text.</summary>
    public string? Origin { get; init; }

    /// <summary>The number of calls it was sent in; retries of a call without a response are not counted separately.</summary>
    [Field(Unit = "calls")]
    public int Attempts { get; init; }

    /// <summary>The error code of the service; null when there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    /// <summary>Its ID; without one, its event bus, source and detail type.</summary>
    public override string ToString() => Id ?? $"{EventBusName}: {Source}, {DetailType}";

    internal static EventResult Of(EventEntry entry, EventStatus status) =>
        new() { EventBusName = entry.Bus, Source = entry.Source, DetailType = entry.DetailType, Id = entry.Id, Origin = entry.Origin, Status = status };
}
