using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Schedules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Which events to replay, and to which rules.</summary>
[Request]
public sealed partial record ReplayOptions
{
    /// <summary>How long to wait for the end of a replay by default, in seconds.</summary>
    public const int DefaultTimeoutSeconds = 3600;

    /// <summary>How long after an event EventBridge recommends to replay it: it may arrive in the archive only then.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html: "We recommend you delay replaying archived events for 10 minutes".</remarks>
    internal static readonly TimeSpan Lateness = TimeSpan.FromMinutes(10);

    /// <summary>The archive.</summary>
    [Option("name")]
    public string? ArchiveName { get; init; }

    /// <summary>The time of the first event: ISO 8601, or how long ago, such as <c>2h</c>.</summary>
    [Option("time")]
    public string? From { get; init; }

    /// <summary>The time of the last event, in the same forms.</summary>
    /// <remarks>An event may arrive in the archive late, so EventBridge recommends to wait for 10 minutes before it is replayed.</remarks>
    [Option("time", Otherwise = "10 minutes ago")]
    public string? To { get; init; }

    /// <summary>The rules that receive the events.</summary>
    /// <remarks>A rule that starts work, such as an AWS Batch job, receives them only if it is named without wildcards, or with {Force}.</remarks>
    [Option("name", Wildcards = true, Otherwise = "all rules of the event bus", Names = nameof(NameKind.Rule))]
    public IReadOnlyList<string> RuleName { get; init; } = [];

    /// <summary>The name of the replay, which its events have in <c>replay-name</c>.</summary>
    [Option("name", Otherwise = "a new name")]
    public string? ReplayName { get; init; }

    /// <summary>A description of the replay.</summary>
    [Option("text")]
    public string? Description { get; init; }

    /// <summary>Also replay to rules that start work again, such as AWS Batch jobs, although they are not named.</summary>
    [Option]
    public bool Force { get; init; }

    /// <summary>Wait until the replay ends.</summary>
    [Option]
    public bool Wait { get; init; }

    /// <summary>The maximum time to wait, in seconds.</summary>
    [Option("seconds", Min = 0, Max = 86400)]
    public int TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary>Called with the name of the replay when it was started, so that it can be found after an interruption.</summary>
    public Action<string>? Started { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: one is missing or out of range, or a pattern is not valid.</exception>
    public void Check()
    {
        RequestLimits.Check(this, Request);
        if (string.IsNullOrEmpty(ArchiveName))
            throw new OpsException(ErrorIds.InvalidArgument, ReplayMessages.ArchiveMissing());
        if (string.IsNullOrEmpty(From))
            throw new OpsException(ErrorIds.InvalidArgument, ReplayMessages.FromMissing());
        NamePattern.ParseAll(RuleName);
    }

    /// <summary>The time from the first to the last event.</summary>
    /// <param name="now">The time now.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a text is not a time, or the end is not after the start.</exception>
    internal (DateTimeOffset From, DateTimeOffset To) Window(DateTimeOffset now)
    {
        DateTimeOffset from = Moment(nameof(From), From!, now);
        DateTimeOffset to = string.IsNullOrEmpty(To) ? now - Lateness : Moment(nameof(To), To!, now);
        return from < to ? (from, to) : throw new OpsException(ErrorIds.InvalidArgument, string.IsNullOrEmpty(To) ? ReplayMessages.TooRecent(from, to) : ReplayMessages.EndNotAfterStart(from, to));
    }

    private static DateTimeOffset Moment(string option, string text, DateTimeOffset now) =>
        MomentText.Read(text, now) ?? throw new OpsException(ErrorIds.InvalidArgument, ReplayMessages.NotATime(option, text));
}
