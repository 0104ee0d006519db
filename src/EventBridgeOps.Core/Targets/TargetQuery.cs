using EventBridgeOps.Rules;

namespace EventBridgeOps.Targets;

/// <summary>Which Batch targets to look at.</summary>
public sealed record TargetQuery
{
    /// <summary>Which rules, on which buses.</summary>
    public RuleQuery Rules { get; init; } = new();

    /// <summary>Target ids, with or without wildcards.</summary>
    public IReadOnlyList<string> TargetId { get; init; } = ["*"];

    /// <summary>Job definition names (without revision), with or without wildcards.</summary>
    public IReadOnlyList<string> JobDefinition { get; init; } = ["*"];

    /// <summary>
    /// List the targets of every rule. Otherwise, where that costs fewer calls, EventBridge is asked for the rules of each job queue,
    /// which does not find targets whose job queue no longer exists.
    /// </summary>
    public bool Thorough { get; init; }
}
