using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Reports;

/// <summary>Counts drift, for scripts that fail if there is any. Can be used from any thread.</summary>
public sealed class DriftCount
{
    /// <summary>Where job definitions and their images are, which are on no event bus.</summary>
    private const string BatchPlace = "AWS Batch";

    private readonly SortedDictionary<string, SortedDictionary<string, int>> _places = new(StringComparer.Ordinal);
    private int _all;
    private int _drift;

    /// <summary>Whether drift was found.</summary>
    public bool Found => _drift > 0;

    /// <summary>Counts a record: its description says which of its states are drift.</summary>
    /// <param name="record">The record.</param>
    public void Add(IRecord record)
    {
        RecordShape shape = record.Describe();
        if (shape.State?.Value(record) is { } state)
            Add(shape.Group?.Values(record)[0] as string is { Length: > 0 } place ? place : shape.Group?.Empty ?? BatchPlace, state, shape.Judge(record) is { IsDrift: true });
    }

    /// <summary>Counts an item of a report: one that failed, or would be updated, is drift.</summary>
    /// <param name="item">The item.</param>
    public void Add(ReportItem item) => Add(item.Group ?? item.Suite, item.State, item.Outcome == ReportOutcome.Failed || item.Level == CiLevel.Notice);

    /// <summary>The drift that was found, as an error.</summary>
    public OpsException ToError()
    {
        List<Message> places = [.. _places.Select(place => ReportMessages.DriftOn(place.Key, place.Value))];
        return new OpsException(ErrorIds.DriftFound, ReportMessages.DriftFound(_drift, _all, places));
    }

    private void Add(string place, object state, bool isDrift)
    {
        lock (_places)
        {
            _all++;
            if (!isDrift)
                return;
            _drift++;
            if (!_places.TryGetValue(place, out SortedDictionary<string, int>? states))
                _places.Add(place, states = new SortedDictionary<string, int>(StringComparer.Ordinal));
            string word = state.ToString()!;
            states[word] = (states.TryGetValue(word, out int count) ? count : 0) + 1;
        }
    }
}
