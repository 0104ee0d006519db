using EventBridgeOps.Ci;

namespace EventBridgeOps.Reports;

/// <summary>The outcome of an item of a report.</summary>
public enum ReportOutcome
{
    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Not checked, not applicable or not done; the message says why.</summary>
    Skipped,

    /// <summary>Passed.</summary>
    Passed,
}

/// <summary>One item of a report, from any command.</summary>
public sealed record ReportItem
{
    /// <summary>The kind of item: <c>Batch targets</c>.</summary>
    public required string Suite { get; init; }

    /// <summary>What the item belongs to, such as an event bus; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Its name within the group.</summary>
    public required string Name { get; init; }

    /// <summary>The state, as shown by the command: <c>Inactive</c>, <c>Updated</c>.</summary>
    public required string State { get; init; }

    /// <summary>The outcome.</summary>
    public ReportOutcome Outcome { get; init; }

    /// <summary>The level of its annotation in a CI log.</summary>
    public CiLevel Level { get; init; }

    /// <summary>Details: <c>mvp-agent:2, latest 3</c>; null for none.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason and what to do; null if the state alone explains it.</summary>
    public string? Message { get; init; }

    /// <summary>Group and name.</summary>
    public string Title => Group is null ? Name : $"{Group}/{Name}";

    /// <summary>Title and state.</summary>
    public override string ToString() => $"{Title}: {State}";
}
