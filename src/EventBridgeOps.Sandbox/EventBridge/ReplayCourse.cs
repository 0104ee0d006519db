using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The course of a replay by the clock: STARTING, RUNNING through the minutes of its events, and its end.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html: events are replayed in intervals of one minute, by their own time.
/// How fast is not documented. Here a replay begins after a minute, and each minute that has events takes a second.
/// </remarks>
internal static class ReplayCourse
{
    /// <summary>The kind of the planned work.</summary>
    public const string DueKind = "replay";

    public const string Starting = "STARTING";
    public const string Running = "RUNNING";
    public const string Cancelling = "CANCELLING";
    public const string Cancelled = "CANCELLED";
    public const string Completed = "COMPLETED";

    private static readonly TimeSpan UntilRunning = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PerWindow = TimeSpan.FromSeconds(1);

    /// <summary>EventBridge keeps replays for 90 days, and their names are unique so long: LocalStack's tests against AWS, and its pull request 10890.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The replays that have not ended.</summary>
    public static IEnumerable<RawDocument> Active(Operation operation) =>
        operation.State["replays"].Values.Where(replay => replay.Text("State") is Starting or Running or Cancelling);

    public static void Start(Operation operation, RawDocument replay)
    {
        Keep(operation, replay.With("State", Starting));
        Plan(operation, replay, UntilRunning);
    }

    /// <summary>A step that was planned.</summary>
    /// <param name="operation">The Region of the replay.</param>
    /// <param name="work">What was planned.</param>
    /// <param name="send">Sends the events of a minute.</param>
    public static void Step(Operation operation, RawDocument work, Action<RawDocument, IReadOnlyList<RawDocument>> send)
    {
        if (operation.State["replays"].Find(work.Text("name")!) is not { } replay)
            return;
        switch (replay.Text("State"))
        {
            case Starting:
                Select(operation, replay);
                Keep(operation, replay.With("State", Running));
                Plan(operation, replay, PerWindow);
                break;
            case Running when Events(operation, replay).Count > 0:
                SendWindow(operation, replay, send);
                Plan(operation, replay, PerWindow);
                break;
            case Running:
                End(operation, replay, Completed);
                break;
            case Cancelling:
                End(operation, replay, Cancelled);
                break;
            default:
                operation.State["replays"].Remove(replay.Text("ReplayName")!);
                break;
        }
    }

    public static void Keep(Operation operation, RawDocument replay) => operation.State["replays"][replay.Text("ReplayName")!] = replay;

    private static Table Events(Operation operation, RawDocument replay) => operation.State["replayEvents/" + replay.Text("ReplayName")];

    /// <summary>Selects the events between the two times, which both count, by their own time.</summary>
    private static void Select(Operation operation, RawDocument replay)
    {
        (long start, long end) = (replay.Number("startTicks")!.Value, replay.Number("endTicks")!.Value);
        if (ArchiveOperations.AtArn(operation, replay.Text("EventSourceArn")!) is not { } archive)
            return;
        long number = 0;
        foreach (RawDocument archived in ArchivedEvents.Of(operation, archive))
        {
            if (archived.Number("time") is { } time && time >= start && time <= end)
                Events(operation, replay)[string.Format(CultureInfo.InvariantCulture, "{0:D19}|{1:D10}", time, number++)] = archived;
        }
    }

    private static void SendWindow(Operation operation, RawDocument replay, Action<RawDocument, IReadOnlyList<RawDocument>> send)
    {
        Table events = Events(operation, replay);
        long start = replay.Number("startTicks")!.Value;
        long Window(RawDocument archived) => (archived.Number("time")!.Value - start) / TimeSpan.TicksPerMinute;
        long window = Window(events.First().Value);
        List<KeyValuePair<string, RawDocument>> sent = events.TakeWhile(row => Window(row.Value) == window).ToList();
        sent.ForEach(row => events.Remove(row.Key));
        Keep(operation, replay.With("EventLastReplayedTime", Json.Time(new(sent[sent.Count - 1].Value.Number("time")!.Value, TimeSpan.Zero))));
        send(replay, sent.ConvertAll(row => Replayed(row.Value.Text("event")!, replay.Text("ReplayName")!)));
    }

    /// <summary>The archived event with <c>replay-name</c>, where AWS has it. AWS documents no other change.</summary>
    private static RawDocument Replayed(string json, string name) => RawDocument.Parse(json).Members.Aggregate(
        RawDocument.Empty,
        (made, member) => member.Key == "region" ? made.With(member.Key, member.Value).With("replay-name", name) : made.With(member.Key, member.Value));

    private static void End(Operation operation, RawDocument replay, string state)
    {
        operation.State.Drop("replayEvents/" + replay.Text("ReplayName"));
        Keep(operation, replay.With("State", state).With("ReplayEndTime", Json.Time(operation.Now)));
        Plan(operation, replay, Kept);
    }

    private static void Plan(Operation operation, RawDocument replay, TimeSpan wait) =>
        DueWork.Plan(operation, operation.Now + wait, DueKind, RawDocument.Empty.With("name", replay.Text("ReplayName")));
}
