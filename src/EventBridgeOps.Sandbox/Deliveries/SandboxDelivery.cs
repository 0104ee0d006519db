using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>One event on its way to one target of a rule, in the sandbox.</summary>
[Record("Deliveries", State = nameof(Outcome))]
[Group("Event bus", nameof(EventBusName))]
[Column("Changed", nameof(ChangedAt), Form = ColumnForm.Moment, Width = 11)]
[Column("Rule", nameof(RuleName), Room = 8)]
[Column("Target", nameof(TargetId), Room = 4, Tail = 6)]
[Column("Tries", nameof(Attempts), Width = 5, Right = true, Window = 110)]
[Column("Outcome", nameof(Outcome), Width = 12)]
[Column("Error", nameof(ErrorCode), Width = 17)]
[Column("Event", nameof(EventId), Width = 36, Window = 160)]
[Column("Reason", nameof(Reason), Window = 110)]
public sealed partial record SandboxDelivery
{
    /// <summary>The number of the last change of this delivery. Numbers increase with each change in the sandbox.</summary>
    [Field(Unlisted = true)]
    public long Number { get; init; }

    /// <summary>The ID of the event.</summary>
    [Field(Key = true)]
    public required string EventId { get; init; }

    /// <summary>The event bus.</summary>
    [Field(Key = true)]
    public required string EventBusName { get; init; }

    /// <summary>The rule that matched.</summary>
    [Field(Key = true)]
    public required string RuleName { get; init; }

    /// <summary>The ID of the target in the rule.</summary>
    [Field(Key = true)]
    public required string TargetId { get; init; }

    /// <summary>The ARN of the target.</summary>
    public required string TargetArn { get; init; }

    /// <summary>The Region.</summary>
    public required string Region { get; init; }

    /// <summary>The number of attempts so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The result so far.</summary>
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>The error code of the last attempt, as in a dead letter; null if the target did not refuse it.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Why the target refused the event, what the sandbox does not simulate, or what is unknown about the delivery; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The time of the first attempt, in UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The time of the last attempt, in UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The time of the next attempt, in UTC; null if there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What the target received, or would have received.</summary>
    [Field(Document = true)]
    public string? Input { get; init; }
}

/// <summary>The result of a delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>The target accepted the event.</summary>
    [State(Tone.Good)]
    Delivered,

    /// <summary>The target refused the event, and EventBridge will try again.</summary>
    [State(Tone.Warning, Verdict.PassedWithWarning)]
    Retrying,

    /// <summary>EventBridge gave up, and the event is in the dead-letter queue.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    DeadLettered,

    /// <summary>EventBridge gave up, and the event is lost: the target has no dead-letter queue, or the queue did not accept the event.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Lost,

    /// <summary>The sandbox does not deliver to this kind of target.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    NotSimulated,
}
