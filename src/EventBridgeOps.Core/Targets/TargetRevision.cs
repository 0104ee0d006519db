using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Targets;

/// <summary>A Batch target of a rule, and the state of its job definition reference.</summary>
[Record("Targets", Suite = "Batch targets", State = nameof(State), Exempt = nameof(IsExcluded), KnownBy = [nameof(TargetId), nameof(JobDefinition), nameof(State)])]
[Group("Event bus", nameof(EventBusName))]
[Column("Rule", nameof(RuleName), Room = 14, Faint = nameof(IsIdle))]
[Column("Target", nameof(TargetId), Width = 15, Room = 6)]
[Column("Job definition", nameof(JobDefinition), Label = nameof(JobDefinition), Form = ColumnForm.Reference, Room = 13)]
[Column("Latest", nameof(LatestRevision), Width = 6, Right = true)]
[Column("State", nameof(State), Width = 10, Faint = nameof(IsExcluded))]
public sealed partial record TargetRevision : IReportable
{
    /// <summary>The bus's name.</summary>
    [Field(Key = true)]
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    [Field(Key = true)]
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? RuleState { get; init; }

    /// <summary>The service that manages the rule; null for the account's own rules.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>The target's id within its rule.</summary>
    [Field(Key = true)]
    public required string TargetId { get; init; }

    /// <summary>The job queue that jobs are submitted to.</summary>
    public string? JobQueueArn { get; init; }

    /// <summary>The role that EventBridge assumes to submit jobs. A repair requires <c>iam:PassRole</c> for it. Null if the target has none.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The job definition reference as written in the target.</summary>
    [Field(Key = true)]
    public required string JobDefinition { get; init; }

    /// <summary>The name in the reference; null if the reference is not valid.</summary>
    [Field(Unlisted = true)]
    public string? JobDefinitionName { get; init; }

    /// <summary>The revision in the reference; null if it has none.</summary>
    [Field(Unlisted = true)]
    public int? Revision { get; init; }

    /// <summary>The highest ACTIVE revision; null if none is ACTIVE or it is unknown.</summary>
    public int? LatestRevision { get; init; }

    /// <summary>The difference between <see cref="LatestRevision"/> and <see cref="Revision"/>; null if either is unknown.</summary>
    [Field(Unit = "revisions")]
    public int? RevisionsBehind { get; init; }

    /// <summary>The state of the reference.</summary>
    [Field(Key = true)]
    public RevisionState State { get; init; }

    /// <summary>The reason, if the state alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the target does not count as drift: its rule is disabled, or an AWS service manages it. Null if it counts.</summary>
    public string? Exclusion { get; init; }

    /// <summary>The Region that was scanned.</summary>
    public string? Region { get; init; }

    /// <summary>The account that owns the rule.</summary>
    public string? AccountId { get; init; }

    /// <summary>The target as returned by EventBridge, as JSON text. A repair compares it with the current target before it writes.</summary>
    [Field(Document = true)]
    public required string Document { get; init; }

    /// <summary>True if the target does not run the latest revision, or does not run at all, and counts.</summary>
    public bool IsDrift() => Shape.Judge(this)!.IsDrift;

    /// <summary>Whether its rule is disabled or belongs to an AWS service, so that nothing is to be done about it.</summary>
    private bool IsIdle => !IsEnabled || ManagedBy is not null;

    private bool IsEnabled => RuleState != RuleStates.Disabled;

    private bool IsExcluded => !string.IsNullOrEmpty(Exclusion); // CSV has no null.

    IEnumerable<ReportItem> IReportable.Report(IVoice voice)
    {
        string definition = JobDefinitionText.Short(JobDefinition);
        string? message = State switch
        {
            _ when Exclusion is { Length: > 0 } exclusion => TargetMessages.Excluded(exclusion).In(voice),
            RevisionState.Behind => Repair(TargetMessages.Behind(IsEnabled)).In(voice),
            RevisionState.Inactive => Repair(TargetMessages.Failing(IsEnabled, Reason ?? TargetMessages.RevisionDeregistered().In(voice))).In(voice),
            RevisionState.Missing => TargetMessages.RegisterAgain(TargetMessages.Failing(IsEnabled, Reason ?? TargetMessages.NoneActive().In(voice))).In(voice),
            _ => Reason,
        };
        string detail = LatestRevision is { } latest && latest != Revision ? TargetMessages.DefinitionAndLatest(definition, latest).In(voice) : definition;
        return [ReportItem.Of(this, EventBusName, $"{RuleName}/{TargetId}", detail, message)];
    }

    /// <summary>What a repair does with it.</summary>
    private Message Repair(Message fault) => ManagedBy is { Length: > 0 } service ? TargetMessages.RepairManaged(fault, service)
        : IsEnabled ? TargetMessages.Repair(fault)
        : TargetMessages.RepairDisabled(fault);

    /// <summary>Bus, rule and target id.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}/{TargetId}";
}
