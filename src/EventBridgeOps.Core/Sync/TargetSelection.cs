using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>What a sync repairs: one target, or all Batch targets of a rule.</summary>
/// <remarks>The more is known from an earlier scan, the fewer calls the sync makes, and the better it detects modifications since then.</remarks>
public sealed record TargetSelection
{
    /// <summary>The bus's name or ARN.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id; null for all Batch targets of the rule.</summary>
    public string? TargetId { get; init; }

    /// <summary>The state of the rule, if known.</summary>
    public string? RuleState { get; init; }

    /// <summary>The service that manages the rule, if known.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>The account that owns the rule, if known.</summary>
    public string? AccountId { get; init; }

    /// <summary>The job definition reference found by the scan. A target that has another one now is not written.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The JSON text of the target found by the scan. A target that differs from it now is not written.</summary>
    public string? Document { get; init; }

    /// <summary>Creates a selection from a scanned target.</summary>
    /// <param name="target">The scanned target.</param>
    public static TargetSelection From(TargetRevision target) => new()
    {
        EventBusName = target.EventBusName,
        RuleName = target.RuleName,
        TargetId = target.TargetId,
        RuleState = target.RuleState,
        ManagedBy = target.ManagedBy,
        AccountId = target.AccountId,
        JobDefinition = target.JobDefinition,
        Document = target.Document,
    };

    /// <summary>Creates selections from scanned targets.</summary>
    /// <param name="targets">The scanned targets.</param>
    public static async IAsyncEnumerable<TargetSelection> FromAll(IAsyncEnumerable<TargetRevision> targets)
    {
        await foreach (TargetRevision target in targets)
            yield return From(target);
    }
}
