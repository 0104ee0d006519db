using System.Text.Json;

namespace EventBridgeOps.Sandbox;

/// <summary>Documents by key, in the order of the keys.</summary>
internal sealed class Table : SortedDictionary<string, Document>
{
    public Table()
        : base(StringComparer.Ordinal)
    {
    }

    public Table(Table other)
        : base(other, StringComparer.Ordinal)
    {
    }

    public Document? Find(string key) => TryGetValue(key, out var document) ? document : null;
}

/// <summary>All that one region holds: tables of documents, which is all that saving and loading has to know.</summary>
internal sealed class Region
{
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);

    /// <summary>The table of that name; it comes to be when it is first asked for.</summary>
    public Table this[string name]
    {
        get
        {
            if (!tables.TryGetValue(name, out var table))
                tables[name] = table = [];
            return table;
        }
    }

    /// <summary>The region as it is now, untouched by what follows.</summary>
    public Region Snapshot()
    {
        var copy = new Region();
        foreach (var table in tables)
            copy.tables[table.Key] = new(table.Value);
        return copy;
    }

    public Document Save()
    {
        var saved = Document.Empty;
        foreach (var table in tables.OrderBy(table => table.Key, StringComparer.Ordinal).Where(table => table.Value.Count > 0))
        {
            saved = saved.With(table.Key, Json.Parse(Json.Write(writer =>
            {
                writer.WriteStartObject();
                foreach (var row in table.Value)
                {
                    writer.WritePropertyName(row.Key);
                    row.Value.WriteTo(writer);
                }

                writer.WriteEndObject();
            })));
        }

        return saved;
    }

    public static Region Load(JsonElement saved)
    {
        var region = new Region();
        foreach (var table in saved.EnumerateObject())
        {
            foreach (var row in table.Value.EnumerateObject())
                region[table.Name][row.Name] = Document.From(row.Value);
        }

        return region;
    }
}
