using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

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

    /// <summary>Whether the state does not count, because nothing is to be done about the record.</summary>
    internal bool IsExempt { get; init; }

    /// <summary>Its depth, if it is an item of a tree, whose name is clear only together with its parents; null for others.</summary>
    internal int? Depth { get; init; }

    /// <summary>Creates the item of a record: its kind, state and outcome are those of its description.</summary>
    /// <param name="record">The record.</param>
    /// <param name="group">What it belongs to; null or empty for none.</param>
    /// <param name="name">Its name within the group.</param>
    /// <param name="detail">Details; null or empty for none.</param>
    /// <param name="message">The reason and what to do; null or empty for none.</param>
    public static ReportItem Of(IRecord record, string? group, string name, string? detail, string? message)
    {
        RecordShape shape = record.Describe();
        Verdict verdict = shape.Judge(record)?.Verdict ?? Verdict.Passed;
        return Of(shape, group, name, shape.State?.Value(record)?.ToString() ?? "", verdict, detail, message) with { IsExempt = shape.Exempt?.Invoke(record) == true };
    }

    /// <summary>Creates an item of a record whose state is not one of its properties.</summary>
    internal static ReportItem Of(RecordShape shape, string? group, string name, string state, Verdict verdict, string? detail, string? message)
    {
        (ReportOutcome outcome, CiLevel level) = Judge(verdict);
        return new ReportItem { Suite = shape.Suite, Group = Some(group), Name = name, State = state, Outcome = outcome, Level = level, Detail = Some(detail), Message = Some(message) };
    }

    private static (ReportOutcome, CiLevel) Judge(Verdict verdict) => verdict switch
    {
        Verdict.Passed => (ReportOutcome.Passed, CiLevel.None),
        Verdict.PassedWithWarning => (ReportOutcome.Passed, CiLevel.Warning),
        Verdict.Skipped => (ReportOutcome.Skipped, CiLevel.None),
        Verdict.SkippedWithWarning => (ReportOutcome.Skipped, CiLevel.Warning),
        Verdict.Planned => (ReportOutcome.Skipped, CiLevel.Notice),
        Verdict.FailedWithWarning => (ReportOutcome.Failed, CiLevel.Warning),
        _ => (ReportOutcome.Failed, CiLevel.Error),
    };

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Group and name.</summary>
    public string Title => Group is null ? Name : $"{Group}/{Name}";

    /// <summary>Title and state.</summary>
    public override string ToString() => $"{Title}: {State}";
}

/// <summary>A record that reports include.</summary>
public interface IReportable : IRecord
{
    /// <summary>Its items in a report; usually one.</summary>
    /// <param name="voice">How the front end spells actions and parameters.</param>
    IEnumerable<ReportItem> Report(IVoice voice);
}
