using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Archives;

/// <summary>A replay: events of an archive that are sent to the rules of their event bus again.</summary>
[Record("Replays", State = nameof(State))]
[Column("Replay", nameof(ReplayName), Label = nameof(ReplayName), Room = 13)]
[Column("Archive", nameof(ArchiveName), Label = nameof(ArchiveName), Room = 5)]
[Column("From", nameof(From), Form = ColumnForm.Moment, Width = 11)]
[Column("To", nameof(To), Form = ColumnForm.Moment, Width = 11)]
[Column("%", nameof(Percent), Label = nameof(Percent), Width = 7, Right = true)]
[Column("State", nameof(State), Width = 10)]
public sealed partial record Replay : IReportable
{
    /// <summary>The name of the replay, which its events have in their field <c>replay-name</c>.</summary>
    [Field(Key = true)]
    public required string ReplayName { get; init; }

    /// <summary>The name of the archive.</summary>
    public required string ArchiveName { get; init; }

    /// <summary>The name of the event bus; null if it was not looked up.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The state.</summary>
    public ReplayState State { get; init; }

    /// <summary>The reason for the state, if there is more to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The time of the first event.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The time of the event that was replayed last; null if none was.</summary>
    public DateTimeOffset? LastReplayedAt { get; init; }

    /// <summary>How much of the time from the first to the last event is replayed; null if it is not known.</summary>
    [Field(Unit = "percent")]
    public int? Percent { get; init; }

    /// <summary>The rules that receive the events; empty for all rules of the event bus.</summary>
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>What the replay does to each rule of the event bus; only for a replay that is being started.</summary>
    public IReadOnlyList<ReplayedRule> Rules { get; init; } = [];

    /// <summary>How many events the archive has, which is the most that are replayed; null if it was not looked up. See <see cref="EventArchive.EventCount"/>.</summary>
    [Field(Unit = "events")]
    public long? ArchivedEvents { get; init; }

    /// <summary>When the replay was started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The ARN of the replay.</summary>
    public string? Arn { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    /// <summary>Whether it has ended.</summary>
    internal bool HasEnded => State is ReplayState.Completed or ReplayState.Cancelled or ReplayState.Failed;

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, ArchiveName, ReplayName, null, Reason)];

    /// <summary>The name.</summary>
    public override string ToString() => ReplayName;

    /// <summary>Reads a replay.</summary>
    /// <param name="replay">The answer of DescribeReplay.</param>
    internal static Replay Read(JsonObject replay)
    {
        JsonObject? destination = replay["Destination"] as JsonObject;
        Replay read = new()
        {
            ReplayName = replay.String("ReplayName") ?? "",
            ArchiveName = ArchiveReader.NameOf(replay.String("EventSourceArn")),
            EventBusName = destination?.String("Arn") is { } bus ? BusName.Of(bus) : null,
            State = StateOf(replay.String("State")),
            Reason = replay.String("StateReason"),
            From = Time(replay, "EventStartTime"),
            To = Time(replay, "EventEndTime"),
            LastReplayedAt = Time(replay, "EventLastReplayedTime"),
            RuleName = [.. (destination?["FilterArns"] as JsonArray ?? []).Select(Document.Text).OfType<string>().Select(arn => arn.Substring(arn.LastIndexOf('/') + 1))],
            StartedAt = Time(replay, "ReplayStartTime"),
            EndedAt = Time(replay, "ReplayEndTime"),
            Description = replay.String("Description"),
            Arn = replay.String("ReplayArn"),
        };
        return read with { Percent = PercentOf(read) };
    }

    /// <summary>The state in the words of the service.</summary>
    internal static ReplayState StateOf(string? state) => state switch
    {
        "STARTING" => ReplayState.Starting,
        "RUNNING" => ReplayState.Running,
        "CANCELLING" => ReplayState.Cancelling,
        "COMPLETED" => ReplayState.Completed,
        "CANCELLED" => ReplayState.Cancelled,
        "FAILED" => ReplayState.Failed,
        _ => ReplayState.Unknown,
    };

    private static DateTimeOffset? Time(JsonObject replay, string field) => replay[field] is { } time ? EventTime.Read(time) : null;

    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html: the time of the last event says how far a replay is.
    private static int? PercentOf(Replay replay)
    {
        if (replay.State == ReplayState.Completed)
            return 100;
        if (replay is not { From: { } from, To: { } to, LastReplayedAt: { } last } || to <= from)
            return null;
        double share = (last - from).TotalSeconds / (to - from).TotalSeconds;
        return (int)(Math.Min(1, Math.Max(0, share)) * 100);
    }
}

/// <summary>The state of a replay.</summary>
public enum ReplayState : long
{
    /// <summary>It is being prepared.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    Starting,

    /// <summary>Its events are being sent.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    Running,

    /// <summary>It is being cancelled.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Cancelling,

    /// <summary>All of its events were sent.</summary>
    [State(Tone.Good)]
    Completed,

    /// <summary>It was cancelled. The events that were sent before are not recalled.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Cancelled,

    /// <summary>It failed; see the reason.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>It would be started without what-if.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    WouldStart,

    /// <summary>It would be cancelled without what-if.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    WouldCancel,

    /// <summary>It was not started or cancelled, because the user declined.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Skipped,

    /// <summary>EventBridge returned a state that is not documented.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Unknown,
}
