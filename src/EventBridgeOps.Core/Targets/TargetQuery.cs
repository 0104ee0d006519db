using EventBridgeOps.Rules;

namespace EventBridgeOps.Targets;

/// <summary>Which Batch targets to find.</summary>
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

    /// <summary>Creates a query from the specified values, else from the environment variables <c>EVENTBRIDGE_BUS_NAME</c>, <c>RULE_NAME</c> and <c>JOB_DEFINITION_NAME</c>.</summary>
    /// <param name="rules">Which rules.</param>
    /// <param name="targetId">Target ids; null or empty for all.</param>
    /// <param name="jobDefinition">Job definition names; null or empty when none is given.</param>
    /// <param name="thorough">List the targets of every rule.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static TargetQuery From(RuleQuery rules, IReadOnlyList<string>? targetId, IReadOnlyList<string>? jobDefinition, bool thorough, Func<string, string?> environment) => new()
    {
        Rules = rules,
        TargetId = RuleQuery.Choose(targetId, null, "*"),
        JobDefinition = RuleQuery.Choose(jobDefinition, environment("JOB_DEFINITION_NAME"), "*"),
        Thorough = thorough,
    };
}
