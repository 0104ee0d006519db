namespace EventBridgeOps.Targets;

/// <summary>A Batch target of a rule, and the state of its job definition reference.</summary>
public sealed record TargetRevision
{
    /// <summary>The bus's name.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? RuleState { get; init; }

    /// <summary>The service that manages the rule; null for the account's own rules.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>The target's id within its rule.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job queue that jobs are submitted to.</summary>
    public string? JobQueueArn { get; init; }

    /// <summary>The job definition reference as written in the target.</summary>
    public required string JobDefinition { get; init; }

    /// <summary>The name in the reference; null if the reference is not valid.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The revision in the reference; null if it has none.</summary>
    public int? Revision { get; init; }

    /// <summary>The highest ACTIVE revision; null if none is ACTIVE or it is unknown.</summary>
    public int? LatestRevision { get; init; }

    /// <summary>The difference between <see cref="LatestRevision"/> and <see cref="Revision"/>; null if either is unknown.</summary>
    public int? RevisionsBehind { get; init; }

    /// <summary>The state of the reference.</summary>
    public RevisionState State { get; init; }

    /// <summary>The reason, if the state alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The Region that was scanned.</summary>
    public string? Region { get; init; }

    /// <summary>The account that owns the rule.</summary>
    public string? AccountId { get; init; }

    /// <summary>The target as returned by EventBridge, as JSON text. A repair compares it with the current target before it writes.</summary>
    public required string Document { get; init; }

    /// <summary>True if the target does not run the latest revision, or does not run at all.</summary>
    public bool IsDrift() => State is RevisionState.Behind or RevisionState.Inactive or RevisionState.Missing;

    /// <summary>Bus, rule and target id.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}/{TargetId}";
}
