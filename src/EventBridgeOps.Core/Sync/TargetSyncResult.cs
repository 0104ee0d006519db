using EventBridgeOps.Changes;

namespace EventBridgeOps.Sync;

/// <summary>One target of a sync or an undo, or one job definition of an undo, and what became of it.</summary>
public sealed record TargetSyncResult
{
    /// <summary>The bus's name; empty for a job definition.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name; empty for a job definition.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id within its rule; empty for a job definition.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job definition's name; null for a target.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The job definition reference before; null when it is unknown.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after, or the one that was meant; null when there is none.</summary>
    public string? To { get; init; }

    /// <summary>What became of it.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True when the target was read back as it should be.</summary>
    public bool Verified { get; init; }

    /// <summary>The change in the journal; null when nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>Why, where the status alone does not tell.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error id of what failed.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition.</summary>
    public override string ToString() => JobDefinitionName is null ? $"{EventBusName}/{RuleName}/{TargetId}" : $"job-definition/{JobDefinitionName}";
}
