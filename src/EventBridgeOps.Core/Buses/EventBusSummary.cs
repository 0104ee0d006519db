using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Buses;

/// <summary>An event bus, and what happens to events that cannot be delivered from it.</summary>
[Record("Event buses")]
[Column("Event bus", nameof(EventBusName), Label = nameof(EventBusName), Room = 18)]
[Column("Shared", nameof(IsShared), Width = 6)]
[Column("Logs", nameof(LogLevel), Width = 5)]
[Column("Dead letters", nameof(DeadLetterArn), Label = "DeadLetters", Form = ColumnForm.ArnTail)]
public sealed partial record EventBusSummary
{
    /// <summary>The name of the event bus.</summary>
    [Field(Key = true)]
    public required string EventBusName { get; init; }

    /// <summary>Its ARN.</summary>
    public string? Arn { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it has a resource policy, so that other accounts or services may send events to it or manage its rules.</summary>
    public bool IsShared { get; init; }

    /// <summary>The resource policy, as JSON text; null if it has none.</summary>
    [Field(Document = true)]
    public string? Policy { get; init; }

    /// <summary>The queue for events that cannot be encrypted or delivered; null if there is none.</summary>
    public string? DeadLetterArn { get; init; }

    /// <summary>The AWS KMS key that encrypts events; null for a key that AWS owns.</summary>
    public string? KmsKeyIdentifier { get; init; }

    /// <summary>The level of its logs: <c>OFF</c>, <c>ERROR</c>, <c>INFO</c> or <c>TRACE</c>; null if logging is not configured.</summary>
    public string? LogLevel { get; init; }

    /// <summary>The event bus as returned by EventBridge, as JSON text.</summary>
    [Field(Document = true)]
    public required string Document { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => EventBusName;
}

/// <summary>Which event buses to list.</summary>
[Request]
public sealed partial record BusQuery
{
    /// <summary>The event buses.</summary>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.EventBus))]
    public IReadOnlyList<string> EventBusName { get; init; } = ["*"];

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Says that no event bus was found, and what was looked for.</summary>
    public Message NothingFound() => NameLists.IsOnly(EventBusName, "*") ? BusMessages.NoBuses() : BusMessages.NothingFound(EventBusName);

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is out of range.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}
