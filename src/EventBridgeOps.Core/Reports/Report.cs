using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>The results of commands, as one list that can be written in several formats.</summary>
/// <param name="voice">How the front end that writes the report spells actions and parameters.</param>
public sealed class Report(IVoice voice)
{
    private readonly List<ReportItem> _items = [];
    private readonly List<string> _checks = [];

    /// <summary>All items, in the order in which they were added.</summary>
    public IReadOnlyList<ReportItem> Items => _items;

    /// <summary>Whether any item failed.</summary>
    public bool HasFailed => _items.Exists(item => item.Outcome == ReportOutcome.Failed);

    /// <summary>Adds a record.</summary>
    /// <param name="record">A result of a command.</param>
    /// <returns>False if reports do not include records of its kind.</returns>
    public bool Add(object? record)
    {
        if (record is CheckResult check)
            Keep([RecordItems.Of(check, Path(check), voice)]);
        else if (RecordItems.Of(record, voice) is { } items)
            Keep(items);
        else
            return false;
        return true;
    }

    /// <summary>Adds an error. A failed record is added as a record instead.</summary>
    /// <param name="error">Why.</param>
    /// <param name="target">What failed; null for the whole run.</param>
    public void Add(OpsException error, object? target)
    {
        if (target is CheckResult || RecordItems.Of(target, voice) is not null)
            return;
        string name = target?.ToString() is { Length: > 0 } text ? text : error.ErrorId;
        Keep([new ReportItem { Suite = Text(ReportMessages.Errors()), Name = name, State = error.ErrorId, Outcome = ReportOutcome.Failed, Level = CiLevel.Error, Message = error.In(voice).Message }]);
    }

    internal string Text(Message message) => message.In(voice);

    private void Keep(IEnumerable<ReportItem> items) => _items.AddRange(items);

    /// <summary>Checks are in the order of a tree, and their names are clear only together with their parents.</summary>
    private string Path(CheckResult check)
    {
        if (_checks.Count > check.Depth)
            _checks.RemoveRange(check.Depth, _checks.Count - check.Depth);
        _checks.Add(check.Check);
        return string.Join(" / ", _checks);
    }
}
