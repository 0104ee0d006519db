using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Targets;

/// <summary>Which Batch targets to find.</summary>
[Request]
public sealed partial record TargetQuery
{
    private const string JobDefinitionSetting = "JOB_DEFINITION_NAME";
    private const string JobQueueSetting = "JOB_QUEUE_ARN";
    private const string RoleSetting = "EVENTBRIDGE_ROLE_ARN";

    /// <summary>Which rules, on which buses.</summary>
    public RuleQuery Rules { get; init; } = new();

    /// <summary>Which of them are listed by their state, and which count as drift.</summary>
    public DriftScope Scope { get; init; } = new();

    /// <summary>The target IDs.</summary>
    [Option("id", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.Target))]
    public IReadOnlyList<string> TargetId { get; init; } = ["*"];

    /// <summary>The job definitions, without a revision.</summary>
    [Option("name", Wildcards = true, Setting = JobDefinitionSetting, Otherwise = "all", Names = nameof(NameKind.JobDefinition))]
    public IReadOnlyList<string> JobDefinition { get; init; } = ["*"];

    /// <summary>List the targets of every rule, including targets whose job queue no longer exists.</summary>
    /// <remarks>Without it, EventBridge is queried for the rules of each job queue if that takes fewer calls.</remarks>
    [Option]
    public bool Thorough { get; init; }

    /// <summary>The job queues that targets are expected to use, by name or ARN. A target with another one is a warning.</summary>
    [Option("name", Wildcards = true, Setting = JobQueueSetting, Otherwise = "any")]
    public IReadOnlyList<string> ExpectedJobQueue { get; init; } = ["*"];

    /// <summary>The roles that targets are expected to have, by name or ARN. A target with another one is a warning.</summary>
    [Option("name", Wildcards = true, Setting = RoleSetting, Otherwise = "any")]
    public IReadOnlyList<string> ExpectedRole { get; init; } = ["*"];

    /// <summary>Creates a query from the specified values, else from the environment variables <c>JOB_DEFINITION_NAME</c>, <c>JOB_QUEUE_ARN</c> and <c>EVENTBRIDGE_ROLE_ARN</c>.</summary>
    /// <param name="rules">Which rules.</param>
    /// <param name="targetId">Target ids; null or empty for all.</param>
    /// <param name="jobDefinition">Job definition names; null or empty when none is given.</param>
    /// <param name="thorough">List the targets of every rule.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static TargetQuery From(RuleQuery rules, IReadOnlyList<string>? targetId, IReadOnlyList<string>? jobDefinition, bool thorough, Func<string, string?> environment) => new()
    {
        Rules = rules,
        TargetId = RuleQuery.Choose(targetId, null, "*"),
        JobDefinition = RuleQuery.Choose(jobDefinition, environment(JobDefinitionSetting), "*"),
        ExpectedJobQueue = RuleQuery.Choose(null, environment(JobQueueSetting), "*"),
        ExpectedRole = RuleQuery.Choose(null, environment(RoleSetting), "*"),
        Thorough = thorough,
    };

    /// <summary>The same query with other expectations.</summary>
    /// <param name="jobQueue">Job queues; null for those of the query.</param>
    /// <param name="role">Roles; null for those of the query.</param>
    public TargetQuery Expecting(IReadOnlyList<string>? jobQueue, IReadOnlyList<string>? role) => this with { ExpectedJobQueue = jobQueue ?? ExpectedJobQueue, ExpectedRole = role ?? ExpectedRole };

    /// <summary>Whether it looks for anything but all targets.</summary>
    internal bool NamesTargets => Rules.NamesRules || !NameLists.IsOnly(TargetId, "*") || !NameLists.IsOnly(JobDefinition, "*");

    /// <summary>Says that no target was found, and what was looked at.</summary>
    internal Message NothingFound()
    {
        if (!NamesTargets && Scope.State.Count == 0)
            return NameLists.IsOnly(Rules.EventBusName, "*") ? TargetMessages.NoTargetsAnywhere() : TargetMessages.NoTargets(Rules.EventBusName);

        Message nothing = TargetMessages.NothingFound(TargetId, JobDefinition, Rules.RuleName, Rules.EventBusName);
        return Scope.State.Count > 0 ? TargetMessages.InStates(nothing, Scope.State) : nothing;
    }

    /// <summary>Creates a query for the targets that are to follow job definitions with a new revision. They can be on any event bus, so all are searched unless some are named, and no environment variable narrows it.</summary>
    /// <param name="jobDefinition">The job definitions, without a revision.</param>
    /// <param name="eventBusName">Event buses; null or empty for all.</param>
    /// <param name="targetId">Target IDs; null or empty for all.</param>
    /// <param name="thorough">List the targets of every rule.</param>
    /// <param name="throttleLimit">The maximum number of items to process at the same time.</param>
    /// <exception cref="Events.Messages.OpsException"><see cref="Events.Messages.ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public static TargetQuery Following(IReadOnlyList<string> jobDefinition, IReadOnlyList<string>? eventBusName, IReadOnlyList<string>? targetId, bool thorough, int throttleLimit) =>
        From(RuleQuery.From(eventBusName is { Count: > 0 } ? eventBusName : ["*"], null, throttleLimit, _ => null), targetId, jobDefinition, thorough, _ => null);
}
