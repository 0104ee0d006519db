using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Routes;

/// <summary>What an event would lead to at one target of one rule that matches it.</summary>
public sealed record Delivery
{
    /// <summary>Where the event was read: <c>week.jsonl:12</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The event's <c>id</c>; null when it has none.</summary>
    public string? EventId { get; init; }

    /// <summary>The buses that the event came by, the last one being the rule's: <c>default > mvp-development</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The bus of the rule.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule that matches.</summary>
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? RuleState { get; init; }

    /// <summary>The target's id; null for a rule without targets.</summary>
    public string? TargetId { get; init; }

    /// <summary>What is called: an ARN, or the name that a template gives it.</summary>
    public string? TargetArn { get; init; }

    /// <summary>What becomes of it.</summary>
    public DeliveryState State { get; init; }

    /// <summary>Why, where the state alone does not tell, and what else is worth knowing.</summary>
    public string? Reason { get; init; }

    /// <summary>Which of the target's settings decides what it is sent.</summary>
    public InputKind InputKind { get; init; }

    /// <summary>What the target is sent, to the letter; null when that cannot be told.</summary>
    public string? Input { get; init; }

    /// <summary>The job definition reference of a Batch target, as written.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>How that reference stands; null for other targets, and where AWS Batch was not asked.</summary>
    public RevisionState? RevisionState { get; init; }

    /// <summary>The highest ACTIVE revision; null when it is not known.</summary>
    public int? LatestRevision { get; init; }

    /// <summary>The target as EventBridge or the file has it, as JSON text; null for a rule without targets.</summary>
    public string? Document { get; init; }

    /// <summary>The route, the rule and the target.</summary>
    public override string ToString() => $"{Route}/{RuleName}/{TargetId}";
}
