using System.Collections.Concurrent;
using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>What the items of a run so far mean for those after them: what each job definition runs now, and which push it was updated to.</summary>
/// <param name="finder">Finds the job definitions of the run.</param>
internal sealed class ImageRunState(JobDefinitionFinder finder)
{
    // Plans are made ahead of the writes.
    private readonly ConcurrentDictionary<string, JobDefinitionDocument> _planned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, string Repository), DateTimeOffset> _pushes = [];

    /// <summary>Notes what a job definition would be like if its plan were carried out.</summary>
    public void Plan(JobDefinitionDocument after) => _planned[after.Name] = after;

    /// <summary>The time of the newest push of the repository that the job definition was updated to; null if it is not known.</summary>
    public DateTimeOffset? NewestPush(JobDefinitionDocument definition, ImageSelection selection)
    {
        DateTimeOffset? tagged = PushTimes.Of(definition.Document)[selection.PushedTo];
        return _pushes.TryGetValue((definition.Name, selection.PushedTo), out DateTimeOffset time) && !(tagged > time) ? time : tagged;
    }

    /// <summary>Notes the outcome of an item.</summary>
    public void Conclude(Draft<BatchImageUpdate> draft, ImageSelection selection)
    {
        string name = draft.Result.JobDefinitionName;
        if (draft.Write is { After: { } after, Made: { } made })
            finder.Note(JobDefinitionDocument.Registered(after, name, made.Reference, made.Arn));
        else if (draft.Write is { IsSuperseded: true, Before: { } there })
            finder.Note(JobDefinitionDocument.Registered(there.Document, name, there.Version!, there.Arn));
        else if (draft.Write is not null)
            finder.Forget(name);
        else if (draft.Result.Status == SyncStatus.WouldUpdate && _planned.TryGetValue(name, out JobDefinitionDocument? planned))
            finder.Note(planned);
        if (selection.PushedAt is { } time && draft.Result.Status is SyncStatus.Updated or SyncStatus.AlreadyCurrent or SyncStatus.WouldUpdate)
            _pushes.AddOrUpdate((name, selection.PushedTo), time, (_, newest) => newest > time ? newest : time);
    }
}
