using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule of an event bus.</summary>
public sealed record RuleSummary
{
    /// <summary>The name of the event bus.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c> or <c>ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS</c>.</summary>
    public string? State { get; init; }

    /// <summary>A <c>cron(...)</c> or <c>rate(...)</c> expression; null for a rule without a schedule.</summary>
    public string? ScheduleExpression { get; init; }

    /// <summary>The event pattern's JSON text; null for a rule without a pattern.</summary>
    public string? EventPattern { get; init; }

    /// <summary>The rule's description.</summary>
    public string? Description { get; init; }

    /// <summary>The service that manages the rule, for example <c>batch.amazonaws.com</c>; null for the account's own rules.</summary>
    public string? ManagedBy { get; init; }

    /// <summary>The rule's ARN.</summary>
    public string? Arn { get; init; }

    /// <summary>The targets of the rule; also empty when they were not requested.</summary>
    public IReadOnlyList<RuleTarget> Targets { get; init; } = [];

    /// <summary>The rule as returned by EventBridge, as JSON text.</summary>
    public required string Document { get; init; }

    /// <summary>The event bus and the rule.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}";
}

/// <summary>One target of a rule.</summary>
public sealed record RuleTarget
{
    /// <summary>The targets of a rule whose targets were not read; this exact list, to distinguish it from a rule without targets.</summary>
    public static IReadOnlyList<RuleTarget> Unknown { get; } = new ReadOnlyCollection<RuleTarget>([]);

    /// <summary>The ID of the target within its rule.</summary>
    public required string TargetId { get; init; }

    /// <summary>The ARN of the target; for a Batch target, the job queue.</summary>
    public string? Arn { get; init; }

    /// <summary>The job definition as written in the target; null if it is not a Batch target.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The target as returned by EventBridge, as JSON text.</summary>
    public required string Document { get; init; }

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
