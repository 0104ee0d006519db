using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Which replays to list. EventBridge keeps them for 90 days.</summary>
[Request]
public sealed partial record ReplayQuery
{
    /// <summary>The states of a replay, as EventBridge names them: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html.</summary>
    public static IReadOnlyList<string> States { get; } = ["STARTING", "RUNNING", "CANCELLING", "COMPLETED", "CANCELLED", "FAILED"];

    /// <summary>The replays.</summary>
    [Option("name", Wildcards = true, Otherwise = "all")]
    public IReadOnlyList<string> ReplayName { get; init; } = ["*"];

    /// <summary>The archives whose replays are listed.</summary>
    [Option("name", Wildcards = true, Otherwise = "all")]
    public IReadOnlyList<string> ArchiveName { get; init; } = ["*"];

    /// <summary>The states: <c>Starting</c>, <c>Running</c>, <c>Cancelling</c>, <c>Completed</c>, <c>Cancelled</c>, <c>Failed</c>.</summary>
    [Option("state", Otherwise = "all")]
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Says that no replay was found, and what was looked for.</summary>
    public Message NothingFound() => NameLists.IsAll(ReplayName) && NameLists.IsAll(ArchiveName) && State.Count == 0 ? ReplayMessages.NoReplays() : ReplayMessages.NothingFound();

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is out of range, or there is no such state.</exception>
    public void Check()
    {
        RequestLimits.Check(this, Request);
        if (State.FirstOrDefault(state => !States.Contains(state.ToUpperInvariant())) is { } other)
            throw new OpsException(ErrorIds.InvalidArgument, ReplayMessages.NotAState(other, States));
    }

    /// <summary>Whether a replay is in one of the states that are asked for.</summary>
    internal bool HasState(string? state) => State.Count == 0 || State.Any(asked => string.Equals(asked, state, StringComparison.OrdinalIgnoreCase));
}
