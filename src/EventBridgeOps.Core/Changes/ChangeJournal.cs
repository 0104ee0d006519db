using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>The record of all changes: JSON lines in a private folder of the user, one file per day, mode 0600.</summary>
/// <remarks>
/// Before each write, a line with the document before and after is flushed to disk; after it, a line records the outcome.
/// So a process that is killed at any point leaves what is needed to undo the change. Several processes can write at the same time.
/// What looks like a secret is replaced by <c>[redacted]</c>: an undo reverts only what the change modified, and needs no secret.
/// </remarks>
public sealed class ChangeJournal
{
    private readonly JournalFile _file;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    /// <summary>Opens a journal. Nothing is created before the first write.</summary>
    /// <param name="folder">The folder of the journal; see <see cref="JournalLocation"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Gives numbers from 0 up to 1, for ids.</param>
    public ChangeJournal(string folder, TimeProvider time, Func<double> random)
    {
        _file = new JournalFile(folder, time);
        _time = time;
        _random = random;
    }

    /// <summary>The folder of the journal.</summary>
    public string Folder => _file.Folder;

    /// <summary>All changes, oldest first. An incomplete line, which a crash may leave behind, is ignored.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>.</exception>
    public IReadOnlyList<Change> Read()
    {
        Dictionary<string, ChangeBuilder> changes = new(StringComparer.Ordinal);
        List<ChangeBuilder> order = [];
        foreach (JsonObject line in _file.Read().Select(TryParse).OfType<JsonObject>())
        {
            if (line.String(JournalLine.Change) is not { } id)
                continue;
            if (!changes.TryGetValue(id, out ChangeBuilder? change))
            {
                changes.Add(id, change = new ChangeBuilder(id));
                order.Add(change);
            }

            change.Add(line);
        }

        // The order is that of writing: times may be equal or, where a clock is set back, wrong, and ids end in chance.
        List<Change> built = [.. order.Where(change => change.IsWhole).Select(change => change.Build())];
        // From the newest on, since an undo that was itself undone counts no more.
        for (int i = built.Count - 1; i >= 0; i--)
        {
            if (IsUndone(built[i], built))
                built[i] = built[i] with { Status = ChangeStatus.Undone };
        }

        return built;
    }

    /// <summary>One change.</summary>
    /// <param name="id">Its ID, or a unique beginning of it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ChangeNotFound"/>.</exception>
    public Change Find(string id)
    {
        Change[] found = [.. Read().Where(change => change.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return found.FirstOrDefault(change => change.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? found.Length switch
        {
            1 => found[0],
            0 => throw new OpsException(ErrorIds.ChangeNotFound, ChangeMessages.ChangeNotFound(Folder, id)),
            _ => throw new OpsException(ErrorIds.ChangeNotFound, ChangeMessages.AmbiguousId(id, found.Length, found.Select(change => change.Id))),
        };
    }

    internal string NewId() => string.Format(CultureInfo.InvariantCulture, "{0:yyyyMMdd'T'HHmmss'Z'}-{1:x6}", _time.GetUtcNow(), (int)(_random() * 0x1000000));

    internal Task AppendAsync(JsonObject line, CancellationToken cancellationToken)
    {
        line[JournalLine.Time] = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return _file.AppendAsync(Document.Write(line), cancellationToken);
    }

    // An undo that was narrowed to some targets, or that failed on some, does not undo the whole.
    private static bool IsUndone(Change change, IReadOnlyList<Change> changes)
    {
        Change[] undos = [.. changes.Where(other => other.Undoes == change.Id && other.Status != ChangeStatus.Undone)];
        HashSet<string> back = [.. undos.SelectMany(undo => undo.Items).Where(item => item.Status == ChangeItemStatus.Written).Select(item => item.ToString())];
        return undos.Any(undo => undo.Status == ChangeStatus.Applied)
            && change.Items.Where(item => item.Status == ChangeItemStatus.Written && item.Kind != ChangeItemKind.Deregistration).All(item => back.Contains(item.ToString()));
    }

    private static JsonObject? TryParse(string line)
    {
        try
        {
            return Document.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
