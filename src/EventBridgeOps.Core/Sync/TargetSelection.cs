using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>What a sync is asked to look after: one target, or all Batch targets of a rule.</summary>
/// <remarks>The more it carries of what was seen before, the fewer calls the sync makes, and the more it can notice that something moved since.</remarks>
public sealed record TargetSelection
{
    /// <summary>The bus's name or ARN.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id; null for all Batch targets of the rule.</summary>
    public string? TargetId { get; init; }

    /// <summary>The rule's state, if it is known already.</summary>
    public string? RuleState { get; init; }

    /// <summary>The service that manages the rule, if it is known already.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>The account that owns the rule, if it is known already.</summary>
    public string? AccountId { get; init; }

    /// <summary>The job definition reference that was seen; a target that has another by now is not written.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The target's JSON text that was seen; a target that differs from it by now is not written.</summary>
    public string? Document { get; init; }

    /// <summary>All that a scan has seen of a target.</summary>
    /// <param name="target">What the scan gave.</param>
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

    /// <summary>All that a scan has seen of each target.</summary>
    /// <param name="targets">What the scan gives.</param>
    public static async IAsyncEnumerable<TargetSelection> FromAll(IAsyncEnumerable<TargetRevision> targets)
    {
        await foreach (TargetRevision target in targets)
            yield return From(target);
    }
}
