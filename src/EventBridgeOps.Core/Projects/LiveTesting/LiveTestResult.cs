using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What a live test found about an event, a rule and a target.</summary>
[Record("Live test results", Suite = "Live test", State = nameof(State), KnownBy = [nameof(RuleName), nameof(EventName), nameof(State)])]
[Column("State", nameof(State), Width = 9)]
[Column("Rule", nameof(RuleName), Room = 14)]
[Column("Target", nameof(TargetId), Room = 12)]
[Column("Event", nameof(EventName), Room = 16, Tail = 16)]
[Column("Latency (ms)", nameof(LatencyMilliseconds), Width = 12, Right = true)]
[Column("Reason", nameof(Reason), Window = 110)]
public sealed partial record LiveTestResult : IReportable
{
    /// <summary>The rule.</summary>
    [Field(Key = true)]
    public required string RuleName { get; init; }

    /// <summary>The ID of the target; null for the rule as a whole.</summary>
    [Field(Key = true)]
    public string? TargetId { get; init; }

    /// <summary>The event: the path of an example, or the name of a test of a rule. Null if it is not known.</summary>
    [Field(Key = true)]
    public string? EventName { get; init; }

    /// <summary>The event bus; null if nothing was sent.</summary>
    public string? EventBusName { get; init; }

    /// <summary>What was found.</summary>
    public required LiveTestState State { get; init; }

    /// <summary>The time from sending the event until the test received the input, in milliseconds; null if it did not arrive.</summary>
    [Field(Unit = "milliseconds")]
    public double? LatencyMilliseconds { get; init; }

    /// <summary>What was found in words, and what to do; null if there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The input that the target must receive; null if it must not receive any.</summary>
    [Field(Document = true)]
    public string? Expected { get; init; }

    /// <summary>The input that arrived; null if none did.</summary>
    [Field(Document = true)]
    public string? Actual { get; init; }

    private string Place => TargetId is null ? RuleName : $"{RuleName}/{TargetId}";

    /// <summary>The result on one line.</summary>
    public string ToText() => $"{State}: {Place}{(EventName is null ? "" : $", {EventName}")}{(LatencyMilliseconds is { } latency ? FormattableString.Invariant($", {latency:0} ms") : "")}{(Reason is null ? "" : $": {Reason}")}";

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, Place, EventName ?? Place, LatencyMilliseconds is { } latency ? FormattableString.Invariant($"{latency:0} ms") : null, Reason)];

    /// <summary>The result on one line.</summary>
    public override string ToString() => ToText();
}

/// <summary>What a live test found.</summary>
public enum LiveTestState : long
{
    /// <summary>Something else happened than was foretold.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>It cannot be tested; the reason says why.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    NotTested,

    /// <summary>What happened is not known; the reason says why.</summary>
    [State(Tone.Warning, Verdict.SkippedWithWarning)]
    Unknown,

    /// <summary>It happened as it was foretold.</summary>
    [State(Tone.Good)]
    Passed,
}
