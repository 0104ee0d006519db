using System.Globalization;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Counts the capacity units that a call consumes, by table and index.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html</remarks>
internal sealed class Capacity(RawDocument request, int factor = 1)
{
    private const double WriteUnit = 1024;
    private const double ReadUnit = 4096;

    private readonly string asked = request.Text("ReturnConsumedCapacity") ?? "NONE";
    private readonly SortedDictionary<string, Units> tables = new(StringComparer.Ordinal);

    private sealed class Units
    {
        public double Table { get; set; }

        public SortedDictionary<string, double> Global { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, double> Local { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Counts a write: the larger of the item before and after, in the table and in each index that the write changes.</summary>
    public void Write(TableModel table, MapValue? old, MapValue? made)
    {
        Units units = Of(table);
        units.Table += factor * Written(old, made);
        foreach (IndexModel index in table.Indexes)
        {
            MapValue? before = old is not null && table.IsIn(index, old) ? table.Projected(index, old) : null;
            MapValue? after = made is not null && table.IsIn(index, made) ? table.Projected(index, made) : null;
            double count = (before, after) switch
            {
                (null, null) => 0,
                (not null, not null) when Comparison.AreEqual(before, after) => 0,
                (not null, not null) when index.Key.Names.Any(name => !Comparison.AreEqual(before[name]!, after[name]!)) => Written(before, null) + Written(null, after),
                _ => Written(before, after),
            };
            if (count > 0)
                Add(units, index, factor * count);
        }
    }

    /// <summary>Counts a read of so many bytes from a table, or from one of its indexes.</summary>
    public void Read(TableModel table, long bytes, bool isConsistent, IndexModel? index = null)
    {
        double count = factor * Math.Max(1, Math.Ceiling(bytes / ReadUnit)) * (isConsistent ? 1 : 0.5);
        Units units = Of(table);
        if (index is null)
            units.Table += count;
        else
            Add(units, index, count);
    }

    /// <summary>The answer with the capacity of the one table of a call, if it was asked for.</summary>
    public RawDocument Single(RawDocument answer) => asked == "NONE" ? answer : answer.With("ConsumedCapacity", All().First());

    /// <summary>The answer with the capacity by table.</summary>
    public RawDocument ByTable(RawDocument answer) => asked == "NONE" ? answer : answer.With("ConsumedCapacity", All());

    private static double Written(MapValue? old, MapValue? made) =>
        Math.Max(1, Math.Ceiling(Math.Max(Size(old), Size(made)) / WriteUnit));

    private static int Size(MapValue? item) => item is null ? 0 : ValueSize.OfItem(item);

    private static void Add(Units units, IndexModel index, double count)
    {
        SortedDictionary<string, double> counts = index.IsGlobal ? units.Global : units.Local;
        counts[index.Name] = (counts.TryGetValue(index.Name, out double before) ? before : 0) + count;
    }

    private static RawDocument Number(double count) => With(RawDocument.Empty, count);

    private static RawDocument With(RawDocument document, double count) =>
        document.With("CapacityUnits", Json.Parse(count.ToString("0.0###", CultureInfo.InvariantCulture)));

    private static RawDocument Numbers(SortedDictionary<string, double> counts) =>
        counts.Aggregate(RawDocument.Empty, (all, count) => all.With(count.Key, Number(count.Value)));

    private Units Of(TableModel table)
    {
        if (!tables.TryGetValue(table.Name, out Units? units))
            tables[table.Name] = units = new();
        return units;
    }

    private IEnumerable<RawDocument> All() => tables.Select(table =>
    {
        Units units = table.Value;
        RawDocument all = With(RawDocument.Empty.With("TableName", table.Key), units.Table + units.Global.Values.Sum() + units.Local.Values.Sum());
        if (asked != "INDEXES")
            return all;
        all = all.With("Table", Number(units.Table));
        if (units.Global.Count > 0)
            all = all.With("GlobalSecondaryIndexes", Numbers(units.Global));
        return units.Local.Count > 0 ? all.With("LocalSecondaryIndexes", Numbers(units.Local)) : all;
    });
}
