namespace EventBridgeOps.Targets;

/// <summary>A Batch target of a rule, and how its job definition reference stands.</summary>
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

    /// <summary>The name in the reference; null when the reference cannot be read.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The revision in the reference; null when it floats.</summary>
    public int? Revision { get; init; }

    /// <summary>The highest ACTIVE revision; null when none is ACTIVE or it is unknown.</summary>
    public int? LatestRevision { get; init; }

    /// <summary>How many revision numbers lie between <see cref="Revision"/> and <see cref="LatestRevision"/>; null when either is unknown.</summary>
    public int? RevisionsBehind { get; init; }

    /// <summary>How the reference stands.</summary>
    public RevisionState State { get; init; }

    /// <summary>Why it stands so, where the state alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The region that was looked at.</summary>
    public string? Region { get; init; }

    /// <summary>The account that owns the rule.</summary>
    public string? AccountId { get; init; }

    /// <summary>The target as EventBridge sent it, as JSON text: what a repair compares with before it writes.</summary>
    public required string Document { get; init; }

    /// <summary>True when the target does not run the newest revision, or does not run at all.</summary>
    public bool IsDrift() => State is RevisionState.Behind or RevisionState.Inactive or RevisionState.Missing;

    /// <summary>Bus, rule and target id.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}/{TargetId}";
}
