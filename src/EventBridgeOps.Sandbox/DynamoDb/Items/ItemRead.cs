using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Reads items of one table by their keys.</summary>
internal sealed class ItemRead
{
    private const string Member = "ProjectionExpression";

    private readonly Projection? projection;

    /// <summary>Reads what is asked for.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="request">What names the table and the projection.</param>
    public ItemRead(Operation operation, RawDocument request)
    {
        ExpressionScope scope = new(request, Member);
        IReadOnlyList<DocumentPath> paths = [];
        if (RequestCheck.Text(request, Member) is { } expression)
            (projection, paths) = Projection.Parse(Member, expression, scope);
        scope.CheckAllUsed();
        Table = DynamoTable.Of(operation, request);
        ItemKeys.CheckPaths(Table.Model, paths);
    }

    public DynamoTable Table { get; }

    /// <summary>The item, or what the projection takes of it; null if there is none.</summary>
    public MapValue? Find(JsonElement key, Capacity capacity, bool isConsistent) => Find(RowKey(key), capacity, isConsistent);

    public MapValue? Find(string rowKey, Capacity capacity, bool isConsistent)
    {
        MapValue? item = Table.Find(rowKey);
        capacity.Read(Table.Model, item is null ? 0 : ValueSize.OfItem(item), isConsistent);
        return item is null ? null : projection?.Of(item) ?? item;
    }

    public string RowKey(JsonElement key) => ItemKeys.OfKey(Table.Model, ValueReader.ReadItem(key));
}
