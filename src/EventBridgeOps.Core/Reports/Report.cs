using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>The results of commands, as one list that can be written in several formats.</summary>
/// <param name="voice">How the front end that writes the report spells actions and parameters.</param>
public sealed class Report(IVoice voice)
{
    private readonly List<ReportItem> _items = [];
    private readonly List<string> _parents = [];

    /// <summary>All items, in the order in which they were added.</summary>
    public IReadOnlyList<ReportItem> Items => _items;

    /// <summary>Whether any item failed.</summary>
    public bool HasFailed => _items.Exists(item => item.Outcome == ReportOutcome.Failed);

    /// <summary>Adds a record.</summary>
    /// <param name="record">A result of a command.</param>
    /// <returns>False if reports do not include records of its kind.</returns>
    public bool Add(object? record)
    {
        if (record is not IReportable reportable)
            return false;
        foreach (ReportItem item in reportable.Report(voice))
            _items.Add(item.Depth is { } depth ? item with { Name = Path(depth, item.Name) } : item);
        return true;
    }

    /// <summary>Adds an error. A failed record is added as a record instead.</summary>
    /// <param name="error">Why.</param>
    /// <param name="target">What failed; null for the whole run.</param>
    public void Add(OpsException error, object? target)
    {
        if (target is IReportable)
            return;
        string name = target?.ToString() is { Length: > 0 } text ? text : error.ErrorId;
        _items.Add(new ReportItem { Suite = Text(ReportMessages.Errors()), Name = name, State = error.ErrorId, Outcome = ReportOutcome.Failed, Level = CiLevel.Error, Message = error.In(voice).Message });
    }

    /// <summary>Removes all items, for the next of several runs that are reported one by one.</summary>
    public void Clear()
    {
        _items.Clear();
        _parents.Clear();
    }

    internal string Text(Message message) => message.In(voice);

    /// <summary>The items of a tree come in its order.</summary>
    private string Path(int depth, string name)
    {
        if (_parents.Count > depth)
            _parents.RemoveRange(depth, _parents.Count - depth);
        _parents.Add(name);
        return string.Join(" / ", _parents);
    }
}
