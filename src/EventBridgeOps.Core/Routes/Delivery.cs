using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Routes;

/// <summary>The delivery of an event to a target of a rule that matches it.</summary>
[Record("Deliveries", State = nameof(State), KnownBy = [nameof(Route), nameof(InputKind), nameof(State)])]
[Group("Event", nameof(Event), nameof(Route))]
[Column("Rule", nameof(RuleName), Width = 22, Flexible = true, Faint = nameof(IsDisabled))]
[Column("Target", nameof(TargetId), Width = 15, Flexible = true)]
[Column("State", nameof(State), Width = 9)]
[Column("Input or reason", nameof(State), nameof(Input), nameof(Reason), Form = ColumnForm.InputOrReason)]
public sealed partial record Delivery : IReportable
{
    /// <summary>Where the event was read: <c>week.jsonl:12</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The <c>id</c> of the event; null when it has none.</summary>
    [Field(Unlisted = true)]
    public string? EventId { get; init; }

    /// <summary>The event buses that the event passed, ending with that of the rule: <c>default > mvp-development</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The event bus of the rule.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule that matches.</summary>
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? RuleState { get; init; }

    /// <summary>The target ID; null for a rule without targets.</summary>
    public string? TargetId { get; init; }

    /// <summary>The target: an ARN, or its name in a template.</summary>
    public string? TargetArn { get; init; }

    /// <summary>The outcome.</summary>
    public DeliveryState State { get; init; }

    /// <summary>The reason for the state, if there is more to say, and other information.</summary>
    public string? Reason { get; init; }

    /// <summary>Which setting of the target determines its input.</summary>
    public InputKind InputKind { get; init; }

    /// <summary>The exact input of the target; null when it is unknown.</summary>
    public string? Input { get; init; }

    /// <summary>The job definition reference of a Batch target, as written.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The state of that reference; null for other targets, and when AWS Batch was not called.</summary>
    public RevisionState? RevisionState { get; init; }

    /// <summary>The highest ACTIVE revision; null when it is unknown.</summary>
    public int? LatestRevision { get; init; }

    /// <summary>The target as returned by EventBridge or read from the file, as JSON text; null for a rule without targets.</summary>
    [Field(Document = true)]
    public string? Document { get; init; }

    private bool IsDisabled => State == DeliveryState.Disabled;

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, EventBusName, TargetId is null ? RuleName : $"{RuleName}/{TargetId}", Event, Reason)];

    /// <summary>The route, the rule and the target.</summary>
    public override string ToString() => $"{Route}/{RuleName}/{TargetId}";
}
