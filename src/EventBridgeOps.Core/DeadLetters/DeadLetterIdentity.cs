using EventBridgeOps.Events.Records;

namespace EventBridgeOps.DeadLetters;

/// <summary>Which message of which queue it is, its event, and the target that the event was for.</summary>
public abstract record DeadLetterIdentity
{
    /// <summary>The queue's name.</summary>
    public required string QueueName { get; init; }

    /// <summary>The queue's ARN.</summary>
    [Field(Unlisted = true)]
    public required string QueueArn { get; init; }

    /// <summary>The ID of the message.</summary>
    [Field(Key = true)]
    public required string MessageId { get; init; }

    /// <summary>The ID of the event; null if the message contains none.</summary>
    public string? EventId { get; init; }

    /// <summary>The source of the event; null if the message contains none.</summary>
    public string? Source { get; init; }

    /// <summary>The detail type of the event; null if the message contains none.</summary>
    public string? DetailType { get; init; }

    /// <summary>The event bus of the rule; null if the message does not name a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The rule; null if the message does not name one.</summary>
    public string? RuleName { get; init; }

    /// <summary>The ID of the target in its rule; null if the rule no longer has it, or has several that are the same resource.</summary>
    public string? TargetId { get; init; }

    /// <summary>The ARN of the target; null if the message does not name one.</summary>
    public string? TargetArn { get; init; }
}
