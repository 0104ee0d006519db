using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Changes;

/// <summary>Puts one change together from its lines in the journal.</summary>
internal sealed class ChangeBuilder(string id)
{
    private readonly List<ChangeItem> _items = [];
    private JsonObject? _start;

    /// <summary>Whether the first line is there, which a journal that was cut by hand may lack, and a write was announced.</summary>
    public bool IsWhole => _start is not null && _items.Count > 0;

    public void Add(JsonObject line)
    {
        switch (line.String(JournalLine.Type))
        {
            case JournalLine.Started:
                _start = line;
                break;
            case JournalLine.Writing:
                foreach (JsonObject target in Targets(line))
                    Announce(Item(line, target), IsRevert(line));
                break;
            case JournalLine.Written:
                foreach (JsonObject target in Targets(line))
                    Conclude(line, target);
                break;
        }
    }

    public Change Build() => new()
    {
        Id = id,
        Time = DateTimeOffset.TryParse(_start!.String(JournalLine.Time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : default,
        Kind = Enum.TryParse(_start!.String(JournalLine.Kind), out ChangeKind kind) ? kind : ChangeKind.Sync,
        Status = Status(),
        Undoes = _start!.String(JournalLine.Undoes),
        Region = _start!.String(JournalLine.Region) ?? "",
        AccountId = _start!.String(JournalLine.Account),
        Identity = _start!.String(JournalLine.Identity),
        Items = _items,
    };

    private ChangeStatus Status()
    {
        if (_items.Exists(item => item.Status == ChangeItemStatus.InFlight))
            return ChangeStatus.InFlight;
        if (_items.Exists(item => item.Status == ChangeItemStatus.Reverted))
            return _items.Exists(item => item.Status == ChangeItemStatus.Written) ? ChangeStatus.PartlyApplied : ChangeStatus.Reverted;
        int written = _items.Count(item => item.Status == ChangeItemStatus.Written);
        return written == _items.Count ? ChangeStatus.Applied : written == 0 ? ChangeStatus.Failed : ChangeStatus.PartlyApplied;
    }

    private void Announce(ChangeItem item, bool back)
    {
        int known = Find(item);
        // A second announcement is a second try: what was there before the first one is what counts.
        if (known < 0)
            _items.Add(item);
        else if (item.Kind == ChangeItemKind.Registration && _items[known].Status != ChangeItemStatus.InFlight)
            _items.Add(item); // one after the other: two images of one job definition, for example
        else if (item.Kind != ChangeItemKind.Target)
            _items[known] = item; // a second try is made from the newest revision that there is by then
        else if (back)
            _items[known] = _items[known] with { Status = ChangeItemStatus.InFlight };
        else
            _items[known] = item with { Before = _items[known].Before, From = _items[known].From };
    }

    private void Conclude(JsonObject line, JsonObject target)
    {
        int known = Find(Item(line, target));
        if (known < 0)
            return; // It was skipped, so nothing was announced.
        string? error = target.String(JournalLine.Error);
        bool back = IsRevert(line);
        _items[known] = _items[known] with
        {
            Status = error is null
                ? back ? ChangeItemStatus.Reverted : ChangeItemStatus.Written
                : back && _items[known].Error is null ? ChangeItemStatus.Written : ChangeItemStatus.Failed,
            Error = error ?? _items[known].Error,
            To = target.String(JournalLine.To) ?? _items[known].To,
        };
    }

    private int Find(ChangeItem item) => _items.FindLastIndex(other => other.Kind == item.Kind && other.ToString() == item.ToString());

    private static ChangeItem Item(JsonObject line, JsonObject target)
    {
        JsonObject? before = target[JournalLine.Before] as JsonObject;
        JsonObject after = target[JournalLine.After] as JsonObject ?? [];
        ChangeItemKind kind = Enum.TryParse(line.String(JournalLine.Item), out ChangeItemKind named) ? named : ChangeItemKind.Target;
        return new ChangeItem
        {
            Kind = kind,
            EventBusName = line.String(JournalLine.Bus) ?? "",
            RuleName = line.String(JournalLine.Rule) ?? "",
            TargetId = target.String(JournalLine.Target) ?? "",
            JobDefinitionName = line.String(JournalLine.Definition),
            From = kind != ChangeItemKind.Target ? target.String(JournalLine.From) : before is null ? null : TargetDocument.JobDefinition(before),
            To = kind != ChangeItemKind.Target ? target.String(JournalLine.To) : TargetDocument.JobDefinition(after),
            Before = before is null ? null : Document.Write(before),
            After = Document.Write(after),
        };
    }

    private static bool IsRevert(JsonObject line) => line[JournalLine.Revert] is JsonValue value && value.TryGetValue(out bool revert) && revert;

    private static IEnumerable<JsonObject> Targets(JsonObject line) => (line[JournalLine.Targets] as JsonArray ?? []).OfType<JsonObject>();
}
