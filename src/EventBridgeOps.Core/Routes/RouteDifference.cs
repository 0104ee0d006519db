using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Routes;

/// <summary>A target that an event reaches by other rules than before, no longer reaches, or reaches in another way.</summary>
[Record("Route differences", State = nameof(State))]
[Group("Event", nameof(Event))]
[Column("Rule", nameof(RuleName), Label = nameof(RuleName), Width = 22, Flexible = true)]
[Column("Target", nameof(TargetId), Label = nameof(TargetId), Width = 15, Flexible = true)]
[Column("State", nameof(State), Width = 8)]
[Column("Difference", nameof(Difference))]
public sealed partial record RouteDifference : IReportable
{
    /// <summary>Where the event was read: <c>week.jsonl:12</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The <c>id</c> of the event; null when it has none.</summary>
    [Field(Unlisted = true)]
    public string? EventId { get; init; }

    /// <summary>The event bus of the rule.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target ID.</summary>
    public string? TargetId { get; init; }

    /// <summary>The target: an ARN, or its name in a template.</summary>
    public string? TargetArn { get; init; }

    /// <summary>What is different.</summary>
    public RouteDifferenceState State { get; init; }

    /// <summary>What is different, in words.</summary>
    public string? Difference { get; init; }

    /// <summary>The delivery by the rules before; null if there is none.</summary>
    [Field(Unlisted = true)]
    public Delivery? Before { get; init; }

    /// <summary>The delivery by the new rules; null if there is none.</summary>
    [Field(Unlisted = true)]
    public Delivery? After { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, EventBusName, $"{RuleName}/{TargetId}", Event, Difference)];

    /// <summary>The rule, the target and the state.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}/{TargetId}: {State}";
}

/// <summary>What is different in a route.</summary>
public enum RouteDifferenceState : long
{
    /// <summary>The event did not reach the target before.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    Added,

    /// <summary>The event no longer reaches the target.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Removed,

    /// <summary>The target receives another input, is another resource, or the delivery ends otherwise.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Changed,
}
