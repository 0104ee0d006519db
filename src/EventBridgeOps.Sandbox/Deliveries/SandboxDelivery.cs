namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>One event on its way to one target.</summary>
/// <param name="Number">The number of the last change of this delivery; numbers go up.</param>
/// <param name="EventId">The ID of the event.</param>
/// <param name="EventBusName">The event bus.</param>
/// <param name="RuleName">The rule that matched.</param>
/// <param name="TargetId">The ID of the target in the rule.</param>
/// <param name="TargetArn">The ARN of the target.</param>
/// <param name="Region">The Region.</param>
/// <param name="Attempts">The number of attempts so far.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="ErrorCode">The error code of the last attempt, as a dead letter has it; null if it was not refused.</param>
/// <param name="Reason">Why it was refused, what the sandbox does not simulate, or what it does not know of a delivery; otherwise null.</param>
/// <param name="StartedAt">The time of the first attempt.</param>
/// <param name="ChangedAt">The time of the last attempt.</param>
/// <param name="NextAttemptAt">The time of the next attempt, while it is retried.</param>
/// <param name="Input">What the target received, or would have received.</param>
public sealed record SandboxDelivery(
    long Number,
    string EventId,
    string EventBusName,
    string RuleName,
    string TargetId,
    string TargetArn,
    string Region,
    int Attempts,
    DeliveryOutcome Outcome,
    string? ErrorCode,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? NextAttemptAt,
    string? Input);

/// <summary>What became of a delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>The target accepted the event.</summary>
    Delivered,

    /// <summary>The target refused the event, and EventBridge will try again.</summary>
    Retrying,

    /// <summary>The event was given up and is in the dead-letter queue.</summary>
    DeadLettered,

    /// <summary>The event was given up and is lost: the target has no dead-letter queue, or the queue did not accept it.</summary>
    Lost,

    /// <summary>The sandbox does not deliver to this kind of target.</summary>
    NotSimulated,
}
