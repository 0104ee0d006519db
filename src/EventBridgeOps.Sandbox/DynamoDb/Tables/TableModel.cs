using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>What a table is like: its key, its indexes and the types of their attributes.</summary>
internal sealed class TableModel
{
    public TableModel(RawDocument description)
    {
        Name = description.Text("TableName")!;
        Arn = description.Text("TableArn")!;
        Key = KeySchema.From(description);
        Indexes =
        [
            .. description.List("GlobalSecondaryIndexes").Select(index => IndexModel.From(RawDocument.From(index), isGlobal: true)),
            .. description.List("LocalSecondaryIndexes").Select(index => IndexModel.From(RawDocument.From(index), isGlobal: false)),
        ];
        Types = description.List("AttributeDefinitions").Select(RawDocument.From)
            .ToDictionary(definition => definition.Text("AttributeName")!, definition => definition.Text("AttributeType")!, StringComparer.Ordinal);
    }

    public string Name { get; }

    public string Arn { get; }

    public KeySchema Key { get; }

    public IReadOnlyList<IndexModel> Indexes { get; }

    /// <summary>The types of the attributes of all keys.</summary>
    public IReadOnlyDictionary<string, string> Types { get; }

    public IndexModel? Index(string name) => Indexes.FirstOrDefault(index => index.Name == name);

    /// <summary>Whether an item is in an index: it has all attributes of the key, with their types.</summary>
    public bool IsIn(IndexModel index, MapValue item) => index.Key.Names.All(name => item[name]?.Type == Types[name]);

    /// <summary>The attributes that an index has; null for all.</summary>
    public IEnumerable<string>? Projected(IndexModel index) =>
        index.Projection == "ALL" ? null : Key.Names.Concat(index.Key.Names).Concat(index.Included).Distinct();

    /// <summary>What an index has of an item.</summary>
    public MapValue Projected(IndexModel index, MapValue item) => Projected(index) is { } names ? item.Only(names) : item;
}
