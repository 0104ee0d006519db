using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Changes;

/// <summary>The record of all changes.</summary>
/// <remarks>
/// Before each write, a line with the document before and after is stored durably; after it, a line records the outcome.
/// So a process that is killed at any point leaves what is needed to undo the change. Several processes can write at the same time.
/// What looks like a secret is replaced by <c>[redacted]</c>: an undo reverts only what the change modified, and needs no secret.
/// </remarks>
/// <param name="store">Where the lines are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Gives numbers from 0 up to 1, for ids.</param>
public sealed class ChangeJournal(IJournalStore store, TimeProvider time, Func<double> random)
{
    /// <summary>How long an ID is.</summary>
    private const int IdLength = 23;

    /// <summary>Where the journal is, for people: the path of its folder, or the name of its table.</summary>
    public string Location => store.Location;

    /// <summary>Says that no change was found, and where.</summary>
    public Message NothingFound() => ChangeMessages.NoChanges(Location);

    /// <summary>Opens a journal in a folder. Nothing is created before the first write.</summary>
    /// <param name="folder">The folder; see <see cref="JournalLocation"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Gives numbers from 0 up to 1, for ids.</param>
    public static ChangeJournal In(string folder, TimeProvider time, Func<double> random) => new(new JournalFolder(folder, time), time, random);

