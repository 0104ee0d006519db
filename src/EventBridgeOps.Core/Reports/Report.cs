using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>What commands gave, as one list that can be written in several forms.</summary>
/// <param name="voice">The spelling of the front end whose report it is.</param>
public sealed class Report(IVoice voice)
{
    private readonly List<ReportItem> _items = [];
    private readonly List<string> _checks = [];

    /// <summary>All items, as they came.</summary>
    public IReadOnlyList<ReportItem> Items => _items;

    /// <summary>Whether anything came out other than it should.</summary>
    public bool HasFailed => _items.Exists(item => item.Outcome == ReportOutcome.Failed);

    /// <summary>Adds a record.</summary>
    /// <param name="record">What a command gave.</param>
    /// <returns>False when it is of a kind that reports do not tell of.</returns>
    public bool Add(object? record)
    {
        if (record is CheckResult check)
            Keep([RecordItems.Of(check, Path(check))]);
        else if (RecordItems.Of(record) is { } items)
            Keep(items);
        else
            return false;
        return true;
    }

    /// <summary>Adds what failed by itself; a record that failed tells so as a record.</summary>
    /// <param name="error">Why.</param>
    /// <param name="target">What failed; null for all of it.</param>
    public void Add(OpsException error, object? target)
    {
        if (target is CheckResult || RecordItems.Of(target) is not null)
            return;
        string name = target?.ToString() is { Length: > 0 } text ? text : error.ErrorId;
        Keep([new ReportItem { Suite = "Errors", Name = name, State = error.ErrorId, Outcome = ReportOutcome.Failed, Level = CiLevel.Error, Message = error.In(voice).Message }]);
    }

    private void Keep(IEnumerable<ReportItem> items) => _items.AddRange(items);

    /// <summary>Checks come in the order of a tree, and only with those above them it is clear what they are about.</summary>
    private string Path(CheckResult check)
    {
        if (_checks.Count > check.Depth)
            _checks.RemoveRange(check.Depth, _checks.Count - check.Depth);
        _checks.Add(check.Check);
        return string.Join(" / ", _checks);
    }
}
