using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>How an item of a report came out.</summary>
public enum ReportOutcome
{
    /// <summary>Not as it should be.</summary>
    Failed,

    /// <summary>Not looked at, not to be judged, or not done; the message says why.</summary>
    Skipped,

    /// <summary>As it should be.</summary>
    Passed,
}

/// <summary>One thing that a report tells of, whatever command looked at it.</summary>
public sealed record ReportItem
{
    /// <summary>What kind of thing it is: <c>Batch targets</c>.</summary>
    public required string Suite { get; init; }

    /// <summary>What it belongs to, such as the event bus; null where it belongs to nothing.</summary>
    public string? Group { get; init; }

    /// <summary>Its name within the group.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands, in the command's own word: <c>Inactive</c>, <c>Updated</c>.</summary>
    public required string State { get; init; }

    /// <summary>How it came out.</summary>
    public ReportOutcome Outcome { get; init; }

    /// <summary>How much it matters to who reads the log.</summary>
    public CiLevel Level { get; init; }

    /// <summary>What it holds: <c>mvp-agent:2, latest 3</c>; null where there is nothing to tell.</summary>
    public string? Detail { get; init; }

    /// <summary>Why it is as it is, and what to do; null where the state alone tells.</summary>
    public string? Message { get; init; }

    /// <summary>Group and name.</summary>
    public string Title => Group is null ? Name : $"{Group}/{Name}";

    /// <summary>Title and state.</summary>
    public override string ToString() => $"{Title}: {State}";
}
