using System.Diagnostics.CodeAnalysis;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>A dead letter and what became of it.</summary>
[Record("Dead-letter results", Suite = "Dead letters", State = nameof(Status), KnownBy = [nameof(MessageId), nameof(DeliveryId), nameof(Status)])]
[Group("Queue", nameof(QueueName))]
[Column("Cause", nameof(Cause), Width = 17)]
[Column("Event", nameof(DetailType), Room = 14)]
[Column("Rule", nameof(RuleName), Room = 14)]
[Column("Target", nameof(TargetId), Room = 10)]
[Column("Status", nameof(Status), Width = 13)]
public sealed partial record DeadLetterResult : DeadLetterIdentity, IReportable
{
    /// <summary>Makes an empty result.</summary>
    public DeadLetterResult()
    {
    }

    /// <summary>Makes the result of a dead letter.</summary>
    /// <param name="letter">The dead letter.</param>
    [SetsRequiredMembers]
    internal DeadLetterResult(DeadLetter letter)
        : base(letter) => Cause = letter.Cause;

    /// <summary>The cause.</summary>
    public DeadLetterCause Cause { get; init; }

    /// <summary>The outcome.</summary>
    public DeadLetterStatus Status { get; init; }

    /// <summary>The ID that the target gave to what it received: of the job, the message or the event. Null if it gave none, or received nothing.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The ID of the change in the journal; null if nothing was delivered.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The reason, if the status alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, QueueName, $"{EventBusName}/{RuleName}", $"{Cause}: {Source} {DetailType}", Reason)];

    /// <summary>Queue and message.</summary>
    public override string ToString() => $"{QueueName} {MessageId}";
}

/// <summary>What became of a dead letter.</summary>
public enum DeadLetterStatus : long
{
    /// <summary>The target accepted the event, and the message was deleted from the queue.</summary>
    [State(Tone.Good)]
    Redriven,

    /// <summary>The message was removed from the queue, and its event was not delivered.</summary>
    [State(Tone.Good)]
    Removed,

    /// <summary>It would be delivered without what-if.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    WouldRedrive,

    /// <summary>It would be removed without what-if.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    WouldRemove,

    /// <summary>It stays in the queue, because its cause still exists or is unknown.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Kept,

    /// <summary>It stays in the queue, because it cannot be delivered again.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    NotRedrivable,

    /// <summary>It stays in the queue, because the user declined.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Skipped,

    /// <summary>It stays in the queue, and whether the target received the event is unknown.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Unconfirmed,

    /// <summary>It stays in the queue, because the delivery failed.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,
}

/// <summary>Counts what became of dead letters.</summary>
public static class DeadLetterTally
{
    /// <summary>A new count.</summary>
    public static Tally<DeadLetterStatus> Start() => new(
        (DeadLetterStatus.Redriven, DeadLetterMessages.Redriven()),
        (DeadLetterStatus.Removed, DeadLetterMessages.Removed()),
        (DeadLetterStatus.WouldRedrive, DeadLetterMessages.WouldRedrive()),
        (DeadLetterStatus.WouldRemove, DeadLetterMessages.WouldRemove()),
        (DeadLetterStatus.Kept, DeadLetterMessages.Kept()),
        (DeadLetterStatus.NotRedrivable, DeadLetterMessages.NotRedrivable()),
        (DeadLetterStatus.Skipped, DeadLetterMessages.Skipped()));
}
