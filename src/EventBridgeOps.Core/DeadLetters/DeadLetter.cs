using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.DeadLetters;

/// <summary>A message of a dead-letter queue: the event, its rule and target, why it was not delivered, and whether that is still so.</summary>
[Record("Dead letters", State = nameof(State), KnownBy = [nameof(MessageId), nameof(Cause), nameof(State)])]
[Group("Queue", nameof(QueueName))]
[Column("Cause", nameof(Cause), Width = 17)]
[Column("Event", nameof(DetailType), Room = 14)]
[Column("Rule", nameof(RuleName), Room = 14)]
[Column("Target", nameof(TargetId), Room = 10)]
[Column("State", nameof(State), Width = 13)]
public sealed partial record DeadLetter : DeadLetterIdentity, IReportable
{
    /// <summary>The error code, as EventBridge or AWS Lambda wrote it; null if there is none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error message, in the words of the service; null if there is none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The cause.</summary>
    public DeadLetterCause Cause { get; init; }

    /// <summary>Whether it could be delivered now.</summary>
    public DeadLetterState State { get; init; }

    /// <summary>What is known of the cause now, and what to do.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>How often EventBridge tried again; null if the message does not say it.</summary>
    public int? RetryAttempts { get; init; }

    /// <summary>What ended the retries: <c>MaximumRetryAttempts</c> or <c>MaximumEventAgeInSeconds</c>; null if EventBridge did not retry.</summary>
    public string? ExhaustedRetryCondition { get; init; }

    /// <summary>When the message was sent to the queue, in UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>How often the message was received, this time included.</summary>
    public int? ReceiveCount { get; init; }

    /// <summary>The body of the message, which is the event as JSON text.</summary>
    [Field(Document = true)]
    public required string Body { get; init; }

    /// <summary>Queue and ID of the message before it was parked, with a slash between them; null if it was not.</summary>
    internal string? Origin { get; init; }

    /// <summary>The name of the message in the journal, which it keeps when it is parked.</summary>
    internal ResourceId Name => Origin is { } origin ? new(ChangeItemKind.DeadLetter, origin) : ResourceId.DeadLetter(QueueName, MessageId);

    /// <summary>The event; null if the message contains none.</summary>
    internal JsonObject? Event { get; init; }

    /// <summary>The ARN of the rule; null if the message does not name one.</summary>
    internal string? RuleArn { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, QueueName, $"{EventBusName}/{RuleName}", $"{Cause}: {Source} {DetailType}", Diagnosis)];

    /// <summary>Queue and message.</summary>
    public override string ToString() => $"{QueueName} {MessageId}";
}
