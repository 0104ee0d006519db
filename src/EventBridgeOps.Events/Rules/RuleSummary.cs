using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>A rule of an event bus with what a person wants to know of it.</summary>
public sealed record RuleSummary
{
    /// <summary>The bus's name.</summary>
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

    /// <summary>The rule's targets; empty also when they were not asked for.</summary>
    public IReadOnlyList<RuleTarget> Targets { get; init; } = [];

    /// <summary>The rule as EventBridge sent it, as JSON text.</summary>
    public required string Document { get; init; }

    /// <summary>Bus and rule.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}";
}

/// <summary>One target of a rule.</summary>
public sealed record RuleTarget
{
    /// <summary>The targets of a rule whose targets were not read; this very list, so that it is told from a rule without targets.</summary>
    public static IReadOnlyList<RuleTarget> Unknown { get; } = new ReadOnlyCollection<RuleTarget>([]);

    /// <summary>The target's id within its rule.</summary>
    public required string TargetId { get; init; }

    /// <summary>The ARN of what is called, for Batch the job queue.</summary>
    public string? Arn { get; init; }

    /// <summary>The job definition as written in the target; null unless it is a Batch target.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>The target as EventBridge sent it, as JSON text.</summary>
    public required string Document { get; init; }

    /// <summary>A target of a document as EventBridge sends it.</summary>
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
