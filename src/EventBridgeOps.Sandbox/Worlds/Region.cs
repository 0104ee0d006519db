using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Documents by key, in the order of the keys.</summary>
internal sealed class Table : SortedDictionary<string, RawDocument>
{
    public Table()
        : base(StringComparer.Ordinal)
    {
    }

    public Table(Table other)
        : base(other, StringComparer.Ordinal)
    {
    }

    /// <summary>Goes up with each change, so that what was made from the table knows when to look again.</summary>
    public int Version { get; private set; }

    public new RawDocument this[string key]
    {
        get => base[key];
        set
        {
            base[key] = value;
            Version++;
        }
    }

    public new bool Remove(string key)
    {
        bool removed = base.Remove(key);
        if (removed)
            Version++;
        return removed;
    }

    public new void Clear()
    {
        Version++;
        base.Clear();
    }

    public RawDocument? Find(string key) => TryGetValue(key, out RawDocument? document) ? document : null;
}

/// <summary>All that one region holds: tables of documents, which is all that saving and loading has to know.</summary>
internal sealed class Region
{
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);
    private long dropped;

    /// <summary>The table with this name, created on first use.</summary>
    public Table this[string name]
    {
        get
        {
            if (!tables.TryGetValue(name, out Table? table))
                tables[name] = table = [];
            return table;
        }
    }

    /// <summary>A number that the Region has not given out before, for keys that keep their order.</summary>
    public long NextNumber()
    {
        long number = (this["numbers"].Find("last")?.Number("n") ?? 0) + 1;
        this["numbers"]["last"] = RawDocument.Empty.With("n", number);
        return number;
    }

    /// <summary>Goes up with each change of a table.</summary>
    public long Version => dropped + tables.Values.Sum(table => (long)table.Version);

    /// <summary>Raised when the Region is to be whole: what was counted in memory is written into its tables then.</summary>
    public event Action? Settling;

    /// <summary>Writes into the tables what was counted in memory.</summary>
    public void Settle() => Settling?.Invoke();

    /// <summary>Says that something changed which is not in a table yet.</summary>
    public void Touch() => dropped++;

    /// <summary>Removes a table with all its rows.</summary>
    public void Drop(string name)
    {
        dropped += this[name].Version + 1;
        tables.Remove(name);
    }

    /// <summary>The region as it is now, untouched by what follows; with only some of its tables, if only those are needed.</summary>
    public Region Snapshot(Func<string, bool>? isNeeded = null)
    {
        Settle();
        Region copy = new();
        foreach (KeyValuePair<string, Table> table in tables.Where(table => isNeeded?.Invoke(table.Key) ?? true))
            copy.tables[table.Key] = new(table.Value);
        return copy;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        Settle();
        writer.WriteStartObject();
        foreach (KeyValuePair<string, Table> table in tables.OrderBy(table => table.Key, StringComparer.Ordinal).Where(table => table.Value.Count > 0))
        {
            writer.WriteStartObject(table.Key);
            foreach (KeyValuePair<string, RawDocument> row in table.Value)
            {
                writer.WritePropertyName(row.Key);
                row.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static Region Load(JsonElement saved)
    {
        Region region = new();
        foreach (JsonProperty table in saved.EnumerateObject())
        {
            foreach (JsonProperty row in table.Value.EnumerateObject())
                region[table.Name][row.Name] = RawDocument.From(row.Value);
        }

        return region;
    }
}