    /// <summary>All changes, in the order in which they were begun. One is held at a time, and those that were made at the same time.</summary>
    /// <param name="observer">Receives a warning for each line that cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    public async IAsyncEnumerable<Change> ReadAsync(IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What became of a change, whether it was undone too, is known at its first line when the lines are read from the last one.
        Dictionary<string, (ChangeStatus Status, int Lines)> known = new(StringComparer.Ordinal);
        await foreach ((Change change, int lines) in ReadNewestFirstAsync(_ => false, SilentObserver.Instance, cancellationToken))
            known.Add(change.Id, (change.Status, lines));
        Queue<string> order = [];
        Dictionary<string, (ChangeBuilder Builder, int Lines)> open = new(StringComparer.Ordinal);
        await foreach (JournalLine line in LinesAsync(newestFirst: false, known.ContainsKey, observer, cancellationToken))
        {
            if (!known.ContainsKey(line.ChangeId))
                continue;
            if (!open.TryGetValue(line.ChangeId, out (ChangeBuilder Builder, int Lines) change))
            {
                change = (new ChangeBuilder(line.ChangeId), 0);
                order.Enqueue(line.ChangeId);
            }

            change.Builder.Add(line);
            open[line.ChangeId] = (change.Builder, change.Lines + 1);
            while (order.Count > 0 && open[order.Peek()] is var first && first.Lines >= known[order.Peek()].Lines)
            {
                string id = order.Dequeue();
                open.Remove(id);
                ChangeStatus status = known[id].Status;
                known.Remove(id);
                yield return first.Builder.Build() with { Status = status };
            }
        }
    }

    /// <summary>The latest changes, read from the end of the journal.</summary>
    /// <param name="count">How many.</param>
    /// <param name="observer">Receives a warning for each line that cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The changes, oldest first.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    public async Task<IReadOnlyList<Change>> ReadLastAsync(int count, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        await foreach ((Change change, _) in ReadNewestFirstAsync(_ => true, observer, cancellationToken))
        {
            changes.Add(change);
            if (changes.Count >= count)
                break;
        }

        changes.Reverse();
        return changes;
    }

    /// <summary>One change.</summary>
    /// <param name="id">Its ID, or a unique beginning of it.</param>
    /// <param name="observer">Receives a warning for each line that cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ChangeNotFound"/>; <see cref="ErrorIds.JournalUnavailable"/>.</exception>
    public async Task<Change> FindAsync(string id, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<Change> found = [];
        await foreach ((Change change, _) in ReadNewestFirstAsync(IsMeant, observer, cancellationToken))
        {
            if (!IsMeant(change.Id))
                continue;
            found.Add(change);
            if (id.Length >= IdLength)
                break;
        }

        return found.FirstOrDefault(change => change.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? found.Count switch
        {
            1 => found[0],
            0 => throw new OpsException(ErrorIds.ChangeNotFound, ChangeMessages.ChangeNotFound(Location, id)),
            _ => throw new OpsException(ErrorIds.ChangeNotFound, ChangeMessages.AmbiguousId(id, found.Count, found.Select(change => change.Id).Reverse())),
        };

        bool IsMeant(string other) => id.Length > 0 && other.StartsWith(id, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What became last of each item of a kind, whichever change it was in: in flight, written or failed.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="since">How far back the journal is read.</param>
    /// <param name="observer">Receives a warning for each line that cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    internal async Task<IReadOnlyDictionary<ResourceId, LastWrite>> LastOfEachAsync(ChangeItemKind kind, DateTimeOffset since, IRunObserver observer, CancellationToken cancellationToken)
    {
        Dictionary<ResourceId, LastWrite> last = [];
        await foreach (JournalLine line in LinesAsync(newestFirst: true, _ => false, observer, cancellationToken))
        {
            if (line.Time < since)
                break;
            foreach (JournalItem item in line.Items.Where(item => item.Resource.Kind == kind && !last.ContainsKey(item.Resource)))
                last.Add(item.Resource, new LastWrite(line.ChangeId, line.Time, line.Type == JournalLineType.Writing ? ChangeItemStatus.InFlight : item.Error is null ? ChangeItemStatus.Written : ChangeItemStatus.Failed, item.To));
        }

        return last;
    }

    internal string NewId() => string.Format(CultureInfo.InvariantCulture, "{0:yyyyMMdd'T'HHmmss'Z'}-{1:x6}", time.GetUtcNow(), (int)(random() * 0x1000000));

    internal Task AppendAsync(JournalLine line, CancellationToken cancellationToken) => store.AppendAsync((line with { Time = time.GetUtcNow() }).ToUtf8(), cancellationToken);

    /// <summary>Changes from the last one begun to the first, each with the number of its lines.</summary>
    /// <param name="withDocuments">The changes whose documents are wanted.</param>
    /// <param name="observer">Receives a warning for each line that cannot be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    private async IAsyncEnumerable<(Change Change, int Lines)> ReadNewestFirstAsync(Func<string, bool> withDocuments, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, List<JournalLine>> open = new(StringComparer.Ordinal);
        UndoneChanges undone = new();
        await foreach (JournalLine line in LinesAsync(newestFirst: true, withDocuments, observer, cancellationToken))
        {
            if (!open.TryGetValue(line.ChangeId, out List<JournalLine>? lines))
                open.Add(line.ChangeId, lines = []);
            lines.Add(line);
            if (line.Type != JournalLineType.Started)
                continue;
            open.Remove(line.ChangeId);
            ChangeBuilder builder = new(line.ChangeId);
            for (int i = lines.Count - 1; i >= 0; i--)
                builder.Add(lines[i]);
            if (builder.IsWhole)
                yield return (undone.Judge(builder.Build()), lines.Count);
        }
    }

    private async IAsyncEnumerable<JournalLine> LinesAsync(bool newestFirst, Func<string, bool> withDocuments, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (StoredLine stored in store.ReadAsync(newestFirst, cancellationToken))
        {
            JournalLine? line = JournalLineReader.Read(stored.Utf8.Span, withDocuments, out int? later);
            if (later is { } version)
                throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalTooNew(Location, version));
            if (line is not null)
                yield return line;
            else if (!stored.MayBeHalf)
                observer.Warning(ChangeMessages.JournalLineDamaged(stored.Place()));
        }
    }

    /// <summary>Tells which changes were undone. Changes are judged from the newest on, since an undo that was itself undone counts no more.</summary>
    private sealed class UndoneChanges
    {
        private readonly Dictionary<string, (bool IsApplied, HashSet<ResourceId> Back)> _undos = new(StringComparer.Ordinal);

        public Change Judge(Change change)
        {
            // An undo that was narrowed to some targets, or that failed on some, does not undo the whole.
            if (_undos.TryGetValue(change.Id, out (bool IsApplied, HashSet<ResourceId> Back) undo))
            {
                _undos.Remove(change.Id);
                if (undo.IsApplied && change.Items.Where(item => item.Status == ChangeItemStatus.Written && item.Kind != ChangeItemKind.Deregistration).All(item => undo.Back.Contains(item.Resource)))
                    change = change with { Status = ChangeStatus.Undone };
            }

            if (change.Undoes is { } undoes && change.Status != ChangeStatus.Undone)
            {
                (bool isApplied, HashSet<ResourceId> back) = _undos.TryGetValue(undoes, out (bool IsApplied, HashSet<ResourceId> Back) earlier) ? earlier : (false, []);
                back.UnionWith(change.Items.Where(item => item.Status == ChangeItemStatus.Written).Select(item => item.Resource));
                _undos[undoes] = (isApplied || change.Status == ChangeStatus.Applied, back);
            }

            return change;
        }
    }
}

/// <summary>What became of the last write of an item.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Status">In flight, written or failed.</param>
/// <param name="To">The reference after; null if there is none.</param>
internal sealed record LastWrite(string ChangeId, DateTimeOffset Time, ChangeItemStatus Status, string? To);
