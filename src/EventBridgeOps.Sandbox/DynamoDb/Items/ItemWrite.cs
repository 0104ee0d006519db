using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>One write of one item, alone or in a batch or transaction: first it is read and checked, then it is done.</summary>
internal sealed class ItemWrite
{
    private const string ConditionMember = "ConditionExpression";

    private readonly Condition? condition;
    private readonly Func<MapValue?, MapValue?> change;

    private ItemWrite(RawDocument request, DynamoTable table, string rowKey, Condition? condition, Func<MapValue?, MapValue?> change)
    {
        Table = table;
        RowKey = rowKey;
        this.condition = condition;
        this.change = change;
        ShowsFailed = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
        Old = table.Find(rowKey);
    }

    public DynamoTable Table { get; }

    public string RowKey { get; }

    /// <summary>The item before the write.</summary>
    public MapValue? Old { get; }

    /// <summary>The item after the write.</summary>
    public MapValue? New { get; private set; }

    /// <summary>The paths that an update names.</summary>
    public IReadOnlyList<DocumentPath> Changed { get; private set; } = [];

    /// <summary>Whether a failed condition shows the item.</summary>
    public bool ShowsFailed { get; }

    public static ItemWrite Put(Operation operation, RawDocument request)
    {
        MapValue item = ValueReader.ReadItem(RequestCheck.Required(request, "Item"));
        if (ValueSize.OfItem(item) > ValueSize.MostOfItem)
            throw DynamoErrors.Validation("Item size has exceeded the maximum allowed size");

        Parsed parsed = Parse(request);
        DynamoTable table = DynamoTable.Of(operation, request);
        string rowKey = ItemKeys.OfItem(table.Model, item);
        return Make(request, table, rowKey, parsed, _ => item);
    }

    public static ItemWrite Delete(Operation operation, RawDocument request) => OfKey(operation, request, (_, _) => null);

    /// <summary>A condition alone, in a transaction.</summary>
    public static ItemWrite Check(Operation operation, RawDocument request)
    {
        RequestCheck.Required(request, ConditionMember);
        return OfKey(operation, request, (old, _) => old);
    }

    public static ItemWrite Update(Operation operation, RawDocument request)
    {
        MapValue key = ValueReader.ReadItem(RequestCheck.Required(request, "Key"));
        ExpressionScope scope = new(request, "UpdateExpression", ConditionMember);
        UpdateExpression update = RequestCheck.Text(request, "UpdateExpression") is { } expression
            ? UpdateParser.Parse("UpdateExpression", expression, scope)
            : UpdateExpression.None;
        Parsed parsed = Parse(request, scope);
        DynamoTable table = DynamoTable.Of(operation, request);
        string rowKey = ItemKeys.OfKey(table.Model, key);
        if (update.Actions.FirstOrDefault(action => table.Model.Key.Names.Contains(action.Path.Attribute)) is { } ofKey)
            throw DynamoErrors.Invalid($"Cannot update attribute {ofKey.Path.Attribute}. This attribute is part of the key");
        ItemKeys.CheckPaths(table.Model, update.Paths);

        ItemWrite write = Make(request, table, rowKey, parsed, old => Updated(table.Model, update, old ?? key));
        write.Changed = [.. update.Paths];
        return write;
    }

    /// <summary>Whether the condition holds.</summary>
    public bool IsAllowed() => condition?.Holds(Old ?? MapValue.Empty) ?? true;

    /// <summary>Makes the new item, without storing it.</summary>
    public void Prepare() => New = change(Old);

    /// <summary>Stores the new item.</summary>
    public void Commit(Operation operation)
    {
        if (!ReferenceEquals(Old, New))
            Table.Write(RowKey, New);
        if (New is not null)
            TimeToLive.Plan(operation, Table, New);
    }

    /// <summary>What a failed condition reports beside its message.</summary>
    public RawDocument Failed() => ShowsFailed && Old is not null ? RawDocument.Empty.With("Item", ValueWriter.ToElement(Old)) : RawDocument.Empty;

    private sealed record Parsed(Condition? Condition, IReadOnlyList<DocumentPath> Paths);

    private static ItemWrite OfKey(Operation operation, RawDocument request, Func<MapValue?, MapValue, MapValue?> change)
    {
        MapValue key = ValueReader.ReadItem(RequestCheck.Required(request, "Key"));
        Parsed parsed = Parse(request);
        DynamoTable table = DynamoTable.Of(operation, request);
        return Make(request, table, ItemKeys.OfKey(table.Model, key), parsed, old => change(old, key));
    }

    private static ItemWrite Make(RawDocument request, DynamoTable table, string rowKey, Parsed parsed, Func<MapValue?, MapValue?> change)
    {
        ItemKeys.CheckPaths(table.Model, parsed.Paths);
        return new(request, table, rowKey, parsed.Condition, change);
    }

    private static Parsed Parse(RawDocument request) => Parse(request, new(request, ConditionMember));

    private static Parsed Parse(RawDocument request, ExpressionScope scope)
    {
        Parsed parsed = new(null, []);
        if (RequestCheck.Text(request, ConditionMember) is { } expression)
        {
            (Condition condition, IReadOnlyList<DocumentPath> paths) = ConditionParser.Parse(ConditionMember, expression, scope);
            parsed = new(condition, paths);
        }

        scope.CheckAllUsed();
        return parsed;
    }

    private static MapValue Updated(TableModel table, UpdateExpression update, MapValue old)
    {
        MapValue item = update.Actions.Count == 0 ? old : UpdateApplication.Apply(update, old);
        if (ValueSize.OfItem(item) > ValueSize.MostOfItem)
            throw DynamoErrors.Validation("Item size to update has exceeded the maximum allowed size");
        foreach (UpdateAction action in update.Actions.Where(action => !action.Path.IsNested && action.Operand is { Type: null }))
            ItemKeys.CheckUpdatedIndexKey(table, action.Path.Attribute, item);
        ItemKeys.CheckIndexKeys(table, item);
        return item;
    }
}
