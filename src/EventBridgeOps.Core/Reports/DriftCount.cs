using EventBridgeOps.Changes;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Reports;

/// <summary>Counts drift, for scripts that fail if there is any. Can be used from any thread.</summary>
public sealed class DriftCount
{
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _places = new(StringComparer.Ordinal);
    private int _all;
    private int _drift;

    /// <summary>Whether drift was found.</summary>
    public bool Found => _drift > 0;

    /// <summary>Counts a target: one that is Behind, Inactive or Missing is drift.</summary>
    /// <param name="target">The target.</param>
    public void Add(TargetRevision target) => Add(target.EventBusName, target.State, target.IsDrift());

    /// <summary>Counts the result of a sync under what-if: a target that it would update is drift.</summary>
    /// <param name="result">The target.</param>
    public void Add(TargetSyncResult result) => Add(result.EventBusName, result.Status, result.Status == SyncStatus.WouldUpdate);

    /// <summary>Counts an image: one that no longer exists is drift.</summary>
    /// <param name="image">The image.</param>
    public void Add(BatchImage image) => Add("AWS Batch", image.State, image.State == ImageState.Missing);

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
