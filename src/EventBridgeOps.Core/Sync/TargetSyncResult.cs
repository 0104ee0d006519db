using EventBridgeOps.Changes;

namespace EventBridgeOps.Sync;

/// <summary>One target of a sync or an undo, or one job definition of an undo, and its outcome.</summary>
public sealed record TargetSyncResult : IChangeResult<TargetSyncResult>
{
    /// <summary>The bus's name; empty for a job definition.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name; empty for a job definition.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id within its rule; empty for a job definition.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job definition's name; null for a target.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The job definition reference before the run; null if it is unknown.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after the run, or the requested one; null for none.</summary>
    public string? To { get; init; }

    /// <summary>The outcome.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True if the target was verified by reading it back.</summary>
    public bool Verified { get; init; }

    /// <summary>The ID of the change in the journal; null if nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The reason, if the status alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The beginning of a result.</summary>
    /// <param name="resource">What is to be written.</param>
    internal static TargetSyncResult For(ResourceId resource) => new()
    {
        EventBusName = resource.EventBusName,
        RuleName = resource.RuleName,
        TargetId = resource.TargetId,
        JobDefinitionName = resource.JobDefinitionName,
    };

    TargetSyncResult IChangeResult<TargetSyncResult>.With(Conclusion conclusion) => this with
    {
        // A revision is made from the one that is the latest when it is written.
        From = conclusion.Write?.Before?.Version ?? From,
        To = conclusion.Write?.Made?.Reference ?? conclusion.Write?.Before?.Version ?? To,
        Status = conclusion.Status,
        Verified = conclusion.Verified,
        ChangeId = conclusion.ChangeId ?? ChangeId,
        Reason = conclusion.Reason,
        ErrorId = conclusion.ErrorId,
    };

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition.</summary>
    public override string ToString() => JobDefinitionName is null ? $"{EventBusName}/{RuleName}/{TargetId}" : $"job-definition/{JobDefinitionName}";
}
