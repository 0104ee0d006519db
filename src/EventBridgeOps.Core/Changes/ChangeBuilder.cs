namespace EventBridgeOps.Changes;

/// <summary>Puts one change together from its lines in the journal, in the order in which they were written.</summary>
internal sealed class ChangeBuilder(string id)
{
    private readonly List<ChangeItem> _items = [];
    private readonly Dictionary<ResourceId, int> _places = [];
    private JournalLine? _start;

    /// <summary>Whether the first line is there, which a journal that was cut by hand may lack, and a write was announced.</summary>
    public bool IsWhole => _start is not null && _items.Count > 0;

    public void Add(JournalLine line)
    {
        switch (line.Type)
        {
            case JournalLineType.Started:
                _start = line;
                break;
            case JournalLineType.Writing:
                foreach (JournalItem item in line.Items)
                    Announce(item, line.IsRevert);
                break;
            default:
                foreach (JournalItem item in line.Items)
                    Conclude(item, line.IsRevert);
                break;
        }
    }

    public Change Build() => new()
    {
        Id = id,
        Time = _start!.Time,
        Kind = _start.Origin!.Kind,
        Status = Status(),
        Undoes = _start.Origin.Undoes,
        Region = _start.Origin.Region,
        AccountId = _start.Origin.Caller?.AccountId,
        Identity = _start.Origin.Caller is { Arn.Length: > 0 } caller ? caller.Arn : null,
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

    private void Announce(JournalItem announced, bool back)
    {
        ChangeItem item = new(announced.Resource)
        {
            From = announced.From,
            To = announced.To,
            Before = announced.Before,
            After = announced.After ?? "{}",
        };
        // A second announcement is a second try: what was there before the first one is what counts.
        if (!_places.TryGetValue(item.Resource, out int known))
            Append(item);
        else if (back)
            _items[known] = _items[known] with { Status = ChangeItemStatus.InFlight };
        else if (item.Kind is ChangeItemKind.Registration or ChangeItemKind.TaskDefinition && _items[known].Status != ChangeItemStatus.InFlight)
            Append(item); // one after the other: two images of one job definition, for example
        else if (item.Kind is not (ChangeItemKind.Target or ChangeItemKind.Service))
            _items[known] = item; // a second try is made from the newest revision that there is by then
        else
            _items[known] = item with { Before = _items[known].Before, From = _items[known].From };
    }

    private void Append(ChangeItem item)
    {
        _places[item.Resource] = _items.Count;
        _items.Add(item);
    }

    private void Conclude(JournalItem outcome, bool back)
    {
        if (!_places.TryGetValue(outcome.Resource, out int known))
            return; // It was skipped, so nothing was announced.
        ChangeItem item = _items[known];
        _items[known] = item with
        {
            Status = outcome.Error is null
                ? back ? ChangeItemStatus.Reverted : ChangeItemStatus.Written
                : back && item.Error is null ? ChangeItemStatus.Written : ChangeItemStatus.Failed,
            Error = outcome.Error ?? item.Error,
            To = back ? item.To : outcome.To ?? item.To,
        };
    }
}
