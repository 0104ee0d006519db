using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule of an event bus.</summary>
[Record("Rules")]
[Group("Event bus", nameof(EventBusName))]
[Column("Rule", nameof(RuleName), Width = 24, Flexible = true)]
[Column("State", nameof(State), nameof(ManagedBy), Form = ColumnForm.RuleState, Width = 8)]
[Column("Targets", nameof(Targets), Form = ColumnForm.Count, Width = 7, Right = true, Only = FrontEnd.Shell)]
[Column("Schedule or pattern", nameof(ScheduleExpression), nameof(EventPattern), Form = ColumnForm.First)]
[Column("Targets", nameof(TargetIds), Form = ColumnForm.List, Only = FrontEnd.CommandLine)]
public sealed partial record RuleSummary
{
    /// <summary>The name of the event bus.</summary>
    [Field(Key = true)]
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    [Field(Key = true)]
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? State { get; init; }

    /// <summary>A <c>cron(...)</c> or <c>rate(...)</c> expression; null for a rule without a schedule.</summary>
    public string? ScheduleExpression { get; init; }

    /// <summary>The event pattern's JSON text; null for a rule without a pattern.</summary>
    public string? EventPattern { get; init; }

    /// <summary>The rule's description.</summary>
    [Field(ListAfter = nameof(State))]
    public string? Description { get; init; }

    /// <summary>The service that manages the rule, for example <c>batch.amazonaws.com</c>; null for the account's own rules.</summary>
    [Field(ListAfter = nameof(Description))]
    public string? ManagedBy { get; init; }

    /// <summary>The rule's ARN.</summary>
    [Field(ListAfter = nameof(Targets))]
    public string? Arn { get; init; }

    /// <summary>The targets of the rule; also empty when they were not requested.</summary>
    public IReadOnlyList<RuleTarget> Targets { get; init; } = [];

    /// <summary>The rule as returned by EventBridge, as JSON text.</summary>
    [Field(Key = true, Document = true)]
    public required string Document { get; init; }

    /// <summary>What the file of the rule does not give, with what decides it; empty for a rule of an account.</summary>
    [Field(Omitted = true)]
    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];

    /// <summary>The part of <see cref="EventPattern"/> that does not depend on unknown values: what does not match it does not match the pattern either. Null if nothing is left, or without a pattern.</summary>
    [Field(Omitted = true)]
    public string? KnownPattern => string.IsNullOrEmpty(EventPattern) ? null : UnknownValues.Any(value => value.IsOfPattern) ? Rules.KnownPattern.Of(EventPattern!, UnknownValues) : EventPattern;

    /// <summary>The rule as it was read from a file; null for a rule of an account.</summary>
    internal GivenRule? Given { get; init; }

    private IEnumerable<string> TargetIds => Targets.Select(target => target.TargetId);

    /// <summary>The event bus and the rule.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}";
}

/// <summary>One target of a rule.</summary>
[Record("Rule targets")]
[Column("Target", nameof(TargetId), Width = 20, Room = 11)]
[Column("Job definition", nameof(JobDefinition), Label = nameof(JobDefinition), Form = ColumnForm.Reference, Room = 20)]
[Column("ARN", nameof(Arn), Label = nameof(Arn), Form = ColumnForm.ArnTail)]
public sealed partial record RuleTarget
{
    /// <summary>The targets of a rule whose targets were not read; this exact list, to distinguish it from a rule without targets.</summary>
    public static IReadOnlyList<RuleTarget> Unknown { get; } = new ReadOnlyCollection<RuleTarget>([]);

    /// <summary>The ID of the target within its rule.</summary>
    public required string TargetId { get; init; }

    /// <summary>The ARN of the target; for a Batch target, the job queue.</summary>
    [Field(ListAfter = nameof(JobDefinition))]
    public string? Arn { get; init; }

    /// <summary>The job definition as written in the target; null if it is not a Batch target.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The target as returned by EventBridge, as JSON text.</summary>
    [Field(Document = true)]
    public required string Document { get; init; }

    /// <summary>What the file of the target does not give, with what decides it; empty for a target of an account.</summary>
    [Field(Omitted = true)]
    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];

    /// <summary>What the file would have to say for the ARN of the resource, if it names it by something else: <c>!GetAtt Queue.Arn</c>. Null if it does not, and for a target of an account.</summary>
    [Field(Omitted = true)]
    public string? ArnExpression { get; init; }

    /// <summary>Creates a target from its document as returned by EventBridge.</summary>
    public static RuleTarget From(JsonObject target) => new()
    {
        TargetId = target.String("Id") ?? "",
        Arn = target.String("Arn"),
        JobDefinition = TargetDocument.JobDefinition(target),
        Document = Documents.Document.Write(target),
    };

    /// <summary>The id and the ARN.</summary>
    public override string ToString() => $"{TargetId} -> {JobDefinition ?? Arn}";
}
